from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalka.core.errors import DomainError
from kalka.followup import rules
from kalka.followup.rules import Asking, Clock, NewVisit, Schedule
from kalka.followup.schedule import FILE, parse, schedule

NOW = datetime(2026, 11, 23, 2, 40, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
TOLD = {"visited_at": NOW, "found": "both", "kept": "", "where": "home", "told": ""}
LEVELS = st.integers(2, 5).flatmap(lambda count: st.tuples(st.integers(1, count), st.just(count)))


def refused(order_runs=False, **told):
    with pytest.raises(DomainError) as refusal:
        rules.check_visit(NewVisit(**TOLD | told), order_runs=order_runs, now=NOW)
    return refusal.value.code, refusal.value.facts["field"]


def test_three_answers_are_a_visit():
    rules.check_visit(NewVisit(NOW, "protected", "broken"), order_runs=True, now=NOW)
    rules.check_visit(NewVisit(NOW, "nobody"), order_runs=False, now=NOW)


def test_an_answer_that_is_not_offered_is_refused_beside_its_question():
    assert refused(found="somebody") == ("followup.not_an_answer", "found")
    assert refused(where="moon") == ("followup.not_an_answer", "where")
    assert refused(order_runs=True, kept="") == ("followup.not_an_answer", "kept")
    assert refused(kept="kept") == ("followup.not_an_answer", "kept"), "no order runs that could be kept"


def test_a_visit_to_come_is_not_a_visit_but_a_clock_that_is_off_is_forgiven():
    assert refused(visited_at=NOW + DAY + MINUTE) == ("followup.visit_to_come", "visited_at")
    rules.check_visit(NewVisit(NOW + DAY, "both"), order_runs=False, now=NOW)


def test_very_long_words_are_refused():
    assert refused(told="ө" * 2001) == ("followup.too_long", "told")


@pytest.mark.parametrize(
    ("ago", "late", "clock"),
    [
        (-HOUR, False, Clock.AHEAD),
        (-5 * MINUTE, False, Clock.FINE),
        (timedelta(0), False, Clock.FINE),
        (12 * HOUR, False, Clock.FINE),
        (12 * HOUR + MINUTE, True, Clock.FINE),
        (7 * DAY, True, Clock.FINE),
        (7 * DAY + MINUTE, True, Clock.OLD),
    ],
)
def test_what_is_written_late_or_by_a_wrong_clock_says_so(ago, late, clock):
    assert (rules.written_late(NOW - ago, NOW), rules.clock_of(NOW - ago, NOW)) == (late, clock)


@given(LEVELS)
def test_the_higher_the_level_the_sooner_the_next_visit(level):
    position, count = level
    due = [schedule().next_due((at, count), met=True, now=NOW) for at in range(1, count + 1)]
    assert due == sorted(due, reverse=True)
    assert due[-1] == NOW + DAY, "every day at the highest level of any edition"
    assert due[position - 1] > NOW


@given(st.one_of(st.none(), LEVELS, st.tuples(st.integers(-3, 9), st.integers(0, 9))))
def test_whoever_was_not_met_is_visited_again_within_a_day(level):
    again = schedule().next_due(level, met=False, now=NOW)
    assert NOW < again <= NOW + DAY
    assert again <= schedule().next_due(level, met=True, now=NOW)


def test_not_assessed_is_never_no_risk():
    made = Schedule({2: (14, 1)}, days_unassessed=1, hours_after_not_met=24, ask=Asking(1, 3, timedelta(hours=48)))
    for level in (None, (1, 7), (3, 2), (0, 2)):
        assert made.next_due(level, met=True, now=NOW) == NOW + DAY


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('"2": [14, 1]', '"2": [1, 14]', "more danger must not mean fewer visits"),
        ('"2": [14, 1]', '"2": [14]', "must hold 2 whole numbers"),
        ('"2": [14, 1]', '"2": [14, 0]', "must hold 2 whole numbers"),
        ('"2": [14, 1]', '"2": [14, true]', "must hold 2 whole numbers"),
        ('"2": [14, 1]', '"6": [14, 1]', "scales 2, 3, 4 and 5"),
        ("days_unassessed: 1", "days_unassessed: 0", "above 0"),
        ("days_unassessed: 1", "days_unassessed: often", "must be a int"),
        ("standing: internal", "standing: law", "one of internal"),
        ("standing: internal", "standing: internal\nmore: 1", "unknown keys: more"),
    ],
)
def test_a_slip_of_the_pen_does_not_become_a_schedule(old, new, problem):
    with pytest.raises(DomainError) as refusal:
        parse(FILE.read_text("utf-8").replace(old, new))
    assert refusal.value.code == "datafile.refused"
    assert problem in refusal.value.facts["problem"]
