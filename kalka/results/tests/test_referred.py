"""Who counts as referred, and to which committee it belongs."""

from datetime import date, timedelta

import pytest

from kalka.families.facts import FamilyFact
from kalka.results.families import _by_then
from kalka.results.indicators import get
from kalka.results.rules import Line

NOTED = date(2026, 3, 10)
DAY = timedelta(days=1)


def family(organisation: int, on: date) -> FamilyFact:
    return FamilyFact(on, "", organisation, "round", "family", (), False, "continuing", 0, "her")


def test_a_referral_is_of_the_register_that_the_family_came_into_last():
    registers = [family(1, NOTED), family(2, NOTED + 30 * DAY)]
    found = {days: _by_then(registers, NOTED + days * DAY) for days in (-1, 0, 29, 30)}
    assert {days: one and one.organisation for days, one in found.items()} == {-1: None, 0: 1, 29: 1, 30: 2}


@pytest.mark.parametrize(
    ("of", "need", "stands", "sex", "counts"),
    [
        ("referral", "shelter", "yes", "f", True),
        ("referral", "shelter", "no", "f", False),  # taken back, or another was asked in its place
        ("referral", "legal", "yes", "f", False),
        ("referral", "shelter", "yes", "m", False),
        ("work", "shelter", "yes", "f", False),  # asked for, and sent by nobody yet
    ],
)
def test_only_a_referral_to_a_shelter_that_was_not_taken_back_counts(of, need, stands, sex, counts):
    line = Line(of, NOTED, "", 1, {"need": need, "kind": need, "stands": stands, "sex": sex}, who="her")
    assert get("referred").counts(line) is counts
