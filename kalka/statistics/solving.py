"""Whole numbers that fit a set of sums: asked of HiGHS, which is imported when it is first needed. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from highspy import Highs

NEAR = 1e-6
# Nothing here is limited by the clock: the same figures must be hidden on every machine. What is not answered within
# these limits counts as exposed.
OPTIONS: Final[Mapping[str, bool | int | str]] = {
    "output_flag": False,
    "threads": 1,
    "parallel": "off",
    "random_seed": 0,
    "presolve": "off",
    "solver": "simplex",
    "simplex_strategy": 4,  # primal: what was found last still fits when only the goal has changed
    "simplex_iteration_limit": 100_000,
}
OPTIONS_WHOLE: Final[Mapping[str, bool | int | str]] = OPTIONS | {"presolve": "choose", "solver": "choose", "mip_max_nodes": 1_000}


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
    """How far the cells of some knots can move from the truth. The truth, no move at all, always fits.

    The model is handed over once and asked again and again: every question starts where the one before ended.
    """

    def __init__(
        self, knots: Sequence[Knot], falls: Mapping[int, int], most: int, rows: Sequence[tuple[Row, int]]
    ) -> None:
        """`falls`: by how much each cell may fall, as a negative number. Each row comes with its slack at the truth."""
        self._cells = [cell for knot in knots for cell in knot.cells]
        self._at = {cell: position for position, cell in enumerate(self._cells)}
        self._knot = {cell: knot for knot in knots for cell in knot.cells}
        self._falls = [float(falls[cell]) for cell in self._cells]
        self._most = float(most)
        self._rows = [rows[number] for knot in knots for number in knot.rows]
        self._asked: dict[bool, tuple[Highs, set[int]]] = {}

    def _model(self, whole: bool) -> "Highs":
        from highspy import Highs, HighsLp, HighsVarType, MatrixFormat

        lp = HighsLp()
        lp.num_col_, lp.num_row_ = len(self._cells), len(self._rows)
        lp.col_cost_ = [0.0] * len(self._cells)
        lp.col_lower_, lp.col_upper_ = self._falls, [self._most] * len(self._cells)
        starts, columns, values = [0], list[int](), list[float]()
        for row, _ in self._rows:
            inside = [(self._at[cell], factor) for cell, factor in row.terms if cell in self._at]
            columns += [column for column, _ in inside]
            values += [float(factor) for _, factor in inside]
            starts.append(len(columns))
        lp.row_lower_ = [0.0 if row.equal else -float("inf") for row, _ in self._rows]
        lp.row_upper_ = [0.0 if row.equal else float(slack) for row, slack in self._rows]
        lp.a_matrix_.format_ = MatrixFormat.kRowwise
        lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = starts, columns, values
        if whole:
            lp.integrality_ = [HighsVarType.kInteger] * len(self._cells)
        model = Highs()
        for name, value in (OPTIONS_WHOLE if whole else OPTIONS).items():
            model.setOptionValue(name, value)
        model.passModel(lp)
        return model

    def _solved(self, wanted: Mapping[int, float], whole: bool) -> list[float]:
        if whole not in self._asked:
            self._asked[whole] = self._model(whole), set()
        model, before = self._asked[whole]
        goal = dict.fromkeys(before, 0.0) | {self._at[cell]: -weight for cell, weight in wanted.items()}
        model.changeColsCost(len(goal), list(goal), list(goal.values()))
        self._asked[whole] = model, {self._at[cell] for cell in wanted}
        model.run()
        solution = model.getSolution()
        return solution.col_value if solution.value_valid else []

    def furthest(self, wanted: Mapping[int, float], *, whole: bool = False) -> dict[int, int]:
        """Moves that take the wanted cells as far as they go, each by its weight and sign.

        Only of knots of a wanted cell whose moves are whole numbers; `whole` asks for those, which takes longer.
        """
        found, moves = self._solved(wanted, whole), dict[int, int]()
        if not found:
            return moves
        for knot in {id(self._knot[cell]): self._knot[cell] for cell in wanted}.values():
            first = self._at[knot.cells[0]]
            near = found[first : first + len(knot.cells)]
            said = [round(one) for one in near]
            if all(abs(one - whole_one) <= NEAR for one, whole_one in zip(near, said, strict=True)):
                moves.update(zip(knot.cells, said, strict=True))
        return moves
