from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalka.directory.rules import Candidate, nearest, runs

CHAIN = ("village", "aimak", "raion", "oblast")
CANDIDATES = st.lists(
    st.builds(
        Candidate,
        st.integers(1, 99),
        st.sampled_from([*CHAIN, "elsewhere"]),
        st.booleans(),
        st.booleans(),
        st.booleans(),
    ),
    max_size=8,
    unique_by=lambda one: one.post_id,
)


def one(post_id: int, place: str, *, held: bool = False, leads: bool = False, covered: bool = False) -> Candidate:
    return Candidate(post_id, place, held, leads, covered)


@pytest.mark.parametrize(
    ("candidates", "chosen"),
    [
        ([], None),
        ([one(1, "elsewhere", held=True)], None),
        ([one(2, "raion", held=True), one(1, "aimak", held=True)], 1),
        ([one(1, "aimak"), one(2, "raion", held=True)], 2),
        ([one(1, "aimak", covered=True), one(2, "raion", held=True)], 1),
        ([one(1, "aimak", covered=True), one(2, "aimak", held=True)], 2),
        ([one(1, "aimak", held=True, leads=True), one(2, "aimak", held=True)], 2),
        ([one(2, "aimak", held=True), one(1, "aimak", held=True)], 1),
        ([one(1, "raion"), one(2, "aimak")], 2),
    ],
    ids=[
        "none",
        "elsewhere",
        "the nearest",
        "somebody answers rather than nobody",
        "a substitute rather than a farther post",
        "held rather than its substitute",
        "a plain post rather than the head's",
        "the oldest",
        "all vacant: the nearest",
    ],
)
def test_who_is_responsible(candidates, chosen):
    found = nearest(candidates, CHAIN)
    assert (found.post_id if found else None) == chosen


@given(CANDIDATES, st.randoms())
def test_it_is_always_the_same_one(candidates, random):
    assert nearest(random.sample(candidates, len(candidates)), CHAIN) == nearest(candidates, CHAIN)


@given(CANDIDATES)
def test_whoever_is_found_lies_in_the_chain_and_answers_if_anybody_does(candidates):
    near = [one for one in candidates if one.place in CHAIN]
    found = nearest(candidates, CHAIN)
    assert (found is None) == (not near)
    if found:
        assert (found.held or found.covered) == any(one.held or one.covered for one in near)


@pytest.mark.parametrize(
    ("on", "runs_then"), [(date(2024, 1, 1), True), (date(2024, 1, 3), True), (date(2024, 1, 4), False)]
)
def test_the_last_day_still_counts(on, runs_then):
    assert runs(date(2024, 1, 1), date(2024, 1, 3), on) is runs_then
    assert runs(date(2024, 1, 1), None, on) is True
    assert runs(date(2024, 1, 5), None, on) is False
