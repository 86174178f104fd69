"""Whole numbers that fit a set of sums: asked of HiGHS, which is imported when it is first needed. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from highspy import Highs

NEAR = 1e-6
DIVE = 40  # cells held at whole numbers before a question is asked in whole numbers from the start
# No clock decides, so that the same figures are hidden on every machine; what is not answered counts as exposed.
ALIKE: Final[Mapping[str, bool | float | str]] = {
    "output_flag": False,
    "threads": 1,
    "parallel": "off",
    "random_seed": 0,
    "presolve": "off",
}
# Moving the bounds and costs a little, against going round in circles, costs more than all circles there are; whoever
# does go round meets the limit.
RELAXED: Final[Mapping[str, bool | float | str]] = {
    **ALIKE,
    "solver": "simplex",
    "simplex_iteration_limit": 100_000,
    "dual_simplex_cost_perturbation_multiplier": 0.0,
    "primal_simplex_bound_perturbation_multiplier": 0.0,
}
DUAL, PRIMAL = 1, 4  # the former where a bound was changed; of another goal what was found last still fits
WHOLE: Final[Mapping[str, bool | float | str]] = {**ALIKE, "mip_max_nodes": 1_000, "mip_max_improving_sols": 1}


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
        self._at = {cell: position for position, cell in enumerate(cell for knot in knots for cell in knot.cells)}
        self._knot = {cell: knot for knot in knots for cell in knot.cells}
        self._falls, self._most, self._all = falls, float(most), rows
        self._fractions = self._model(knots, RELAXED)
        self._wholes: dict[int, Highs] = {}  # by the first cell of a knot
        self._goal: dict[int, float] = {}

    def _model(self, knots: Sequence[Knot], options: Mapping[str, bool | float | str]) -> "Highs":
        from highspy import Highs, HighsLp, HighsVarType, MatrixFormat

        cells = [cell for knot in knots for cell in knot.cells]
        rows = [self._all[number] for knot in knots for number in knot.rows]
        at = {cell: position for position, cell in enumerate(cells)}
        lp = HighsLp()
        lp.num_col_, lp.num_row_ = len(cells), len(rows)
        lp.col_cost_, lp.col_lower_ = [0.0] * len(cells), [float(self._falls[cell]) for cell in cells]
        lp.col_upper_ = [self._most] * len(cells)
        starts, columns, values = [0], list[int](), list[float]()
        for row, _ in rows:
            inside = [(at[cell], float(factor)) for cell, factor in row.terms if cell in at]
            columns += [column for column, _ in inside]
            values += [factor for _, factor in inside]
            starts.append(len(columns))
        lp.row_lower_ = [0.0 if row.equal else -float("inf") for row, _ in rows]
        lp.row_upper_ = [0.0 if row.equal else float(slack) for row, slack in rows]
        lp.a_matrix_.format_ = MatrixFormat.kRowwise
        lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = starts, columns, values
        lp.integrality_ = [HighsVarType.kInteger] * len(cells) if options is WHOLE else []
        model = Highs()  # type: ignore[no-untyped-call]  # highspy leaves it without types
        for name, value in options.items():
            model.setOptionValue(name, value)
        model.passModel(lp)
        return model

    def furthest(self, wanted: Mapping[int, float], *, near: bool = False) -> dict[int, int]:
        """Moves that take the wanted cells as far as they go, each by its weight and sign.

        Only of knots of a wanted cell whose moves are whole numbers; with `near` also of others, in whole numbers near.
        """
        found = self._ask(wanted)
        moves = self._moves(found, wanted)
        if near and (missing := wanted.keys() - moves.keys()):
            moves |= self._moves(self._dive(found, missing), missing)
        return moves

    def reach(self, cell: int, least: int) -> dict[int, int]:
        """Moves of the knot of a cell, of which its own is at least so much, or at most where that is negative.

        Nothing where fractions show that there are none, or where none are found before the search is given up.
        """
        sign = 1 if least > 0 else -1
        found = self._ask({cell: sign})
        if not found or sign * found[self._at[cell]] + NEAR < sign * least:
            return {}
        moves = self._moves(found, [cell]) or self._moves(self._dive(found, [cell]), [cell])
        return moves if sign * moves.get(cell, 0) >= sign * least else self._search(cell, least)

    def _ask(self, wanted: Mapping[int, float]) -> list[float]:
        goal = {self._at[cell]: -weight for cell, weight in wanted.items()}
        changed = dict.fromkeys(self._goal, 0.0) | goal
        self._fractions.changeColsCost(len(changed), list(changed), list(changed.values()))
        self._goal = goal
        self._fractions.setOptionValue("simplex_strategy", PRIMAL)
        return _answer(self._fractions)

    def _moves(self, found: Sequence[float], wanted: Iterable[int]) -> dict[int, int]:
        moves = dict[int, int]()
        for knot in self._knots(wanted) if found else ():
            first = self._at[knot.cells[0]]
            near = found[first : first + len(knot.cells)]
            if not any(map(_off, near)):
                moves.update(zip(knot.cells, map(round, near), strict=True))
        return moves

    def _knots(self, wanted: Iterable[int]) -> Iterable[Knot]:
        return {id(self._knot[cell]): self._knot[cell] for cell in wanted}.values()

    def _dive(self, found: list[float], wanted: Iterable[int]) -> list[float]:
        """Whole numbers near what was found, by holding one cell after another at one. Nothing where that fails."""
        inside = sorted(self._at[cell] for knot in self._knots(wanted) for cell in knot.cells)
        model, held = self._fractions, dict[int, int]()
        basis = model.getBasis()
        model.setOptionValue("simplex_strategy", DUAL)
        while found and len(held) < DIVE and (astray := next((at for at in inside if _off(found[at])), -1)) >= 0:
            held[astray] = round(found[astray])
            model.changeColBounds(astray, float(held[astray]), float(held[astray]))
            found = _answer(model)
        cells = list(self._at) if held else []
        for at in held:
            model.changeColBounds(at, float(self._falls[cells[at]]), self._most)
        model.setBasis(basis)  # the next question starts where this one stood before anything was held
        return found

    def _search(self, cell: int, least: int) -> dict[int, int]:
        """Any whole numbers that go so far will do: the first are taken."""
        knot = self._knot[cell]
        if (model := self._wholes.get(knot.cells[0])) is None:
            model = self._wholes[knot.cells[0]] = self._model([knot], WHOLE)
        at, fall = self._at[cell] - self._at[knot.cells[0]], float(self._falls[cell])
        model.changeColBounds(at, *((least, self._most) if least > 0 else (fall, least)))
        found = _answer(model)
        model.changeColBounds(at, fall, self._most)
        return dict(zip(knot.cells, map(round, found), strict=True)) if found else {}


def _off(n: float) -> bool:
    return abs(n - round(n)) > NEAR


def _answer(model: "Highs") -> list[float]:
    """Nothing where no numbers that fit were found."""
    from highspy import SolutionStatus

    model.run()
    fits = model.getInfo().primal_solution_status == SolutionStatus.kSolutionStatusFeasible
    return model.getSolution().col_value if fits else []
