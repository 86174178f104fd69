"""The reports of quarters and the figures of their year are protected together: somebody who reads both tries to
subtract."""

from datetime import date
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kalka.results.indicators import get
from kalka.results.rules import Line, Part, Quarter, Scope
from kalka.results.tests.test_rules import BODIES, SCOPES
from kalka.results.years import Years

YEAR, FAMILIES = 2025, get("families")
ORGANISATIONS, QUARTERS = [body.organisation for body in BODIES], (1, 2, 3, 4)
CELLS = [(body, quarter) for body in ORGANISATIONS for quarter in QUARTERS]


def of(numbers: dict[tuple[int, int], int], told: dict[int, dict[int, int]]) -> Years:
    """With what the reports told already."""
    lines = [
        Line("family", date(YEAR, 3 * quarter, 1), "", body, {"state": "continuing"}, who=f"{body}-{quarter}-{one}")
        for (body, quarter), number in numbers.items()
        for one in range(number)
    ]
    return Years(lines, BODIES, SCOPES, {YEAR: {"families": told}})


def reported(numbers: dict[tuple[int, int], int], order: list[tuple[int, int]]) -> dict[int, dict[int, int]]:
    """In this order, each as far as it may; what the page of the year showed before stays as it was."""
    told: dict[int, dict[int, int]] = {}
    for body, quarter in order:
        years = of(numbers, told)
        before = years.shown(FAMILIES, YEAR)
        if years.may_tell(FAMILIES, Quarter(YEAR, quarter), body):
            told.setdefault(body, {})[quarter] = numbers[body, quarter]
            assert before <= of(numbers, told).shown(FAMILIES, YEAR)
    return told


def rank(rows: list[list[int]]) -> int:
    left, found = [[Fraction(value) for value in row] for row in rows], 0
    for column in range(len(CELLS)):
        pivot = next((row for row in left if row[column]), None)
        if pivot is None:
            continue
        found += 1
        left = [
            [value - row[column] / pivot[column] * other for value, other in zip(row, pivot, strict=True)]
            for row in left
            if row is not pivot
        ]
    return found


def row_of(cells: set[tuple[int, int]]) -> list[int]:
    return [int(cell in cells) for cell in CELLS]


def solved(numbers: dict[tuple[int, int], int], told: dict[int, dict[int, int]]) -> list[set[tuple[int, int]]]:
    """Quarters, and what of a year no report told, of 1 to 4 families, that follow from all that is said."""
    said = [row_of({(body, quarter)}) for body, parts in told.items() for quarter in parts]
    for scope in of(numbers, told).shown(FAMILIES, YEAR):
        inside = {body.organisation for body in BODIES if scope.holds(body)}
        said.append(row_of({cell for cell in CELLS if cell[0] in inside}))
    left = [{(body, one) for one in QUARTERS if one not in told.get(body, {})} for body in ORGANISATIONS]
    asked = [one for one in [*({cell} for cell in CELLS), *left] if 0 < sum(numbers[cell] for cell in one) < 5]
    known = rank(said)
    return [one for one in asked if rank([*said, row_of(one)]) == known]


def nothing_small_follows(seed: int, *, reports: int) -> None:
    drawn = Random(seed)
    there = {cell: drawn.choice([0, 0, 1, 2, 4, 5, 7, 12]) for cell in CELLS}
    order = drawn.sample(CELLS, drawn.randint(1, reports))
    assert solved(there, reported(there, order)) == []


@settings(max_examples=3, deadline=None)
@given(st.integers(0, 10**9))
def test_nobody_works_a_small_number_out_of_the_year_and_its_quarters(seed):
    nothing_small_follows(seed, reports=4)


@pytest.mark.deep
@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**9))
def test_nobody_works_a_small_number_out_of_many_years_and_their_quarters(seed):
    nothing_small_follows(seed, reports=len(CELLS))


def test_somebody_who_could_subtract_is_seen_by_this_test():
    numbers = dict.fromkeys(CELLS, 6) | {(3, 4): 2}
    everything = {3: {1: 6, 2: 6, 3: 6}}
    years = of(numbers, {})
    assert Scope(Part.COMMITTEE, "3") in years.shown(FAMILIES, YEAR)
    rows = [row_of({(3, quarter)}) for quarter in (1, 2, 3)] + [row_of({(3, quarter) for quarter in QUARTERS})]
    assert rank([*rows, row_of({(3, 4)})]) == rank(rows)  # so the year was given away before
    assert Scope(Part.COMMITTEE, "3") not in of(numbers, everything).shown(FAMILIES, YEAR)


@pytest.mark.parametrize(("last", "told"), [(2, 2), (6, 3), (0, 3)])
def test_a_quarter_that_would_give_another_away_is_left_out_of_its_report(last, told):
    numbers = dict.fromkeys(CELLS, 6) | {(3, 4): last}
    assert len(reported(numbers, [(3, 1), (3, 2), (3, 3)])[3]) == told
    assert Scope(Part.COMMITTEE, "3") in of(numbers, {}).shown(FAMILIES, YEAR)


def test_where_nothing_small_is_left_all_is_told_and_shown():
    numbers = dict.fromkeys(CELLS, 8)
    told = reported(numbers, CELLS)
    assert {body: len(parts) for body, parts in told.items()} == dict.fromkeys(ORGANISATIONS, 4)
    assert of(numbers, told).shown(FAMILIES, YEAR) == set(SCOPES)
