from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalka.core.clock import BISHKEK, day_of
from kalka.core.errors import DomainError
from kalka.intake import rules
from kalka.intake.tests.factories import TODAY, TOLD

DAYS = st.dates(date(1930, 1, 1), date(2100, 12, 31))


def refusal(**said: object) -> tuple[str, object]:
    with pytest.raises(DomainError) as refused:
        rules.check(replace(TOLD, **said), today=TODAY)
    return refused.value.code, refused.value.facts["field"]


def test_a_report_as_it_is_told_is_accepted() -> None:
    rules.check(TOLD, today=TODAY)


def test_screams_now_need_no_words() -> None:
    for danger in ("yes", "screams_now"):
        rules.check(replace(TOLD, danger=danger, what=""), today=TODAY)


@pytest.mark.parametrize("danger", ["no", "unsure", "second_hand"])
def test_without_danger_something_was_told(danger: str) -> None:
    assert refusal(danger=danger, what="") == ("intake.nothing_told", "what")


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"danger": "maybe"}, "intake.unknown_code"),
        ({"way": ""}, "intake.unknown_code"),
        ({"by_whom": "wife"}, "intake.unknown_code"),
        ({"children": "2"}, "intake.unknown_code"),
        ({"told_on": TODAY + timedelta(days=1)}, "intake.future"),
        ({"told_on": date(1929, 12, 31)}, "intake.too_old"),
        ({"happened": "2026-11-24"}, "intake.future"),
        ({"happened": "2027"}, "intake.future"),
        ({"happened": "1929"}, "intake.too_old"),
        ({"happened": "2026-02-30"}, "intake.no_such_day"),
        ({"happened": "2026-13"}, "intake.no_such_day"),
        ({"happened": "0000"}, "intake.no_such_day"),
        ({"happened": "кечээ"}, "intake.no_such_day"),
        ({"what": "a" * 20_001}, "intake.too_long"),
        ({"where": "a" * 201}, "intake.too_long"),
        ({"what": "a\x00b"}, "intake.broken_text"),
        ({"safe": "a\ud83d"}, "intake.broken_text"),
        ({"reporter_name": "\udfff"}, "intake.broken_text"),
    ],
)
def test_what_cannot_be_kept_is_refused_at_its_field(said: dict[str, object], code: str) -> None:
    assert refusal(**said) == (code, next(iter(said)))


@pytest.mark.parametrize(("children", "count"), [("no", 1), ("unknown", 2), ("yes", 0), ("yes", 31)])
def test_children_are_counted_only_where_there_are_some(children: str, count: int) -> None:
    assert refusal(children=children, children_count=count) == ("intake.children_count", "children_count")


def test_whoever_does_not_want_to_be_named_is_not_named() -> None:
    assert refusal(by_whom="anonymous") == ("intake.anonymous_named", "by_whom")
    rules.check(replace(TOLD, by_whom="anonymous", reporter_name="", reporter_phone=""), today=TODAY)


def test_a_text_of_exactly_the_limit_fits() -> None:
    rules.check(replace(TOLD, what="ү" * 20_000), today=TODAY)


def test_a_report_shows_nothing_of_itself() -> None:
    assert TOLD.what not in repr(TOLD) and TOLD.reporter_name not in str(TOLD)


@pytest.mark.parametrize(
    ("happened", "first", "last"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2025-12", date(2025, 12, 1), date(2025, 12, 31)),
        ("2026-11-22", date(2026, 11, 22), date(2026, 11, 22)),
    ],
)
def test_a_day_may_be_known_in_part(happened: str, first: date, last: date) -> None:
    assert rules.happened_between(happened) == (first, last)


@given(DAYS)
def test_any_day_is_read_back(day: date) -> None:
    assert rules.happened_between(day.isoformat()) == (day, day)
    first, last = rules.happened_between(f"{day:%Y-%m}")
    assert first <= day <= last and first.day == 1 and (last + timedelta(days=1)).day == 1


@given(st.text(max_size=12))
def test_any_text_is_a_day_or_is_refused(text: str) -> None:
    try:
        first, last = rules.happened_between(text)
        assert first <= last
    except DomainError as refused:
        assert refused.code == "intake.no_such_day"


@pytest.mark.parametrize(
    ("told_on", "now", "late"),
    [
        (date(2026, 11, 23), datetime(2026, 11, 23, 9, tzinfo=BISHKEK), False),
        (date(2026, 11, 22), datetime(2026, 11, 23, 23, 59, tzinfo=BISHKEK), False),
        (date(2026, 11, 22), datetime(2026, 11, 24, 0, 1, tzinfo=BISHKEK), True),
        (date(2026, 11, 22), datetime(2026, 11, 23, 18, 1, tzinfo=UTC), True),
        (date(2020, 1, 1), datetime(2026, 11, 23, 9, tzinfo=BISHKEK), True),
    ],
)
def test_a_report_is_late_when_more_than_24_hours_have_passed_for_certain(
    told_on: date, now: datetime, late: bool
) -> None:
    assert rules.late(told_on, now) is late


@given(DAYS, st.integers(0, 400 * 24))
def test_lateness_comes_with_time_and_stays(told_on: date, hours: int) -> None:
    midnight = datetime.combine(told_on, datetime.min.time(), tzinfo=BISHKEK)
    now = midnight + timedelta(hours=hours)
    assert rules.late(told_on, now) is ((day_of(now) - told_on).days >= 2)


@pytest.mark.parametrize(
    ("danger", "first", "hours"),
    [
        ("yes", "police_inspector", 1),
        ("screams_now", "police_inspector", 1),
        ("second_hand", "social_worker", 3),
        ("unsure", "social_worker", 3),
        ("no", "social_worker", 24),
    ],
)
def test_unsure_is_never_no(danger: str, first: str, hours: int) -> None:
    triage = rules.TRIAGE[danger]
    assert (triage.roles[0], triage.within) == (first, timedelta(hours=hours))


def test_a_reason_is_trimmed_and_long_enough() -> None:
    assert rules.check_reason("  Сот сурады  ", least=5) == "Сот сурады"
    for short in ("", "   ", "a" * 19, " " * 30 + "a"):
        with pytest.raises(DomainError) as refused:
            rules.check_reason(short, least=20)
        assert (refused.value.code, refused.value.facts["field"]) == ("intake.reason_short", "reason")
