"""Somebody who kept every release, asked in whole numbers. Written by itself: it shares nothing with what protects.

That a hidden figure is safe is proven, not searched for without end: whole numbers are shown that fit everything ever
published and let it be 5 more than its floor, and two such sets that leave it a span of 4. Where they come from does
not matter, for each set is checked by adding up. So it may be given the truth, which an attacker has not: it is one.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from random import Random
from typing import NamedTuple

from highspy import Highs, HighsLp, HighsModelStatus, HighsVarType, MatrixFormat, SolutionStatus

from kalka.statistics.tests.attacker import Equation

SMALL, SPAN = 5, 4
FAR = 30  # how far above the truth numbers are looked for: what fits nearer fits
TOGETHER = 40  # questions about all that is open, before one at a time
HELD = 60  # fractions rounded one after another before whole numbers are asked for
NODES = 20_000
FRACTION = 1e-6
INFINITE = float("inf")


class Tie(NamedTuple):
    """Σ factor · cell lies within these."""

    cells: list[int]
    factors: list[int]
    least: float
    most: float


class Told:
    """Everything that somebody knows who kept all releases, as sums of hidden cells."""

    def __init__(
        self,
        shown: Mapping[object, int],
        hidden: Mapping[object, int],
        ties: Iterable[Equation],
        floors: Mapping[object, int],
    ) -> None:
        self.at = {cell: number for number, cell in enumerate(hidden)}
        self.truth = list(hidden.values())
        self.floors = [floors.get(cell, 0) for cell in hidden]
        self.ties = list(self._tied(shown, ties))
        assert self.fits(self.truth), "what really was must fit"

    def _tied(self, shown: Mapping[object, int], ties: Iterable[Equation]) -> Iterator[Tie]:
        for factors, kind in ties:
            total = -sum(factor * shown[cell] for cell, factor in factors.items() if cell not in self.at)
            unknown = {self.at[cell]: factor for cell, factor in factors.items() if cell in self.at}
            if unknown:
                yield Tie([*unknown], [*unknown.values()], total if kind == "=" else -INFINITE, total)

    def fits(self, numbers: Sequence[int]) -> bool:
        """Added up in whole numbers, without any solver."""
        return all(number >= floor for number, floor in zip(numbers, self.floors, strict=True)) and all(
            least <= sum(factor * numbers[cell] for cell, factor in zip(cells, factors, strict=True)) <= most
            for cells, factors, least, most in self.ties
        )

    def model(self, *, whole: bool) -> Highs:
        lp, cells = HighsLp(), len(self.truth)
        lp.num_col_, lp.num_row_ = cells, len(self.ties)
        lp.col_cost_, lp.col_lower_ = [0.0] * cells, [float(floor) for floor in self.floors]
        lp.col_upper_ = [float(number + FAR) for number in self.truth]
        lp.row_lower_, lp.row_upper_ = [tie.least for tie in self.ties], [tie.most for tie in self.ties]
        starts = [0]
        for tie in self.ties:
            starts.append(starts[-1] + len(tie.cells))
        lp.a_matrix_.format_, lp.a_matrix_.start_ = MatrixFormat.kRowwise, starts
        lp.a_matrix_.index_ = [cell for tie in self.ties for cell in tie.cells]
        lp.a_matrix_.value_ = [float(factor) for tie in self.ties for factor in tie.factors]
        lp.integrality_ = [HighsVarType.kInteger] * cells if whole else []
        model = Highs()
        model.silent()
        model.setOptionValue("threads", 1)  # HiGHS takes no other number in a process that has used this one
        if whole:
            model.setOptionValue("mip_max_improving_sols", 1)  # any numbers that fit will do
            model.setOptionValue("mip_max_nodes", NODES)
        else:
            model.setOptionValue("solver", "simplex")
            model.setOptionValue("presolve", "off")
            model.setOptionValue("simplex_strategy", 4)  # primal: goes on from what fitted the question before
        model.passModel(lp)
        return model


class Search:
    """What is proven of each cell so far: the least and the most it has been in numbers that fit."""

    def __init__(self, told: Told) -> None:
        self.told = told
        self.low, self.high = list(told.truth), list(told.truth)
        self._model, self._goal = told.model(whole=False), dict[int, float]()

    def safe(self, cell: int) -> bool:
        return self.high[cell] >= self.told.floors[cell] + SMALL and self.high[cell] - self.low[cell] >= SPAN

    def ask(self, goal: Mapping[int, float]) -> None:
        """Look for numbers with as much as can be of the goal, and keep what they prove of any cell."""
        costs = dict.fromkeys(self._goal, 0.0) | {cell: -weight for cell, weight in goal.items()}
        self._model.changeColsCost(len(costs), [*costs], [*costs.values()])
        self._goal = dict(goal)
        self._keep(self._rounded())

    def _rounded(self) -> list[float]:
        """Whole numbers near the best fractions: one cell after another is held at the nearest."""
        numbers, held = _numbers(self._model), list[int]()
        while numbers and len(held) < HELD:
            astray = next((at for at, number in enumerate(numbers) if abs(number - round(number)) > FRACTION), None)
            if astray is None:
                break
            held.append(astray)
            self._model.changeColBounds(astray, near := float(round(numbers[astray])), near)
            numbers = _numbers(self._model)
        for at in held:
            self._model.changeColBounds(at, self.told.floors[at], self.told.truth[at] + FAR)
        return numbers

    def _keep(self, numbers: Sequence[float]) -> None:
        whole = [round(number) for number in numbers]
        if whole and self.told.fits(whole):
            self.low = [*map(min, self.low, whole)]
            self.high = [*map(max, self.high, whole)]

    def whole(self, cell: int, least: float, most: float) -> None:
        """The same of one cell, asked in whole numbers from the start: any that let it lie within these."""
        model = self.told.model(whole=True)
        model.changeColBounds(cell, least, most)
        self._keep(_numbers(model))

    def settle(self, cell: int) -> None:
        """Do what can be done to prove one cell safe: up, down where that is not enough, then in whole numbers."""
        floor, far = self.told.floors[cell], self.told.truth[cell] + FAR
        self.ask({cell: 1.0})
        if self.high[cell] < floor + SMALL:
            self.whole(cell, floor + SMALL, far)
        if self.high[cell] >= floor + SMALL and not self.safe(cell):
            self.ask({cell: -1.0})
        if self.high[cell] >= floor + SMALL and not self.safe(cell):
            self.whole(cell, floor, self.high[cell] - SPAN)
        if self.high[cell] >= floor + SMALL and not self.safe(cell):
            self.whole(cell, self.low[cell] + SPAN, far)


def _numbers(model: Highs) -> list[float]:
    model.run()
    assert model.getModelStatus() != HighsModelStatus.kUnbounded
    fits = model.getInfo().primal_solution_status == SolutionStatus.kSolutionStatusFeasible
    return list(model.getSolution().col_value) if fits else []


def unproven(
    shown: Mapping[object, int],
    hidden: Mapping[object, int],
    ties: Iterable[Equation],
    floors: Mapping[object, int],
    asked: Iterable[object],
) -> dict[object, tuple[int, int]]:
    """Those of the asked cells that no whole numbers were found for to keep them safe, and within what they are then.

    `hidden`: what each hidden cell really was.
    """
    told = Told(shown, hidden, ties, floors)
    search, draw = Search(told), Random(1)
    waiting = [told.at[cell] for cell in asked]
    for number in range(TOGETHER):
        if not (waiting := [cell for cell in waiting if not search.safe(cell)]):
            break
        search.ask({cell: _weight(number, draw) for cell in waiting})
    for cell in waiting:
        if not search.safe(cell):
            search.settle(cell)
    names = [*hidden]
    return {names[cell]: (search.low[cell], search.high[cell]) for cell in waiting if not search.safe(cell)}


def _weight(number: int, draw: Random) -> float:
    """All up, all down, then some up and some down."""
    return (1.0, -1.0)[number] if number < 2 else draw.uniform(-0.5, 1.0)
