"""Which cells of a sheet are hidden, held against everything published of them before. Pure.

Somebody who kept all releases knows that figures grow. What one release hides, a later one must not tell: so each
hidden figure of the past is asked about again, with all that was shown before and after it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kalka.statistics.counting import YEAR, Bond, Key, Tally, bonds
from kalka.statistics.dimensions import DIMENSIONS
from kalka.statistics.indicators import Indicator
from kalka.statistics.protecting import Cell, hide
from kalka.statistics.rules import TOTAL, K
from kalka.statistics.solving import Row

SMALL_ROW = 2 * K  # of fewer a telling breakdown is hidden whole: a nought would say something of everybody else
UNCHANGED, CHANGED, NEW, HIDDEN_BEFORE = 30, 20, 10, 0  # what was shown and stays the same is hidden last


@dataclass(frozen=True, slots=True)
class Hidden:
    """A figure that is not told. `small`: it is one of those nobody may work out, and not only their cover."""

    n: int
    small: bool


@dataclass(frozen=True, slots=True)
class Past:
    """One earlier release of the sheet: what was shown, what was hidden and how much it was, what had no data."""

    shown: Mapping[Key, int]
    hidden: Mapping[Key, Hidden]
    absent: frozenset[Key]
    above: Mapping[str, str]

    def keys(self) -> Iterator[Key]:
        yield from self.shown
        yield from self.hidden
        yield from self.absent


@dataclass(slots=True)
class _Board:
    """All cells of all releases, numbered through, and what ties them."""

    cells: list[Cell] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    last: dict[Key, int] = field(default_factory=dict)  # the newest cell of a key
    told: dict[Key, int] = field(default_factory=dict)  # the last value ever shown

    def lay(self, cell: Cell, key: Key) -> int:
        """Figures grow: the same one is no less than it was, where that is so."""
        self.cells.append(cell)
        number, before = len(self.cells) - 1, self.last.get(key)
        if before is not None and self.cells[before].n <= cell.n:
            self.rows.append(Row(((before, 1), (number, -1)), equal=False))
        self.last[key] = number
        return number


def withheld(
    indicator: Indicator,
    keys: Sequence[Key],
    tally: Tally,
    above: Mapping[str, str],
    absent: set[Key],
    past: Sequence[Past] = (),
) -> dict[Key, Hidden]:
    """The cells to hide, as one set with everything published of them before, oldest first."""
    board = _Board()
    for one in past:
        _lay_past(board, indicator, one)
    made = {key: _cell(key, tally, key in absent, board.told, past) for key in keys}
    at = {key: board.lay(cell, key) for key, cell in made.items()}
    if any(cell.hidden for cell in board.cells):
        board.rows += _rows(bonds(indicator, keys, above), at)
        hide(board.cells, board.rows)
    return {key: Hidden(cell.n, cell.sensitive) for key, cell in made.items() if cell.hidden}


def _lay_past(board: _Board, indicator: Indicator, past: Past) -> None:
    at = {}
    for key in past.keys():
        hidden, floor = past.hidden.get(key), board.told.get(key, 0)
        if hidden is None:
            cell = Cell(past.shown.get(key, 0), given=key in past.absent, past=True)
        else:
            cell = Cell(hidden.n, sensitive=hidden.small, floor=floor, past=True, hidden=True)
        at[key] = board.lay(cell, key)
    board.rows += _rows(bonds(indicator, list(at), past.above), at)
    board.told |= past.shown


def _cell(key: Key, tally: Tally, absent: bool, told: Mapping[Key, int], past: Sequence[Past]) -> Cell:
    n, shown = tally.n[key], told.get(key)
    row = tally.n[Key(key.month, key.place)]
    sensitive = (
        1 <= n < K
        or 0 < tally.behind[key] < K
        or (shown is not None and 1 <= abs(n - shown) < K)
        or (key.by != TOTAL and DIMENSIONS[key.by].telling and 0 < row < SMALL_ROW)
    )
    return Cell(n, sensitive=sensitive, floor=shown or 0, cost=_cost(key, n, past), given=absent)


def _cost(key: Key, n: int, past: Sequence[Past]) -> int:
    """How much is lost with it: of the country and of years more than of raions and months."""
    worth = 1 + 20 * (key.by == TOTAL) + 4 * (key.place == TOTAL) + (key.month == YEAR)
    last = past[-1] if past else None
    if last is None or not (key in last.shown or key in last.hidden or key in last.absent):
        return NEW + worth
    if key not in last.shown:
        return HIDDEN_BEFORE + worth
    return (UNCHANGED if last.shown[key] == n else CHANGED) + worth


def _rows(ties: Iterable[Bond], places: Mapping[Key, int]) -> Iterator[Row]:
    for tie in ties:
        if tie.total not in places:
            continue
        total, parts = places[tie.total], [places[part] for part in tie.parts]
        if tie.kind == "sum":
            yield Row(((total, 1), *((part, -1) for part in parts)), equal=True)
        elif tie.kind == "some":
            yield Row(((total, -1), *((part, 1) for part in parts)), equal=False)
        else:
            yield Row(((total, 1), *((part, -1) for part in parts)), equal=False)
            yield from (Row(((part, 1), (total, -1)), equal=False) for part in parts)
