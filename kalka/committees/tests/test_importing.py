"""The tables that committees keep: members with names and telephones, committees with days and papers."""

from datetime import date

import pytest

from kalka.committees import importing, selectors
from kalka.committees.models import Approval, Committee, MemberCard
from kalka.committees.rules import Answer, Office, Region
from kalka.committees.tests.factories import AIMAK, FAR, NOW, TODAY, added, founded
from kalka.core.errors import AccessDenied
from kalka.directory import selectors as directory
from kalka.places import selectors as places
from kalka.sheets.loading import check, take_in
from kalka.sheets.tests.factories import workbook

pytestmark = [pytest.mark.django_db, pytest.mark.both]

HEADS = ["№", "Aты-жөнү", "Тармагы", "Комитеттеги кызматы", "Кирген күнү", "Телефон", "Телефону жок"]
LIST = [
    ["Учкун айыл аймагынын комитетинин тизмеси"],
    HEADS,
    [1, "Жусупова  Айгүл", "фельдшер", "Төрага", "12.03.2022", "0555 00 01 11", ""],
    [2, "Мамытов Кубаныч", "аксакалдар соту", "", "12-март 2022-ж.", "", "ооба"],
    [3, "Осмонова Нур", "мулла", "", "12.03.2022", "", ""],
    [4, "Сатыбалдиева Нургүл", "мектеп", "", "", "", ""],
    [2, "Мамытов Кубаныч", "аксакалдар соту", "", "12-март 2022-ж.", "", "ооба"],
    ["Жалпы", 4],
]


@pytest.fixture
def at():
    return founded()


def checked(actor, loader, *rows):
    return check(loader, actor, workbook(*rows), "тизме.xlsx", now=NOW)


def test_a_list_of_members_as_it_is_kept_is_understood_or_refused_row_by_row(at):
    found = checked(at.secretary, importing.MEMBERS, *LIST)
    assert [(one.row, one.column, one.code) for one in found.errors] == [
        (5, "category", "sheets.not_a_choice"),
        (6, "since", "sheets.required"),
    ]
    assert [(one.row, one.code) for one in found.remarks] == [(7, "sheets.row_twice"), (8, "sheets.row_is_total")]
    assert (len(found.new), MemberCard.objects.count()) == (2, 0)


def test_two_chairs_are_refused_row_by_row_before_anything_is_written(at):
    second = [2, "Мамытов Кубаныч", "аксакалдар соту", "төрага", "12.03.2022", "", ""]
    found = checked(at.secretary, importing.MEMBERS, HEADS, LIST[2], second)
    told = [(one.row, one.column, one.code, dict(one.facts)) for one in found.errors]
    assert told == [(3, "office", "committees.office_twice", {"first": 2})]
    added(at.secretary, office="chair")
    found = checked(at.secretary, importing.MEMBERS, HEADS, LIST[2])
    assert [(one.row, one.column, one.code) for one in found.errors] == [(2, "office", "committees.office_is_held")]


def test_members_are_taken_in_once_with_their_office_and_their_silence(at):
    rows = [[*HEADS, "Сыр сактоого кол койгон күнү"], [*LIST[2], "13.03.2022"], LIST[3]]
    found = checked(at.secretary, importing.MEMBERS, *rows)
    assert (found.errors, take_in(importing.MEMBERS, at.secretary, found.new, now=NOW)) == ((), 2)
    again = checked(at.secretary, importing.MEMBERS, *rows)
    assert (len(again.new), again.there) == (0, 2)
    seated = selectors.members(at.secretary, at.organisation, TODAY)
    assert [(one.office, one.category, one.undertaken, one.on_paper) for one in seated if one.category] == [
        (Office.CHAIR, "health", True, False),
        (Office.MEMBER, "councils", False, True),
    ]
    assert selectors.named(at.secretary, seated[:1])[0].name == "Жусупова Айгүл"


def test_a_list_of_committees_is_taken_in_once_with_their_papers(at):
    heads = ["Айыл аймагы", "Түзүлгөн күнү", "Сунушталган күнү", "Мурда болгон эмес", "Долбоор", "Башчы бекиткен күнү"]
    row = [places.name(FAR, "ky"), "15.03.2021", "15/02/2021", "ооба", "ДаткАйым", date(2021, 3, 10)]
    found = checked(at.ministry, importing.COMMITTEES, heads, row)
    assert (found.errors, take_in(importing.COMMITTEES, at.ministry, found.new, now=NOW)) == ((), 1)
    again = checked(at.ministry, importing.COMMITTEES, heads, row)
    assert (again.errors, again.there, Committee.objects.count(), Approval.objects.count()) == ((), 1, 2, 1)
    made = next(one for one in selectors.committees(at.ministry) if one.place == FAR)
    told = selectors.founding(at.ministry, made.id)
    assert (made.region, told.no_earlier, told.no_other) == (Region.SOUTH, Answer.YES, Answer.UNKNOWN)


@pytest.mark.parametrize(
    ("place", "project", "column", "code"),
    [
        ("Эч кайда", "", "place", "places.not_found_by_name"),
        (AIMAK, "", "place", "committees.unit_has_one"),
        (FAR, "Башка", "project", "committees.no_such_project"),
    ],
)
def test_a_committee_that_cannot_be_is_refused_with_a_reason(at, place, project, column, code):
    found = checked(
        at.ministry, importing.COMMITTEES, ["АА", "Дата создания", "Проект"], [place, "15.03.2021", project]
    )
    assert [(one.row, one.column, one.code) for one in found.errors] == [(2, column, code)]


def test_each_brings_their_own_list(at):
    assert importing.loader_for(at.secretary).kind == "members"
    assert importing.loader_for(at.ministry).kind == "committees"
    with pytest.raises(AccessDenied):
        checked(at.member, importing.MEMBERS, *LIST)
    assert directory.members_by_category(at.organisation, TODAY) == {}
