"""A table of trainings as people keep it: what is understood, what is refused, and that nothing is taken twice."""

from collections import Counter

import pytest

from kalka.core.errors import AccessDenied
from kalka.sheets.loading import check, take_in
from kalka.sheets.table import RowError
from kalka.sheets.tests.factories import workbook
from kalka.sheets.writing import template
from kalka.training import facts
from kalka.training.columns import columns
from kalka.training.importing import LOADER
from kalka.training.models import Course, Entry, Participant, Programme
from kalka.training.tests.factories import EXTRACT, KEEPER, NOW, OTHER, READER, territory

pytestmark = [pytest.mark.django_db, pytest.mark.both]
HEADS = ["Programme", "Place", "First day", "Days", "With a meeting on policy", "Who took part", "Sex", "How many"]
NAMED = ["Programme", "Place", "First day", "Who took part", "Sex", "Name", "Telephone", "Test before, per cent"]


@pytest.fixture(autouse=True)
def land():
    territory()


def found(*rows, actor=KEEPER):
    return check(LOADER, actor, workbook(*map(list, rows)), "list.xlsx", now=NOW)


def taken(*rows, actor=KEEPER):
    read = found(*rows, actor=actor)
    assert read.errors == ()
    return take_in(LOADER, actor, read.new, now=NOW)


# 439 from the north and 177 from the south; 136 for two days and 480 for one, with a meeting: the courses are ours.
AS_REPORTED = (
    ("ЖК үчүн тренинг", "Нарын облусу", "12.05.2022-ж.", 2, "жок", "государственные служащие", "аял", 60),
    ("ЖК үчүн тренинг", "Чүй", "14 июня 2022 г.", 2, "жок", "ӨЭУ", "эркек", 36),
    ("ЖК үчүн тренинг", "Чүй облусу", "2022-09-01", 1, "ооба", "муниципалдык кызматкер", "", 343),
    ("ЖК үчүн тренинг", "Халмин АА", "2022-жылдын 3-октябры", 2, "нет", "Активист", "ж", 40),
    ("ЖК үчүн тренинг", "Ош обл.", "04.10.2022", 1, "да", "нпо", "м", 137),
)


def test_the_figures_of_the_source_come_out_of_the_rows():
    rows = [(*row[:1], row[1].replace("обл.", "облусу"), *row[2:]) for row in AS_REPORTED]
    assert taken(HEADS, *rows, ["Жалпы", None, None, None, None, None, None, 616]) == 5
    parts = facts.participants(EXTRACT)
    by_region, by_days = Counter(), Counter()
    for row in parts:
        by_region[row.region] += row.number
        by_days[row.days, row.meeting] += row.number
    assert by_region == {"north": 439, "south": 177}
    assert by_days == {(2, False): 136, (1, True): 480}
    assert (Programme.objects.count(), Course.objects.count()) == (1, 5)


def test_a_second_run_takes_nothing_and_an_interrupted_one_goes_on():
    rows = (HEADS, ("Окуу", "Учкун АА", "01.02.2022", 1, "жок", "ӨЭУ", "а", "20дан ашык"), *AS_REPORTED[:2])
    first = found(*rows)
    take_in(LOADER, KEEPER, first.new[:1], now=NOW)
    again = found(*rows)
    assert (again.there, len(again.new)) == (1, 2)
    take_in(LOADER, KEEPER, again.new, now=NOW)
    last = found(*rows)
    assert (last.there, last.new, Entry.objects.count()) == (3, (), 3)
    assert {(row.number, row.bound) for row in facts.participants(EXTRACT)} >= {(20, "over")}


def test_names_are_sealed_on_the_way_in_and_one_person_is_known_again():
    rows = (
        ("Окуу", "Учкун АА", "01.02.2022", "активист", "а", "Асанова Нaзгүл", "0700 12 34 56", 40),
        ("Окуу", "Халмион АА", "05.02.2022", "активист", "а", "Назгүл Асанова", "996700123456", 55),
        ("Окуу", "Халмион АА", "05.02.2022", "активист", "а", "Аида Токтосунова", None, None),
    )
    assert taken(NAMED, *rows) == 3
    assert {row.who != "" for row in facts.participants(EXTRACT)} == {True, False}
    assert len({row.who for row in facts.participants(EXTRACT)} - {""}) == 1
    assert all("Асанова".encode() not in bytes(row.name.blob) for row in Participant.objects.all())
    assert sorted((row.before or 0) for row in facts.courses(EXTRACT)) == [40, 55]


def test_rows_that_cannot_be_are_refused_one_by_one_with_a_reason():
    rows = (
        HEADS,
        ("Окуу", "Эч жер", "01.02.2022", 1, "жок", "нпо", "а", 5),
        ("Окуу", "Учкун АА", "03/04/2022", 1, "жок", "нпо", "а", 5),
        ("Окуу", "Учкун АА", "01.02.2022", 1, "жок", "аскер", "а", 5),
        ("Окуу", "Учкун АА", "01.02.2022", 99, "жок", "нпо", "а", 5),
        ("Окуу", "Учкун АА", "01.02.2027", 1, "жок", "нпо", "а", 5),
        ("", "Учкун АА", "01.02.2022", 1, "жок", "нпо", "а", 5),
        ("Окуу", "Учкун АА", "01.02.2022", 1, "жок", "нпо", "а", 5),
        ("Окуу", "Учкун АА", "01.02.2022", 1, "жок", "нпо", "а", 5),
        ("Окуу", "Учкун АА", "01.02.2022", 1, "жок", "нпо", "а", 6),
    )
    read = found(*rows)
    assert [(one.row, one.column, one.code) for one in read.errors] == [
        (2, "place", "places.not_found_by_name"),
        (3, "on", "sheets.day_or_month"),
        (4, "kind", "sheets.not_a_choice"),
        (5, "days", "sheets.number_outside"),
        (6, "on", "training.day_to_come"),
        (7, "programme", "sheets.required"),
        (10, "", "sheets.row_differs"),
    ]
    assert read.remarks == (RowError(9, "", "sheets.row_twice", {"first": 8}),)
    assert not Entry.objects.exists()


def test_a_telephone_nobody_can_dial_and_a_name_with_a_number_are_refused():
    heads = [*NAMED[:6], "Telephone", "How many"]
    read = found(
        heads,
        ("Окуу", "Учкун АА", "01.02.2022", "нпо", "а", "Аида", "эшик", None),
        ("Окуу", "Учкун АА", "01.02.2022", "нпо", "а", "Жылдыз", None, 3),
    )
    assert [(one.column, one.code) for one in read.errors] == [
        ("phone", "training.not_a_phone"),
        ("number", "training.names_and_number"),
    ]


def test_two_organisations_may_write_of_the_same_and_whoever_may_not_keep_loads_nothing():
    row = AS_REPORTED[0]
    assert taken(HEADS, row) == taken(HEADS, row, actor=OTHER) == 1
    assert (Programme.objects.count(), Course.objects.count()) == (1, 2)
    with pytest.raises(AccessDenied):
        found(HEADS, row, actor=READER)


def test_the_template_is_read_back_in_each_language():
    for lang in ("ky", "ru", "en"):
        data = template(columns(), lang=lang, title="Training")
        assert check(LOADER, KEEPER, data, "list.xlsx", now=NOW).new == ()
