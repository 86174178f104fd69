"""Whole numbers that fit a set of sums: asked of HiGHS, which is imported when it is first needed. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

NEAR = 1e-6
PATIENCE = 10.0  # seconds for one question; what is not answered counts as exposed


@dataclass(frozen=True, slots=True)
class Row:
    """Σ factor · cell is 0 (`equal`), or at most 0."""

    terms: tuple[tuple[int, int], ...]  # cell, factor
    equal: bool


@dataclass(frozen=True, slots=True)
class Knot:
    """Cells that can only move together, and the numbers of the rows that tie them."""

    cells: list[int]
    rows: list[int]


class Problem:
    """How far the cells of some knots can move from the truth. The truth, no move at all, always fits."""

    def __init__(
        self, knots: Sequence[Knot], falls: Mapping[int, int], most: int, rows: Sequence[tuple[Row, int]]
    ) -> None:
        """`falls`: by how much each cell may fall, as a negative number. Each row comes with its slack at the truth."""
        from scipy.optimize import Bounds

        self._cells = [cell for knot in knots for cell in knot.cells]
        self._at = {cell: position for position, cell in enumerate(self._cells)}
        self._knot = {cell: knot for knot in knots for cell in knot.cells}
        self._bounds = Bounds([falls[cell] for cell in self._cells], [most] * len(self._at))
        self._ties = self._tied([rows[number] for knot in knots for number in knot.rows])

    def _tied(self, rows: Sequence[tuple[Row, int]]) -> Any:
        from scipy.optimize import LinearConstraint
        from scipy.sparse import csr_matrix

        values, columns, starts, low, high = [], [], [0], [], []
        for row, slack in rows:
            inside = [(self._at[cell], factor) for cell, factor in row.terms if cell in self._at]
            columns += [column for column, _ in inside]
            values += [factor for _, factor in inside]
            starts.append(len(columns))
            low.append(0.0 if row.equal else -float("inf"))
            high.append(0.0 if row.equal else float(slack))
        matrix = csr_matrix((values, columns, starts), shape=(len(rows), len(self._at)), dtype=float).tocsc()
        return LinearConstraint(matrix, low, high) if rows else ()

    def furthest(self, wanted: Mapping[int, float], *, whole: bool = False) -> dict[int, int]:
        """Moves that take the wanted cells as far as they go, each by its weight and sign.

        Only of knots of a wanted cell whose moves are whole numbers; `whole` asks for those, which takes longer.
        """
        from scipy.optimize import milp

        goal = [0.0] * len(self._at)
        for cell, weight in wanted.items():
            goal[self._at[cell]] = -weight
        found = milp(
            goal,
            constraints=self._ties,
            bounds=self._bounds,
            integrality=[int(whole)] * len(goal),
            options={"time_limit": PATIENCE},
        ).x
        if found is None:
            return {}
        near, moves = found.round(), dict[int, int]()
        astray = {id(self._knot[self._cells[at]]) for at in (abs(found - near) > NEAR).nonzero()[0]}
        said = near.astype(int).tolist()
        for knot in {id(self._knot[cell]): self._knot[cell] for cell in wanted}.values():
            if id(knot) not in astray:
                first = self._at[knot.cells[0]]
                moves.update(zip(knot.cells, said[first : first + len(knot.cells)], strict=True))
        return moves
