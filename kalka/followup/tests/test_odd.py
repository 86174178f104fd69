"""What is odd about visits as they were written down."""

from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalka.cases.tests.factories import NOW
from kalka.followup.odd import BUNCHED_WITHIN, TRAVEL, Entry, Odd, oddities
from kalka.followup.schedule import schedule

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def entry(number, *, post=1, subject=None, visited=NOW, written=NOW, **more):
    given = {"late": False, "clock": "", "found": "both", "kept": "", **more}
    return Entry(UUID(int=number), post, UUID(int=subject or number), visited, written, **given)


@pytest.mark.parametrize(
    ("more", "odd"),
    [
        ({}, ()),
        ({"said": "not_came"}, (Odd.DENIED,)),
        ({"said": "came"}, ()),
        ({"clock": "ahead"}, (Odd.AHEAD,)),
        ({"late": True, "clock": "old"}, (Odd.LATE,)),
        ({"kept": "kept", "found": "nobody"}, (Odd.UNSEEN,)),
        ({"kept": "kept", "found": "protected"}, ()),
        ({"kept": "broken", "found": "nobody"}, ()),
    ],
)
def test_what_is_odd_about_one(more, odd):
    assert oddities([entry(1, **more)]) == {UUID(int=1): odd}


def test_several_written_at_one_time_or_made_in_two_families_at_one_time_are_odd():
    three = [entry(n, visited=NOW - n * HOUR, written=NOW + n * MINUTE) for n in (1, 2, 3)]
    assert set(oddities(three).values()) == {(Odd.BUNCHED,)}
    assert set(oddities(three[:2]).values()) == {()}
    two = [entry(1), entry(2, visited=NOW + 9 * MINUTE, written=NOW + HOUR)]
    assert set(oddities(two).values()) == {(Odd.TOO_CLOSE,)}
    assert set(oddities([two[0], entry(2, subject=1, written=NOW + HOUR)]).values()) == {()}, "one family"
    assert set(oddities([two[0], entry(2, post=2, written=NOW + HOUR)]).values()) == {()}, "another post"


MOMENTS = st.integers(0, 600).map(lambda minutes: NOW + minutes * MINUTE)


@given(st.lists(st.tuples(st.sampled_from([1, 2]), st.integers(1, 4), MOMENTS, MOMENTS), max_size=7))
def test_spacing_is_odd_exactly_where_two_or_three_of_one_post_are_near(rows):
    found = [entry(n + 1, post=p, subject=s, visited=v, written=w) for n, (p, s, v, w) in enumerate(rows)]
    odd = oddities(found)
    for one in found:
        own = [other for other in found if other.post == one.post]
        close = any(abs(other.visited_at - one.visited_at) < TRAVEL and other.subject != one.subject for other in own)
        assert (Odd.TOO_CLOSE in odd[one.id]) == close
        windows = [[o for o in own if f.recorded_at <= o.recorded_at <= f.recorded_at + BUNCHED_WITHIN] for f in own]
        assert (Odd.BUNCHED in odd[one.id]) == any(len(w) >= 3 and one in w for w in windows)


def test_nobody_asks_less_of_those_in_more_danger():
    rule = schedule().ask
    assert all(rule.is_asked(draw, high=True) for draw in range(9))
    assert sum(rule.is_asked(draw, high=False) for draw in range(9)) == 3
