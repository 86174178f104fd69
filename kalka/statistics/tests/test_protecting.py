import random

from hypothesis import given
from hypothesis import strategies as some

from kalka.statistics.protecting import Cell, hide
from kalka.statistics.solving import Row
from kalka.statistics.tests.attacker import disclosed


class Square:
    """A table of numbers with the sums of its rows and columns."""

    def __init__(self, numbers: list[list[int]]) -> None:
        across, down = range(len(numbers)), range(len(numbers[0]))
        self.n = {(r, c): numbers[r][c] for r in across for c in down}
        self.n |= {(r, None): sum(numbers[r]) for r in across}
        self.n |= {(None, c): sum(row[c] for row in numbers) for c in down}
        self.n[None, None] = sum(map(sum, numbers))
        self.ties = [({(r, None): 1} | {(r, c): -1 for c in down}, "=") for r in (*across, None)]
        self.ties += [({(None, c): 1} | {(r, c): -1 for r in across}, "=") for c in (*down, None)]

    def protected(self, *, mend: bool = True) -> set[object]:
        at = {key: number for number, key in enumerate(self.n)}
        cells = [Cell(n, sensitive=1 <= n <= 4, cost=key.count(None)) for key, n in self.n.items()]
        rows = [Row(tuple((at[cell], factor) for cell, factor in tie.items()), True) for tie, _ in self.ties]
        if mend:
            hide(cells, rows)
        return {key for key, number in at.items() if cells[number].hidden}

    def given_away(self, hidden: set[object]) -> dict[object, tuple[float, float]]:
        shown = {key: n for key, n in self.n.items() if key not in hidden}
        return disclosed(shown, sorted(hidden, key=str), self.ties)


def villages(seed: int) -> Square:
    draw = random.Random(seed)
    return Square([[draw.choice((0, 0, 1, 2, 3, 4, 6, 9, 14, 30)) for _ in range(8)] for _ in range(20)])


def test_hiding_small_figures_alone_gives_some_of_them_away():
    assert any(villages(seed).given_away(villages(seed).protected(mend=False)) for seed in range(4))


def test_of_twenty_villages_by_eight_kinds_nothing_can_be_worked_out():
    for seed in range(4):
        table = villages(seed)
        assert table.given_away(table.protected()) == {}


small_tables = some.integers(2, 5).flatmap(
    lambda columns: some.lists(
        some.lists(some.integers(0, 12), min_size=columns, max_size=columns), min_size=2, max_size=6
    )
)


@given(small_tables)
def test_whatever_the_numbers_nothing_can_be_worked_out(numbers):
    table = Square(numbers)
    hidden = table.protected()
    assert {key for key, n in table.n.items() if 1 <= n <= 4} <= hidden
    assert table.given_away(hidden) == {}


@given(some.lists(some.integers(0, 9), min_size=1, max_size=7), some.integers(0, 30))
def test_parts_that_overlap_do_not_give_each_other_away(parts, apart):
    """The whole is no more than its parts together and no less than any of them."""
    total = min(sum(parts), max(parts) + apart)
    cells = [Cell(n, sensitive=1 <= n <= 4) for n in (total, *parts)]
    numbers = range(1, len(cells))
    ties = [({0: 1} | dict.fromkeys(numbers, -1), "<"), *(({n: 1, 0: -1}, "<") for n in numbers)]
    hide(cells, [Row(tuple(tie.items()), equal=False) for tie, _ in ties])
    shown = {number: cell.n for number, cell in enumerate(cells) if not cell.hidden}
    assert disclosed(shown, [number for number, cell in enumerate(cells) if cell.hidden], ties) == {}


def test_a_figure_that_was_published_and_grew_by_few_is_covered_from_what_it_was():
    """Ten more in the country, two of them here: neither the two nor the eight may be told."""
    cells = [Cell(110, floor=100), Cell(42, floor=40, sensitive=True), Cell(68, floor=60)]
    hide(cells, [Row(((0, 1), (1, -1), (2, -1)), equal=True)])
    assert [cell.hidden for cell in cells] == [False, True, True]
    assert disclosed({0: 110}, [1, 2], [({0: 1, 1: -1, 2: -1}, "=")], {1: 40, 2: 60}) == {}


def test_what_has_no_data_is_known_and_covers_nothing():
    cells = [Cell(9), Cell(3, sensitive=True), Cell(0, given=True), Cell(6)]
    hide(cells, [Row(((0, 1), (1, -1), (2, -1), (3, -1)), equal=True)])
    assert [cell.hidden for cell in cells] == [False, True, False, True]


def test_a_figure_of_the_past_stays_as_it_was_and_what_would_tell_it_is_hidden():
    """Then 3 and 8 of 11, both hidden. Now 5 and 8: shown, they would say that the first had been 3 to 5."""
    n = [11, 3, 8, 30, 5, 8, 17]
    ties = [({0: 1, 1: -1, 2: -1}, "="), ({3: 1, 4: -1, 5: -1, 6: -1}, "=")]
    ties += [({then: 1, now: -1}, "<") for then, now in ((1, 4), (2, 5))]
    rows = [Row(tuple(tie.items()), equal=kind == "=") for tie, kind in ties]
    assert disclosed({at: n[at] for at in (0, 3, 4, 5, 6)}, [1, 2], ties).keys() == {1, 2}
    cells = [Cell(one, past=at < 3, hidden=at in (1, 2), sensitive=at == 1) for at, one in enumerate(n)]
    hide(cells, rows)
    hidden = [at for at, cell in enumerate(cells) if cell.hidden]
    assert {1, 2} < set(hidden) < {1, 2, 4, 5, 6}
    assert disclosed({at: one for at, one in enumerate(n) if at not in hidden}, hidden, ties) == {}
