"""Somebody whose name was written down with one slip is among the first fifty."""

import pytest

from kalka.core.actors import SYSTEM
from kalka.people import indexing, selectors
from kalka.people.tests.factories import NOW, WORKER, new_file
from kalka.vault import clearing, making
from tests.search import filling
from tools.bench.invented import Population

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    for module in (making, clearing):
        monkeypatch.setattr(module, "BREATH", 0)


def recall(people: int, asked: int) -> float:
    """Who cannot be told apart by name counts as found with a namesake."""
    population = Population(4)
    names = population.names(people)
    filling.people(new_file(WORKER), names)
    indexing.make(SYSTEM, now=NOW)
    found = 0
    for family, given in population.rng.sample(names, asked):
        words = (population.mistyped(family), given) if population.rng.random() < 0.6 else (family, given)
        words = words if words[0] != family else (family, population.mistyped(given))
        hits = selectors.search(WORKER, " ".join(words), now=NOW)
        found += f"{family} {given}" in {hit.name for hit in hits}
    return found / asked


def test_with_one_slip_ninety_nine_of_a_hundred_are_among_the_first_fifty():
    assert recall(2_500, 120) >= 0.99


@pytest.mark.deep
def test_among_very_many_as_well():
    assert recall(60_000, 600) >= 0.99
