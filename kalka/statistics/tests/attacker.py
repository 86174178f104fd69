"""An attacker who is given what is published and asks a solver what each hidden figure can be. Written by itself: it
shares nothing with what protects."""

from collections.abc import Iterable, Mapping, Sequence

from scipy.optimize import linprog

Equation = tuple[Mapping[object, int], str]  # cell → factor; "=" 0 or "<" for at most 0


def disclosed(
    shown: Mapping[object, int], hidden: Sequence[object], ties: Iterable[Equation], floors: Mapping[object, int] = {}
) -> dict[object, tuple[float, float]]:
    """The hidden cells that must be less than 5 above their floor, or are known within a span of less than 4."""
    at = {cell: number for number, cell in enumerate(hidden)}
    equal, most = ([], []), ([], [])
    for factors, kind in ties:
        row = [0.0] * len(hidden)
        for cell, factor in factors.items():
            if cell in at:
                row[at[cell]] += factor
        known = -sum(factor * shown[cell] for cell, factor in factors.items() if cell not in at)
        (equal if kind == "=" else most)[0].append(row)
        (equal if kind == "=" else most)[1].append(known)
    found = {}
    for cell in hidden:
        ends = [
            _end(at[cell], sign, len(hidden), equal, most, [floors.get(one, 0) for one in hidden]) for sign in (1, -1)
        ]
        if ends[1] < floors.get(cell, 0) + 5 - 1e-6 or ends[1] - ends[0] < 4 - 1e-6:
            found[cell] = (ends[0], ends[1])
    return found


def _end(cell: int, sign: int, cells: int, equal, most, floors: list[int]) -> float:
    goal = [0.0] * cells
    goal[cell] = sign
    answer = linprog(
        goal,
        A_ub=most[0] or None,
        b_ub=most[1] or None,
        A_eq=equal[0] or None,
        b_eq=equal[1] or None,
        bounds=[(floor, None) for floor in floors],
    )
    assert answer.status in (0, 3), answer.message  # solved, or without end
    return float("inf") if answer.status == 3 else sign * answer.fun
