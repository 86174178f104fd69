"""Which figures are hidden, so that none of 1 to 4 can be read or worked out. Pure; the solver is HiGHS.

An attacker knows every shown figure of an indicator and year, how they hang together, that none is negative, and what
was published before. A hidden figure is safe when whole numbers that fit all of this let it be 5 or more, and leave it
a span of at least 4. Such numbers are looked for; where there are none, one more figure is hidden.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

from kalka.statistics.rules import K
from kalka.statistics.solving import Knot, Problem, Row

WIDTH = K - 1
REACH = 4 * K  # how far from the truth the solver looks: further would make no figure safer
MIXES = 16
AT_ONCE = 4
LAST_ROUNDS = 12
NO_COVER = 12  # in the coin of `cost`


@dataclass(slots=True)
class Cell:
    """`floor`: the attacker takes it to be no less, for so much was published. What has the highest `cost` goes last.

    `given`: always known, as a cell without data is. `past`: a figure of the release before; it stays as it was.
    """

    n: int
    sensitive: bool = False
    floor: int = 0
    cost: int = 0
    given: bool = False
    past: bool = False
    hidden: bool = False
    low: int = field(init=False)
    high: int = field(init=False)

    def __post_init__(self) -> None:
        self.floor = min(self.floor, self.n)
        self.low = self.high = self.n
        self.hidden = self.hidden or (self.sensitive and not self.given and not self.past)

    @property
    def safe(self) -> bool:
        """By the whole numbers found so far."""
        return self.rises and self.high - self.low >= WIDTH

    @property
    def rises(self) -> bool:
        return self.high >= self.floor + K

    @property
    def may_hide(self) -> bool:
        return not (self.hidden or self.given or self.past)

    def met(self, move: int) -> None:
        self.low, self.high = min(self.low, self.n + move), max(self.high, self.n + move)


def hide(cells: Sequence[Cell], rows: Sequence[Row]) -> None:
    """Set `hidden` of as many cells as it takes. The truth satisfies every row.

    First every sensitive cell is made safe. Then what was hidden for cover and never moved is shown again: all the
    numbers found hold without it. What else is hidden is made safe as well, so that no hidden figure is known. A
    figure of the past that was exposed then may stay so: what is known cannot be hidden again.
    """
    guard = _Guard(cells, rows)
    guard.close()
    while (exposed := guard.exposed(sensitive=True)) and guard.help(exposed):
        guard.close()
    for _ in range(LAST_ROUNDS):
        exposed = guard.exposed()
        guard.uncover()
        if not (exposed := [cell for cell in exposed if cells[cell].hidden]) or not guard.help(exposed):
            break


class _Guard:
    def __init__(self, cells: Sequence[Cell], rows: Sequence[Row]) -> None:
        self.cells = cells
        self.rows = [(row, slack) for row in rows if (slack := self._slack(row)) < _far(row) or row.equal]
        self.tight = [row.equal or (len(row.terms) > 2 and slack < K) for row, slack in self.rows]
        self.of: dict[int, list[int]] = defaultdict(list)
        self.asked: tuple[Set[int], Problem] | None = None
        for number, (row, _) in enumerate(self.rows):
            for cell, _ in row.terms:
                self.of[cell].append(number)

    def _slack(self, row: Row) -> int:
        return -sum(factor * self.cells[cell].n for cell, factor in row.terms)

    def members(self, number: int) -> list[int]:
        return [cell for cell, _ in self.rows[number][0].terms]

    def close(self) -> None:
        """No sum with a single hidden member: the common half of the work, without the solver."""
        waiting = [number for number, tight in enumerate(self.tight) if tight]
        while waiting:
            members = self.members(waiting.pop())
            hidden = [cell for cell in members if self.cells[cell].hidden]
            if len(hidden) == 1 and (chosen := self._cheapest(members)) is not None:
                self.cells[chosen].hidden = True
                waiting += [number for number in self.of[chosen] if self.tight[number]]

    def _cheapest(self, candidates: Iterable[int]) -> int | None:
        free = [cell for cell in set(candidates) if self.cells[cell].may_hide]
        return min(free, key=self._price, default=None)

    def _price(self, number: int) -> tuple[int, int, int, int]:
        """What cannot fall gives little cover; what would stand alone in other sums hides more after it."""
        cell = self.cells[number]
        alone = sum(
            self.tight[row] and not any(self.cells[other].hidden for other in self.members(row))
            for row in self.of[number]
        )
        return cell.cost + NO_COVER * (cell.n - cell.floor < K), alone, cell.n, number

    def uncover(self) -> None:
        for cell in self.cells:
            if cell.hidden and not cell.sensitive and not cell.past and cell.low == cell.high:
                cell.hidden = False

    def _open(self, cell: int, sensitive: bool) -> bool:
        one = self.cells[cell]
        return not one.safe and (one.sensitive or not (sensitive or one.past))

    def exposed(self, *, sensitive: bool = False) -> list[int]:
        """Hidden cells, or those among them that are sensitive, for which no numbers are found that keep them safe.

        All knots are asked about at once, for a question costs more than its size: first by moving all that is not
        safe, then one cell of each knot at a time.
        """
        knots = [knot for knot in self._knots() if any(self._open(cell, sensitive) for cell in knot.cells)]
        if not knots:
            return []
        falls = {cell: self.cells[cell].floor - self.cells[cell].n for knot in knots for cell in knot.cells}
        problem = self._problem(knots, falls)
        for mix in range(MIXES):
            before = waiting = [cell for cell in falls if self._open(cell, sensitive)]
            for sign in (1, -1):
                if waiting:
                    self._keep(problem.furthest({c: sign * _weight(c, mix) for c in waiting}, near=True))
                waiting = [cell for cell in waiting if self._open(cell, sensitive)]
            if mix > 2 and len(before) - len(waiting) < len(before) // 20 + 1:
                break
        return self._one_by_one(problem, knots, sensitive)

    def _problem(self, knots: list[Knot], falls: dict[int, int]) -> Problem:
        """That of the round before where nothing was hidden or shown since: what it found last is still its start."""
        if self.asked is None or self.asked[0] != falls.keys():
            self.asked = falls.keys(), Problem(knots, falls, REACH, self.rows)
        return self.asked[1]

    def _one_by_one(self, problem: Problem, knots: list[Knot], sensitive: bool) -> list[int]:
        """A knot with a few exposed cells is mended first: what is hidden for them may be enough for the others, and
        perhaps for all that stand in a row with one."""
        exposed, mended = list[int](), set[int]()
        waiting = [(iter(knot.cells), [max(AT_ONCE, len(knot.cells) // 8)]) for knot in knots]
        while waiting:
            turn = [
                (next((c for c in cells if self._open(c, sensitive) and mended.isdisjoint(self.of[c])), None), left)
                for cells, left in waiting
            ]
            asked = [cell for cell, _ in turn if cell is not None]
            if asked:
                self._keep(problem.furthest(dict.fromkeys(asked, 1)))
            for cell, left in turn:
                if cell is not None and not self._settled(problem, cell):
                    exposed.append(cell)
                    left[0] -= 1
                    mended.update(self.of[cell] if sensitive and self._nearest(cell) is not None else ())
            waiting = [one for one, (cell, left) in zip(waiting, turn, strict=True) if cell is not None and left[0]]
        return exposed

    def _settled(self, problem: Problem, number: int) -> bool:
        """Whether one cell is safe: up until it rises, then down, then further up; as far as it takes."""
        cell = self.cells[number]
        if not cell.rises:
            self._keep(problem.reach(number, cell.floor + K - cell.n))
        if cell.rises and not cell.safe:
            self._keep(problem.reach(number, cell.high - WIDTH - cell.n))
        if cell.rises and not cell.safe:
            self._keep(problem.reach(number, cell.low + WIDTH - cell.n))
        return cell.safe

    def _keep(self, moves: Mapping[int, int]) -> None:
        for cell, move in moves.items():
            if move:
                self.cells[cell].met(move)

    def help(self, exposed: Iterable[int]) -> bool:
        """Hide one more figure near each exposed one that has had none near it yet. False where nothing is left."""
        reached: set[int] = set()
        for cell in exposed:
            if reached.isdisjoint(self.of[cell]) and (chosen := self._nearest(cell)) is not None:
                self.cells[chosen].hidden = True
                reached.update(self.of[chosen], self.of[cell])
        return bool(reached)

    def _nearest(self, cell: int) -> int | None:
        """In its own rows, else ever further along the hidden ones."""
        seen, border = {cell}, {cell}
        while border:
            near = {other for one in border for row in self.of[one] for other in self.members(row)}
            if (chosen := self._cheapest(near)) is not None:
                return chosen
            border = {other for other in near - seen if self.cells[other].hidden}
            seen |= border
        return None

    def _knots(self) -> Iterator[Knot]:
        """Hidden cells that hang together, with the rows that tie them."""
        seen: set[int] = set()
        for start, cell in enumerate(self.cells):
            if cell.hidden and start not in seen:
                members, rows = self._around(start)
                seen.update(members)
                yield Knot(sorted(members), sorted(rows))

    def _around(self, start: int) -> tuple[set[int], set[int]]:
        members, rows, waiting = {start}, set[int](), [start]
        while waiting:
            for row in set(self.of[waiting.pop()]) - rows:
                rows.add(row)
                more = {cell for cell in self.members(row) if self.cells[cell].hidden} - members
                members |= more
                waiting += more
        return members, rows


def _far(row: Row) -> int:
    """An inequality with more room than this cannot matter within the reach of the solver."""
    return REACH * sum(abs(factor) for _, factor in row.terms)


def _weight(cell: int, mix: int) -> float:
    """Even first, then uneven mixes with some against the others: the same ones every time."""
    if not mix:
        return 1.0
    spread = ((cell + 1) * (2 * mix + 1) * 2_654_435_761 >> 9) % 1_000 / 1_000
    return 1.0 + spread if mix == 1 else spread - 0.5
