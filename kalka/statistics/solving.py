"""Whole numbers that fit a set of sums: asked of HiGHS, which is imported when it is first needed. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from highspy import Highs

NEAR = 1e-6
DIVE = 12  # cells held at whole numbers before a question is asked in whole numbers from the start
# No clock decides, so that the same figures are hidden on every machine; what is not answered counts as exposed.
ALIKE: Final[Mapping[str, bool | float | str]] = {
    "output_flag": False,
    "threads": 1,
    "parallel": "off",
    "random_seed": 0,
    "presolve": "off",
}
RELAXED: Final[Mapping[str, bool | float | str]] = {
    **ALIKE,
    "solver": "simplex",
    "simplex_strategy": 4,  # primal: what was found last still fits when another question is asked
    "primal_simplex_bound_perturbation_multiplier": 0.0,
    "simplex_iteration_limit": 100_000,
}
WHOLE: Final[Mapping[str, bool | float | str]] = {**ALIKE, "mip_max_nodes": 1_000}


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

    The model is handed over once and asked again and again: a question starts where the one before it ended.
    """

    def __init__(
        self, knots: Sequence[Knot], falls: Mapping[int, int], most: int, rows: Sequence[tuple[Row, int]]
    ) -> None:
        """`falls`: by how much each cell may fall, as a negative number. Each row comes with its slack at the truth."""
        self._cells = [cell for knot in knots for cell in knot.cells]
        self._at = {cell: position for position, cell in enumerate(self._cells)}
        self._knot = {cell: knot for knot in knots for cell in knot.cells}
        self._low = [float(falls[cell]) for cell in self._cells]
        self._most = float(most)
        self._rows = [rows[number] for knot in knots for number in knot.rows]
        self._models: dict[bool, Highs] = {}
        self._goals: dict[bool, dict[int, float]] = {False: {}, True: {}}

    def _model(self, whole: bool) -> "Highs":
        from highspy import Highs, HighsLp, HighsVarType, MatrixFormat

        lp, cells = HighsLp(), len(self._cells)
        lp.num_col_, lp.num_row_ = cells, len(self._rows)
        lp.col_cost_, lp.col_lower_, lp.col_upper_ = [0.0] * cells, self._low, [self._most] * cells
        starts, columns, values = [0], list[int](), list[float]()
        for row, _ in self._rows:
            inside = [(self._at[cell], float(factor)) for cell, factor in row.terms if cell in self._at]
            columns += [column for column, _ in inside]
            values += [factor for _, factor in inside]
            starts.append(len(columns))
        lp.row_lower_ = [0.0 if row.equal else -float("inf") for row, _ in self._rows]
        lp.row_upper_ = [0.0 if row.equal else float(slack) for row, slack in self._rows]
        lp.a_matrix_.format_ = MatrixFormat.kRowwise
        lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = starts, columns, values
        lp.integrality_ = [HighsVarType.kInteger] * cells if whole else []
        model = Highs()  # type: ignore[no-untyped-call]  # highspy leaves it without types
        for name, value in (WHOLE if whole else RELAXED).items():
            model.setOptionValue(name, value)
        model.passModel(lp)
        return model

    def _ask(self, wanted: Mapping[int, float], *, whole: bool) -> list[float]:
        if whole not in self._models:
            self._models[whole] = self._model(whole)
        goal = {self._at[cell]: -weight for cell, weight in wanted.items()}
        changed = dict.fromkeys(self._goals[whole], 0.0) | goal
        self._models[whole].changeColsCost(len(changed), list(changed), list(changed.values()))
        self._goals[whole] = goal
        return _answer(self._models[whole])

    def _dive(self, found: list[float]) -> list[float]:
        """Whole numbers near what was found, by holding one cell after another at one. Nothing where that fails."""
        model, held = self._models[False], list[int]()
        while found and len(held) < DIVE and (astray := next((at for at, n in enumerate(found) if _off(n)), -1)) >= 0:
            held.append(astray)
            model.changeColBounds(astray, near := float(round(found[astray])), near)
            found = _answer(model)
        for at in held:
            model.changeColBounds(at, self._low[at], self._most)
        return found

    def _whole(self, wanted: Mapping[int, float], found: list[float]) -> list[float]:
        """What a dive finds will do where no whole numbers could go further."""
        near = self._dive(found)
        reached, could = (sum(one[self._at[cell]] * wanted[cell] for cell in wanted) for one in (near or found, found))
        if near and not any(map(_off, near)) and reached + 1 > could + NEAR:
            return near
        return self._ask(wanted, whole=True)

    def furthest(self, wanted: Mapping[int, float], *, whole: bool = False) -> dict[int, int]:
        """Moves that take the wanted cells as far as they go, each by its weight and sign.

        Only of knots of a wanted cell whose moves are whole numbers; `whole` asks for those, which takes longer: the
        weights are then 1 or -1.
        """
        found, moves = self._ask(wanted, whole=False), dict[int, int]()
        if whole and any(map(_off, found)):
            found = self._whole(wanted, found)
        for knot in {id(self._knot[cell]): self._knot[cell] for cell in wanted}.values() if found else ():
            first = self._at[knot.cells[0]]
            near = found[first : first + len(knot.cells)]
            if not any(map(_off, near)):
                moves.update(zip(knot.cells, map(round, near), strict=True))
        return moves


def _off(n: float) -> bool:
    return abs(n - round(n)) > NEAR


def _answer(model: "Highs") -> list[float]:
    """Nothing where no numbers that fit were found."""
    from highspy import SolutionStatus

    model.run()
    fits = model.getInfo().primal_solution_status == SolutionStatus.kSolutionStatusFeasible
    return model.getSolution().col_value if fits else []
