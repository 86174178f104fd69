"""The list that a committee keeps: names only where she agreed, messy cells understood or refused row by row."""

from datetime import date

import pytest

from kalka.cases.selectors import identity
from kalka.core.errors import AccessDenied
from kalka.families import selectors
from kalka.families.importing import FAMILIES
from kalka.families.models import FamilyAtRisk, FamilyContact, FamilyEnd
from kalka.families.tests.factories import NOW, world
from kalka.sheets.loading import check, take_in
from kalka.sheets.tests.factories import workbook

pytestmark = [pytest.mark.django_db, pytest.mark.both]

HEADS = ["№", "Аныкталган күнү", "Кантип аныкталды", "Себеби", "Ф.И.О.", "Согласие", "Акыркы байланыш", "Дети"]
LIST = [
    ["Тобокелдик тобундагы үй-бүлөлөрдүн тизмеси"],
    HEADS,
    [1, "12.03.2022", "Коңшулар айтты", "ичкилик, жумушсуз", "", "", "15-июнь 2022-ж.", "3"],
    [2, date(2022, 4, 2), "", "Aракечтик", "Асанова Бермет", "да", "", ""],
    [3, "05.05.2022", "", "карыз", "Сыдыкова Назгүл", "", "", ""],
    [4, "06.05.2022", "", "жинди", "", "", "", ""],
    [5, "", "", "карыз", "", "", "", ""],
    [6, "06.05.2022", "", "карыз", "", "", "01.01.2022", ""],
    [1, "12.03.2022", "Коңшулар айтты", "ичкилик, жумушсуз", "", "", "15-июнь 2022-ж.", "3"],
    ["Баары", 6],
]


@pytest.fixture
def at():
    return world()


def checked(actor, *rows):
    return check(FAMILIES, actor, workbook(*rows), "тизме.xlsx", now=NOW)


def test_a_list_is_understood_or_refused_row_by_row_and_nothing_is_written(at):
    found = checked(at.secretary, *LIST)
    assert [(one.row, one.column, one.code) for one in found.errors] == [
        (5, "", "families.name_without_reason"),
        (6, "signs", "sheets.not_a_choice"),
        (7, "on", "sheets.required"),
        (8, "spoke_on", "families.before_it_began"),
    ]
    assert [(one.row, one.code) for one in found.remarks] == [(9, "sheets.row_twice"), (10, "sheets.row_is_total")]
    assert (len(found.new), FamilyAtRisk.objects.count()) == (2, 0)


def test_rows_are_taken_in_once_each_a_family_of_whoever_brings_them(at):
    rows = [HEADS, LIST[2], LIST[3]]
    found = checked(at.secretary, *rows)
    assert (found.errors, take_in(FAMILIES, at.secretary, found.new, now=NOW)) == ((), 2)
    again = checked(at.secretary, *rows)
    assert (len(again.new), again.there, FamilyAtRisk.objects.count()) == (0, 2, 2)
    first, second = FamilyAtRisk.objects.order_by("noted_on")
    assert (first.noted_on, first.how, first.signs, first.children, first.named) == (
        date(2022, 3, 12),
        "neighbour",
        "alcohol,workless",
        3,
        "code",
    )
    assert FamilyContact.objects.get().on == date(2022, 6, 15)
    assert [one.whole for one in identity(at.secretary, second.case_ref, now=NOW)[0].person.names] == ["Асанова Бермет"]
    assert selectors.register(at.member, now=NOW) == ()


def test_a_family_that_is_not_worked_with_any_more_comes_with_how_it_ended(at):
    heads = ["№", "Дата выявления", "Риск", "Снята с учёта"]
    found = checked(at.secretary, heads, [7, "12.03.2022", "карыз", "12.03.2023"])
    take_in(FAMILIES, at.secretary, found.new, now=NOW)
    assert (FamilyEnd.objects.get().how, FamilyEnd.objects.get().on) == ("passed", date(2023, 3, 12))


def test_nobody_but_a_committee_brings_one(at):
    with pytest.raises(AccessDenied):
        checked(at.worker, *LIST)
