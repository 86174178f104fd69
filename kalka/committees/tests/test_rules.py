from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalka.committees import data
from kalka.committees.rules import NEEDED, Region, State, Step, next_step, overlap, runs, state
from kalka.core.errors import DomainError
from kalka.places import regions
from kalka.places import selectors as places
from kalka.places.tests.factories import builtin

DAY = timedelta(days=1)
TODAY = date(2026, 11, 23)
days = st.dates(date(2010, 1, 1), date(2030, 1, 1))


def test_a_committee_sleeps_once_nothing_was_written_down_for_longer_than_the_rule_says():
    at = {"on": TODAY, "asleep_after": 183}
    long_ago, then = date(2021, 3, 15), TODAY - 183 * DAY
    assert state(long_ago, None, then, **at) == State.HAS
    assert state(long_ago, None, then - DAY, **at) == State.SLEEPING
    assert state(long_ago, None, None, **at) == State.SLEEPING
    assert state(then, None, None, **at) == State.HAS
    assert state(long_ago, TODAY, TODAY, **at) == State.HAS
    assert state(long_ago, TODAY - DAY, TODAY, **at) == State.LACKS


@given(days, days | st.none(), days | st.none(), days, st.integers(1, 400))
def test_only_a_committee_whose_term_runs_works_or_sleeps(since, until, worked, on, asleep_after):
    found = state(since, until, worked, on=on, asleep_after=asleep_after)
    assert (found == State.LACKS) == (not runs(since, until, on))


@given(days, days | st.none(), days, days | st.none(), days)
def test_two_terms_overlap_if_some_day_is_in_both(since, until, other_since, other_until, on):
    if runs(since, until, on) and runs(other_since, other_until, on):
        assert overlap(since, until, other_since, other_until)


@pytest.mark.django_db
def test_the_country_is_north_south_and_two_cities_that_are_neither():
    builtin(demo=True)
    found = [data.region(code) for code, _ in places.choices(level=("oblast", "republican_city"))]
    assert sorted(found) == ["north"] * 4 + ["other"] * 2 + ["south"] * 3
    assert data.region("417D0410100000") == Region.NORTH
    assert data.region("nowhere") == Region.OTHER


def test_north_and_south_are_said_in_one_place():
    assert set(Region) == set(regions.REGIONS)
    assert not Path(data.__file__).with_name("regions.yaml").exists()


@given(st.sets(st.sampled_from(list(Step))))
def test_the_guide_says_one_thing_and_what_a_sitting_needs_comes_first(done):
    found = next_step(done)
    assert found not in done
    assert (found is None) == (done == set(Step))
    if not set(NEEDED) <= done:
        assert found in NEEDED


@pytest.mark.parametrize(
    ("parse", "text"),
    [
        (data.parse_practice, "standing: law\nasleep_after_days: 183"),
        (data.parse_practice, "standing: internal\nasleep_after_days: 0"),
        (regions.parse, 'north: []\nsouth: []\neast: ["417"]'),
    ],
)
def test_a_slip_of_the_pen_is_no_rule(parse, text):
    with pytest.raises(DomainError):
        parse(text)
