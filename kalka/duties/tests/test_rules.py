from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalka.core.clock import day_of
from kalka.core.refs import new_ref
from kalka.duties import rules
from kalka.duties.rules import About, Group, Level

MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))
SPANS = st.timedeltas(timedelta(days=-40), timedelta(days=40))


def test_a_day_ends_at_midnight_in_bishkek():
    late_evening = datetime(2026, 11, 23, 17, 59, tzinfo=UTC)  # 23:59 in Bishkek
    assert rules.day_ends(late_evening) == (
        datetime(2026, 11, 23, 18, tzinfo=UTC),
        datetime(2026, 11, 29, 18, tzinfo=UTC),
    )
    assert rules.group(datetime(2026, 11, 23, 17, 59, 30, tzinfo=UTC), late_evening) is Group.TODAY
    assert rules.group(datetime(2026, 11, 23, 18, tzinfo=UTC), late_evening) is Group.WEEK


@given(MOMENTS, SPANS)
def test_a_duty_is_in_the_part_of_today_that_its_day_says(now, span):
    due = now + span
    days = (day_of(due) - day_of(now)).days
    expected = Group.LATE if due < now else Group.TODAY if days == 0 else Group.WEEK if days < 7 else Group.LATER
    assert rules.group(due, now) is expected


@given(MOMENTS, SPANS)
def test_late_is_what_is_due_before_now_and_by_how_much(now, span):
    assert rules.lateness(now - span, now) == max(span, timedelta(0))
    assert (rules.group(now - span, now) is Group.LATE) == (rules.lateness(now - span, now) > timedelta(0))


@given(MOMENTS)
def test_what_the_law_gives_no_term_is_never_late_and_does_not_move_up_by_itself(now):
    assert rules.group(None, now) is Group.UNSET
    assert rules.lateness(None, now) == timedelta(0)
    assert not rules.moves_up(None, now - timedelta(days=999), 1, now)


@given(MOMENTS, st.integers(1, 96), st.timedeltas(timedelta(0), timedelta(days=20)))
def test_what_was_handed_over_without_a_term_moves_up_once_nobody_answered_for_its_hours(now, silent, held):
    assert rules.moves_up(None, now - held, 1, now, silent=silent) == (held >= timedelta(hours=silent))


@given(MOMENTS, SPANS, st.integers(1, 96), st.timedeltas(timedelta(0), timedelta(days=200)))
def test_a_duty_moves_up_once_its_hours_have_passed_since_it_was_due_and_since_it_came(due, since, hours, passed):
    held_since = due + since
    now = due + passed
    moves = rules.moves_up(due, held_since, hours, now)
    assert moves == (passed >= timedelta(hours=hours) and now - held_since >= timedelta(hours=hours))
    if moves:
        assert rules.moves_up(due, held_since, hours, now + timedelta(days=1)), "it does not become less late"
        assert not rules.moves_up(due, now, hours, now), "whoever just received it has the hours again"


def test_a_term_is_sooner_than_none():
    at = datetime(2026, 1, 1, tzinfo=UTC)
    assert rules.is_sooner(at, None)
    assert rules.is_sooner(at, at + timedelta(seconds=1))
    assert not rules.is_sooner(at, at)
    assert not rules.is_sooner(None, at)
    assert not rules.is_sooner(None, None)


@pytest.mark.parametrize("internal", [True, False])
@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize("above", [True, False])
def test_nobody_lets_a_duty_of_the_law_go_but_whoever_stands_above(internal, own, above):
    assert rules.may_waive(internal=internal, own=own, above=above) == (above or (internal and own))


def test_what_a_duty_is_about_is_read_as_it_was_written():
    ref, part = new_ref(), str(uuid4())
    for about in (About(ref), About(ref, part), About(part=part), About()):
        assert rules.read_about(str(about)) == about


@pytest.mark.parametrize(
    ("code", "level", "high"),
    [
        ("1/2", (1, 2), False),
        ("2/2", (2, 2), True),
        ("2/3", (2, 3), True),
        ("2/4", (2, 4), False),
        ("3/4", (3, 4), True),
    ],
)
def test_a_level_is_high_in_the_upper_half_of_its_edition(code, level, high):
    assert rules.read_level(code) == Level(*level)
    assert rules.read_level(code).is_high is high


@pytest.mark.parametrize("code", ["", "high", "/", "3/", "x/y"])
def test_a_code_that_names_no_level_is_no_level(code):
    assert rules.read_level(code) is None
