"""What is hidden of figures about families from whoever may not open the records.

Every year stands for itself, with the reports of its quarters: of it the figures of the committees and their sums are
hidden together, so that none from 1 to 4 can be worked out. A longer span is shown only where each of its years is, and
a span that is not made of whole years is not shown: two spans that differ by a month would tell of the month.
"""

from collections.abc import Collection, Mapping, Sequence

from kalka.results.rules import Body, K, Scope
from kalka.statistics.protecting import Cell, hide
from kalka.statistics.solving import Row


def shown(
    numbers: Mapping[int, int],
    bodies: Sequence[Body],
    scopes: Collection[Scope],
    told: Mapping[int, int] | None = None,
) -> set[Scope]:
    """Of one year: which scopes may be shown. `numbers`: behind the figure of each committee; with every sum that
    anybody may ask for. `told`: how many of a committee its reports of quarters told of; whoever read them subtracts
    them, so what is left of the year is a number of its own."""
    cells = [_cell(numbers.get(one.organisation, 0)) for one in bodies]
    rows: list[Row] = []
    for number, one in enumerate(bodies):
        rows += _subtracted(cells, number, (told or {}).get(one.organisation, 0))
    at = {one.organisation: number for number, one in enumerate(bodies)}
    where: dict[Scope, int] = {}
    for scope in sorted(scopes, key=lambda one: one.code):
        members = [at[one.organisation] for one in bodies if scope.holds(one)]
        if len(members) == 1:
            where[scope] = members[0]
            continue
        where[scope] = len(cells)
        cells.append(_cell(sum(cells[one].n for one in members), cost=1))
        rows.append(Row(((where[scope], 1), *((one, -1) for one in members)), equal=True))
    hide(cells, rows)
    return {scope for scope, cell in where.items() if not cells[cell].hidden}


def _subtracted(cells: list[Cell], year: int, told: int) -> list[Row]:
    """A year is no less than what was told of it, and few that are left of it are a number to be hidden. Whoever was
    told of twice is in the year once: then nothing is left."""
    whole = cells[year]
    whole.floor = told = min(told, whole.n)
    left = _cell(whole.n - told)
    if not (told and left.sensitive):
        return []
    cells += [Cell(told, given=True), left]
    return [Row(((year, 1), (len(cells) - 2, -1), (len(cells) - 1, -1)), equal=True)]


def _cell(number: int, *, cost: int = 0) -> Cell:
    return Cell(number, sensitive=0 < number < K, cost=cost)
