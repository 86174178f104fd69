"""Dates, spans and numbers are written as people there write them."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import formats
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from kalka.core.clock import BISHKEK
from kalka.ui import writing

NOW = datetime(2026, 11, 23, 8, 40, tzinfo=BISHKEK)
ORDER_ENDS = date(2026, 12, 5)

LANGUAGES = ("ky", "ru", "en")
moments = st.datetimes(datetime(1900, 1, 2), datetime(2200, 12, 30), timezones=st.just(UTC))


def in_each(write: Callable[[], str]) -> tuple[str, ...]:
    """What is written in Kyrgyz, Russian and English, with ordinary spaces for reading."""
    said = []
    for language in LANGUAGES:
        with override(language):
            said.append(write().replace("\u00a0", " "))
    return tuple(said)


def test_a_day_is_written_in_full() -> None:
    assert in_each(lambda: writing.day(NOW)) == ("2026-жылдын 23-ноябры", "23 ноября 2026 г.", "23 November 2026")


def test_a_day_is_written_short() -> None:
    assert in_each(lambda: writing.day_short(NOW)) == ("23-ноябрь", "23 ноября", "23 November")


def test_the_kyrgyz_months_of_a_year_take_their_own_vowels() -> None:
    with override("ky"):
        said = [writing.day(date(2024, month, 7)).removeprefix("2024-жылдын 7-") for month in range(1, 13)]
    assert said == [
        "январы",
        "февралы",
        "марты",
        "апрели",
        "майы",
        "июну",
        "июлу",
        "августу",
        "сентябры",
        "октябры",
        "ноябры",
        "декабры",
    ]


def test_a_moment_late_in_the_evening_by_greenwich_belongs_to_the_next_day_in_bishkek() -> None:
    with override("ky"):
        assert writing.moment(datetime(2026, 11, 22, 19, 30, tzinfo=UTC), NOW) == "бүгүн, 01:30"


def test_a_moment_is_told_from_today() -> None:
    assert in_each(lambda: writing.moment(NOW - timedelta(days=1), NOW)) == (
        "кече, 08:40",
        "вчера, 08:40",
        "yesterday, 08:40",
    )
    assert in_each(lambda: writing.moment(NOW + timedelta(days=1), NOW))[0] == "эртең, 08:40"
    assert in_each(lambda: writing.moment(date(2026, 11, 21), NOW))[0] == "21-ноябрь"
    assert in_each(lambda: writing.moment(date(2025, 11, 21), NOW))[0] == "2025-жылдын 21-ноябры"


def test_a_range_has_years_only_when_they_differ() -> None:
    assert in_each(lambda: writing.days(date(2026, 11, 5), ORDER_ENDS))[0] == "5-ноябрь – 5-декабрь"
    assert in_each(lambda: writing.days(ORDER_ENDS, date(2027, 1, 4)))[1] == "5 декабря 2026 г. – 4 января 2027 г."


def test_lateness_is_words_and_time() -> None:
    assert in_each(lambda: writing.late(NOW - timedelta(hours=15), NOW)) == (
        "15 саат кечикти",
        "опоздание 15 ч",
        "15 hours late",
    )
    assert in_each(lambda: writing.late(date(2026, 11, 21), NOW)) == ("2 күн кечикти", "опоздание 2 дня", "2 days late")
    assert in_each(lambda: writing.late(NOW - timedelta(seconds=20), NOW))[2] == "1 minute late"


def test_what_is_not_late_says_nothing() -> None:
    assert in_each(lambda: writing.late(NOW, NOW)) == ("", "", "")
    assert in_each(lambda: writing.late(NOW.date(), NOW)) == ("", "", "")
    assert in_each(lambda: writing.left(NOW, NOW)) == ("", "", "")


def test_what_is_left_is_counted_in_days_of_the_calendar() -> None:
    assert in_each(lambda: writing.left(ORDER_ENDS, NOW)) == ("12 күн калды", "осталось 12 дней", "12 days left")
    assert in_each(lambda: writing.left(date(2026, 11, 24), NOW)) == ("1 күн калды", "остался 1 день", "1 day left")
    assert in_each(lambda: writing.left(NOW.date(), NOW)) == ("бүгүн", "сегодня", "today")


@pytest.mark.parametrize(
    ("due", "said"),
    [
        (NOW - timedelta(hours=14, minutes=40), ("18:00", "кече, 15 саат кечикти")),
        (NOW - timedelta(hours=1), ("07:40", "1 саат кечикти")),
        (date(2026, 11, 21), ("21-ноябрь", "2 күн кечикти")),
        (NOW + timedelta(hours=1, minutes=50), ("10:30", "2 саат калды")),
        (NOW.date(), ("Бүгүн", "")),
        (date(2026, 11, 24), ("Эртең", "24-ноябрь")),
        (datetime(2026, 11, 26, 14, 0, tzinfo=BISHKEK), ("Бейшемби", "26-ноябрь, 14:00")),
        (date(2026, 12, 13), ("13-декабрь", "20 күн калды")),
        (date(2027, 1, 13), ("2027-жылдын 13-январы", "51 күн калды")),
    ],
)
def test_a_duty_says_when_it_is_due_and_how_that_stands(due: date, said: tuple[str, str]) -> None:
    with override("ky"):
        assert tuple(line.replace("\u00a0", " ") for line in writing.due_words(due, NOW)) == said


def test_numbers_hold_together() -> None:
    with override("ky"):
        assert writing.number(13000) == "13\u00a0000"
        assert writing.number(Decimal("17.5")) == "17,5"
        assert writing.per_cent(17.5) == "17,5\u00a0%"
    with override("en"):
        assert (writing.number(13000), writing.per_cent(17.5)) == ("13,000", "17.5%")


@pytest.mark.parametrize("language", LANGUAGES)
@given(due=moments, now=moments)
def test_any_two_moments_can_be_written(language: str, due: datetime, now: datetime) -> None:
    with override(language):
        late, left = writing.late(due, now), writing.left(due, now)
        assert not (late and left)
        assert bool(late or left) == (due != now)
        assert all(writing.due_words(due, now)[:1])
        assert writing.moment(due, now) and writing.day(due) and writing.month(due) and writing.weekday(due)


@pytest.mark.parametrize("language", LANGUAGES)
@given(first=st.dates(), second=st.dates())
def test_any_two_days_can_be_written(language: str, first: date, second: date) -> None:
    with override(language):
        assert " – " in writing.days(first, second)
        assert writing.day(first) != writing.day(second) or first == second


@pytest.mark.parametrize("language", LANGUAGES)
@given(value=st.integers() | st.decimals(-(10**9), 10**9, allow_nan=False, places=2))
def test_any_number_keeps_its_digits(language: str, value: int | Decimal) -> None:
    with override(language):
        said = writing.number(value)
    assert [sign for sign in said if sign.isdigit()] == [sign for sign in str(value) if sign.isdigit()]


def test_the_formats_of_django_agree() -> None:
    with override("ky"):
        assert formats.date_format(ORDER_ENDS) == "05.12.2026"
        assert formats.number_format(Decimal("17.5")) == "17,5"
    with override("ru"):
        assert formats.date_format(ORDER_ENDS) == "5 декабря 2026 г."
