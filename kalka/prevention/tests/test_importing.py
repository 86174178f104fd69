"""A table of events as a committee keeps it."""

import pytest

from kalka.core.errors import AccessDenied
from kalka.prevention.importing import LOADER
from kalka.prevention.models import Event, EventPartner, EventReach, EventTopic
from kalka.prevention.tests.factories import NOW, world
from kalka.sheets.loading import check, take_in
from kalka.sheets.table import RowError
from kalka.sheets.tests.factories import workbook

pytestmark = [pytest.mark.django_db, pytest.mark.both]
HEADS = ["kind", "place", "on", "people", "women", "times", "grades", "partners", "told", "violence"]
TITLE = ["Комитеттин иш-чаралары, 2021-2022-жылдар", *[None] * 9]
SUMMED = ["Калк менен жолугушуу", "Учкун АА", "20.12.2022", "1000ден ашык", None, "20дан ашык", None, None, None, None]
CLASS = [
    "Классный час",
    "Учкун айыл өкмөтү",
    "2022-жылдын 3-октябры",
    "24 адам",
    11,
    None,
    "8-11",
    "Мектеп; ОИИБ",
    "Зомбулук",
    None,
]
LAWYER = ["мкюж", "Учкун АА", "14 июня 2022 г.", 7, None, None, None, None, None, 3]


@pytest.fixture
def at():
    return world()


def found(by, *rows):
    return check(LOADER, by, workbook(*map(list, rows)), "events.xlsx", now=NOW)


def test_a_messy_table_is_understood_and_taken_once(at):
    rows = (TITLE, HEADS, SUMMED, CLASS, CLASS, HEADS, LAWYER, ["Жалпы", None, None, 1031, *[None] * 6])
    read = found(at.secretary, *rows)
    assert read.errors == ()
    assert [one.code for one in read.remarks] == ["sheets.row_twice", "sheets.row_is_heading", "sheets.row_is_total"]
    assert take_in(LOADER, at.secretary, read.new[:1], now=NOW) == 1
    summed = Event.objects.get()
    assert (summed.people, summed.people_bound, summed.times, summed.times_bound) == (1000, "over", 20, "over")
    again = found(at.secretary, *rows)
    assert (again.there, take_in(LOADER, at.secretary, again.new, now=NOW)) == (1, 2)
    assert (found(at.colleague, *rows).there, Event.objects.count()) == (3, 3)
    assert Event.objects.get(kind="class").grades == [8, 9, 10, 11]
    assert sorted(EventPartner.objects.values_list("name", flat=True)) == ["Мектеп", "ОИИБ"]
    assert list(EventReach.objects.values_list("sex", "band", "count")) == [("f", "unknown", 11)]
    assert list(EventTopic.objects.values_list("topic", "count")) == [("violence", 3)]


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        ("kind", "той", "sheets.not_a_choice"),
        ("place", "Жоккент АА", "places.not_found_by_name"),
        ("on", "октябрь 2022", "sheets.day_without_its_day"),
        ("on", "01.02.2031", "prevention.day_unfit"),
        ("people", "көп", "sheets.not_a_number"),
        ("women", 25, "prevention.parts_exceed"),
        ("grades", "7-11", "prevention.not_grades"),
        ("partners", "Айгүл 0555 12 34 56", "prevention.no_numbers_of_people"),
    ],
)
def test_what_cannot_be_read_is_refused_row_by_row_with_a_reason(at, column, cell, code):
    wrong = list(CLASS)
    wrong[HEADS.index(column)] = cell
    (error,) = found(at.secretary, HEADS, wrong).errors
    told_at = "people" if code == "prevention.parts_exceed" else column
    assert (error.row, error.column, error.code) == (2, told_at, code)


def test_whoever_keeps_no_events_takes_none_in(at):
    with pytest.raises(AccessDenied):
        found(at.coordinator, HEADS, CLASS)


def test_the_same_day_with_other_figures_is_not_guessed(at):
    other = [*CLASS[:3], 30, *CLASS[4:]]
    assert found(at.secretary, HEADS, CLASS, other).errors == (RowError(3, "", "sheets.row_differs", {"first": 2}),)
