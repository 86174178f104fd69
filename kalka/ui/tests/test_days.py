"""A day is three small controls, and the year alone may do."""

from datetime import date, datetime, timedelta

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from kalka.core.clock import BISHKEK
from kalka.ui import forms as ui
from kalka.ui.tests.factories import KEY, NOW, filled, words


@pytest.fixture(autouse=True)
def _english() -> object:
    with override("en"):
        yield


def test_a_day_is_a_date() -> None:
    form = filled()
    assert form.is_valid(), form.errors
    assert form.cleaned_data["on"] == date(2026, 11, 22)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"on_day": "24"}, "The day cannot be in the future. Today is 23 November"),
        ({"on_day": "31"}, "There is no such day in that month. Check the day and the month"),
        ({"on_day": "", "on_month": "", "on_year": ""}, "Write the day, the month and the year"),
        ({"on_month": ""}, "Choose the month"),
        ({"on_day": "five"}, "Write the day in digits, for example 5"),
        ({"on_day": "²"}, "Write the day in digits, for example 5"),
        ({"on_year": "26"}, "Write the year in four digits, for example 2026"),
        ({"on_year": ""}, "Write the year in four digits, for example 2026"),
    ],
)
def test_a_day_that_cannot_be_says_what_to_do(typed: dict[str, str], said: str) -> None:
    assert words(filled(**typed), "on") == [said]


@pytest.mark.parametrize(
    ("typed", "known", "shown"),
    [
        ({"born_year": "1992"}, ui.PartialDay(1992), "1992"),
        ({"born_year": "1992", "born_month": "3"}, ui.PartialDay(1992, 3), "March 1992"),
        (
            {"born_year": "1992", "born_month": "3", "born_day": "8"},
            ui.PartialDay(1992, 3, 8),
            "8\u00a0March 1992",
        ),
    ],
)
def test_a_birthday_may_be_the_year_alone(typed: dict[str, str], known: ui.PartialDay, shown: str) -> None:
    form = filled(**typed)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["born"] == known
    assert str(known) == shown


def test_a_day_without_its_month_asks_for_the_month() -> None:
    assert words(filled(born_year="1992", born_day="8"), "born") == ["Choose the month"]


def test_a_deadline_may_be_today_but_not_yesterday() -> None:
    class TermForm(ui.Form):
        until = ui.DayField(label="Until", ahead=True)

    def typed(day: date) -> dict[str, str]:
        return {"key": KEY, "until_day": str(day.day), "until_month": str(day.month), "until_year": str(day.year)}

    assert TermForm(typed(NOW.date()), now=NOW).is_valid()
    late = TermForm(typed(NOW.date() - timedelta(days=1)), now=NOW)
    assert words(late, "until") == ["The day has passed already. Today is 23 November"]


@pytest.mark.parametrize("time", ["08:30", "8.30", "0830", "830", "8 30"])
def test_a_moment_is_read_as_people_write_it(time: str) -> None:
    form = filled(at_day="23", at_month="11", at_year="2026", at_time=time)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["at"] == datetime(2026, 11, 23, 8, 30, tzinfo=BISHKEK)


@pytest.mark.parametrize(
    ("time", "said"),
    [
        ("", "Write the time as hours and minutes, for example 08:40"),
        ("25:00", "Write the time as hours and minutes, for example 08:40"),
        ("08:41", "This cannot be in the future. Now it is 23 November, 08:40"),
    ],
)
def test_a_moment_that_cannot_be_says_what_to_do(time: str, said: str) -> None:
    assert words(filled(at_day="23", at_month="11", at_year="2026", at_time=time), "at") == [said]


@given(day=st.dates(date(1900, 1, 1), date(2026, 11, 23)))
def test_every_day_that_has_been_can_be_written(day: date) -> None:
    form = filled(on_day=str(day.day), on_month=f"{day.month:02}", on_year=str(day.year))
    assert form.is_valid() and form.cleaned_data["on"] == day


@given(
    parts=st.fixed_dictionaries({part: st.text(max_size=5) for part in ("on_day", "on_month", "on_year", "at_time")})
)
def test_nothing_typed_into_a_date_breaks_the_page(parts: dict[str, str]) -> None:
    form = filled(**parts)
    form.is_valid()
    assert str(form["on"]).encode() and str(form["at"]).encode()
