"""An attacker who is given what is published and asks a solver what each hidden figure can be. Written by itself: it
shares nothing with what protects. Every question is asked afresh, with fractions allowed and the solver as it comes."""

from collections.abc import Iterable, Mapping, Sequence

from highspy import Highs, HighsModelStatus

Equation = tuple[Mapping[object, int], str]  # cell → factor; "=" 0 or "<" for at most 0
WITHOUT_END = (HighsModelStatus.kUnbounded, HighsModelStatus.kUnboundedOrInfeasible)  # the truth always fits


def disclosed(
    shown: Mapping[object, int],
    hidden: Sequence[object],
    ties: Iterable[Equation],
    floors: Mapping[object, int] = {},
) -> dict[object, tuple[float, float]]:
    """The hidden cells that must be less than 5 above their floor, or are known within a span of less than 4."""
    known = Highs()
    known.silent()
    known.setOptionValue("threads", 1)  # HiGHS takes no other number in a process that has used this one
    at = {cell: number for number, cell in enumerate(hidden)}
    for cell in hidden:
        known.addVar(floors.get(cell, 0), known.inf)
    for factors, kind in ties:
        total = -sum(factor * shown[cell] for cell, factor in factors.items() if cell not in at)
        unknown = {at[cell]: factor for cell, factor in factors.items() if cell in at}
        least = total if kind == "=" else -known.inf
        known.addRow(least, total, len(unknown), list(unknown), list(unknown.values()))
    found = {}
    for cell in hidden:
        low, high = (_end(known, at[cell], sign) for sign in (1, -1))
        if high < floors.get(cell, 0) + 5 - 1e-6 or high - low < 4 - 1e-6:
            found[cell] = (low, high)
    return found


def _end(known: Highs, cell: int, sign: int) -> float:
    known.clearSolver()
    known.changeColCost(cell, sign)
    known.run()
    status, reached = known.getModelStatus(), known.getSolution().col_value[cell]
    known.changeColCost(cell, 0)
    assert status == HighsModelStatus.kOptimal or status in WITHOUT_END, status
    return -sign * float("inf") if status in WITHOUT_END else reached
