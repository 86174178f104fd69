"""One release after another, and somebody who kept them all."""

import json
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pytest

from kalka.statistics.counting import Counted, Key, Land, Tally, bonds, cells, count
from kalka.statistics.indicators import get
from kalka.statistics.rules import K
from kalka.statistics.tests.attacker import Equation
from kalka.statistics.tests.witnesses import unproven
from kalka.statistics.withholding import Past, withheld

VISITS = get("visits")
LAND = Land({"N": ("N1", "N2", "N3"), "O": ()})
WHERE = (("N", "N1"), ("N", "N1"), ("N", "N2"), ("N", "N3"), ("O", ""), ("O", ""))
FOUND = ("both", "both", "victim_only", "nobody")
Remembers = Callable[[Sequence[Past]], Sequence[Past]]


@dataclass(frozen=True)
class Told:
    """A release and what it really counted."""

    past: Past
    n: Mapping[Key, int]


def history(releases: int, seed: int, remembers: Remembers = lambda past: past) -> list[Told]:
    """A year that grows month by month, and then by what is written down late; now and then a line is taken back."""
    draw, lines, told = random.Random(seed), list[Counted](), list[Told]()
    first = max(1, 13 - releases)
    for number in range(releases):
        months = min(12, first + number)
        for month in range(1 if number == 0 else months, months + 1) if first + number <= 12 else ():
            lines += [_line(draw, len(lines) + at, month) for at in range(draw.randrange(4, 22))]
        lines += [_line(draw, len(lines) + at, draw.randrange(1, months + 1)) for at in range(draw.randrange(0, 5))]
        if number % 5 == 4:
            lines.pop(draw.randrange(len(lines)))
        tally = count(VISITS, sorted(lines))
        told.append(_released(tally, months, remembers([one.past for one in told])))
    return told


def _line(draw: random.Random, number: int, month: int) -> Counted:
    oblast, raion = draw.choice(WHERE)
    return Counted(f"{number:06}", month, oblast, raion, "police", json.dumps({"found": draw.choice(FOUND)}))


def _released(tally: Tally, months: int, past: Sequence[Past]) -> Told:
    keys, above = cells(VISITS, months, LAND, tally), LAND.above()
    hidden = withheld(VISITS, keys, tally, above, set(), past)
    shown = {key: tally.n[key] for key in keys if key not in hidden}
    return Told(Past(shown, hidden, frozenset(), above), {key: tally.n[key] for key in keys})


def worked_out(told: Sequence[Told]) -> dict[object, tuple[int, int]]:
    """Small figures, or small differences to what was once shown, that all the releases together may give away."""
    shown, hidden, floors = dict[object, int](), dict[object, int](), dict[object, int]()
    small, ties, last, known = list[object](), list[Equation](), dict[Key, int](), dict[Key, int]()
    for number, one in enumerate(told):
        for key, n in one.n.items():
            cell, before = (number, key), last.get(key)
            if key in one.past.shown:
                shown[cell] = n
            else:
                hidden[cell] = n
                floors[cell] = min(known.get(key, 0), n)
                small += [cell] if 1 <= n < K or 1 <= abs(n - known.get(key, 0)) < K else []
            if before is not None and told[before].n[key] <= n:
                ties.append(({(before, key): 1, cell: -1}, "<"))
            last[key] = number
        for bond in bonds(VISITS, list(one.n), one.past.above):
            ties.append(({(number, bond.total): 1} | {(number, part): -1 for part in bond.parts}, "="))
        known |= one.past.shown
    assert len(small) > 10
    return unproven(shown, hidden, ties, floors, small)


@pytest.mark.parametrize("seed", [2])
def test_requirement_57_of_eight_releases_together_nothing_small_can_be_worked_out(seed: int) -> None:
    assert worked_out(history(8, seed)) == {}


@pytest.mark.deep
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_requirement_57_of_fifty_releases_together_nothing_small_can_be_worked_out(seed: int) -> None:
    assert worked_out(history(50, seed)) == {}


def test_what_nobody_can_prove_to_be_safe_is_found():
    """Of 12 together one figure is hidden alone; two hidden ones hide each other; fractions would hide a third."""
    shown, truth = {"all": 12, "other": 9, "three": 3, "nine": 9}, {"alone": 3, "one": 4, "two": 8, "odd": 3, "tens": 0}
    alone = ({"all": 1, "other": -1, "alone": -1}, "=")
    pair = ({"all": 1, "one": -1, "two": -1}, "=")
    stepped = [({"odd": 1, "three": -1, "tens": -10}, "="), ({"tens": 10, "nine": -1}, "<")]
    assert unproven(shown, truth, [alone, pair, *stepped], {}, [*truth]) == {
        "alone": (3, 3),
        "odd": (3, 3),
        "tens": (0, 0),
    }
    assert unproven(shown, truth, [pair, *stepped], {"one": 2}, ["alone", "one", "two"]) == {}
    assert unproven(shown, truth, [pair, *stepped], {"one": 2, "two": 7}, ["one", "two"]) == {
        "one": (2, 5),
        "two": (7, 10),
    }


def test_to_remember_the_last_release_alone_would_give_some_away() -> None:
    assert any(worked_out(history(8, seed, lambda past: past[-1:])) for seed in (1, 2))


def test_requirement_58_no_difference_of_two_releases_tells_of_fewer_than_five() -> None:
    for seed in (2, 5):
        known: dict[Key, int] = {}
        for one in history(8, seed):
            grown = {key: abs(n - known[key]) for key, n in one.past.shown.items() if key in known}
            assert {by for by in grown.values() if 1 <= by < K} == set()
            known |= one.past.shown
