"""Where everything of a chart stands. Pure: numbers in, places out; the drawing is a small template each.

Positions along are per cent, written out («58.3%», whatever the language of the page), or units of an inner box, so
that text keeps its size at any width. What is hidden leaves a hatched gap and what nobody reported leaves an open one:
neither is ever drawn as 0.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

STEPS = 5  # of shade, from few to many
TOP, TALL, FOOT = 20, 200, 30  # px of a line chart: above the plot, the plot, below it
LOW = 50  # steps of height a line without words is drawn in: it is no taller than a row
ROW = 18  # px of one line of words above the plot


@dataclass(frozen=True, slots=True)
class Value:
    """One figure to draw. `n` is None where it is not shown: `hidden`, or without data."""

    code: str
    title: str
    n: int | None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Tick:
    n: int
    y: int


@dataclass(frozen=True, slots=True)
class Gap:
    """`x` and `width` in the inner box, `left` and `share` of the whole plot."""

    x: int
    width: int
    left: str
    share: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Word:
    """A word along the axis, or a mark across the plot. `end`: the words stand before it instead of after."""

    x: str
    text: str
    y: int = 0
    end: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbours with a figure each, joined by a line."""

    points: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Dot:
    x: str
    y: int
    n: int
    end: bool


@dataclass(frozen=True, slots=True)
class LineChart:
    """`box` is the width of the inner box: two units a value, so that each stands in the middle of its own."""

    box: int
    top: int
    ticks: tuple[Tick, ...]
    runs: tuple[Run, ...]
    gaps: tuple[Gap, ...]
    years: tuple[Word, ...]
    marks: tuple[Word, ...]
    last: Dot | None

    @property
    def height(self) -> int:
        return self.top + TALL + FOOT

    @property
    def foot(self) -> int:
        return self.top + TALL

    @property
    def tall(self) -> int:
        return TALL


@dataclass(frozen=True, slots=True)
class Bar:
    value: Value
    width: str


@dataclass(frozen=True, slots=True)
class Step:
    """One shade of a map: the least and the most it really holds."""

    number: int
    least: int
    most: int


def steps(most: int) -> tuple[int, ...]:
    """Round numbers from 0 to the first that is not below `most`, at most six of them."""
    size = 1
    while True:
        for factor in (1, 2, 5):
            if factor * size * 5 >= most:
                each = factor * size
                return tuple(range(0, each * max(1, -(-most // each)) + 1, each))
        size *= 10


def line_chart(months: Sequence[Value], marks: Sequence[tuple[str, str]] = ()) -> LineChart:
    """Months one after the other, code «2024-08». A mark is the code of a month and words; others are left out."""
    n, scale = len(months), steps(max((one.n or 0 for one in months), default=0))
    at = {one.code: number for number, one in enumerate(months)}
    known = [(at[code], text) for code, text in marks if code in at]
    top = TOP + ROW * max(0, len(known) - 1)
    return LineChart(
        box=2 * n,
        top=top,
        ticks=tuple(Tick(one, top + _height(one, scale[-1])) for one in scale),
        runs=_runs(months, scale[-1]),
        gaps=_gaps(months),
        years=_years(months),
        marks=tuple(
            Word(share(number, n), text, ROW * row + 14, end=number > n * 0.6)
            for row, (number, text) in enumerate(known)
        ),
        last=_last(months, scale[-1], top),
    )


def spark(values: Sequence[Value], most: int = 0) -> tuple[int, tuple[Run, ...], tuple[Gap, ...]]:
    """A line without words: the width of its box, its runs and its gaps. `most` when several share one height."""
    tallest = most or max((one.n or 0 for one in values), default=0) or 1
    return 2 * len(values), _runs(values, tallest, LOW), _gaps(values)


def bars(values: Sequence[Value]) -> tuple[Bar, ...]:
    most = max((one.n or 0 for one in values), default=0) or 1
    return tuple(Bar(one, share(one.n or 0, most)) for one in values)


def classes(values: Sequence[Value]) -> tuple[Step, ...]:
    """Up to five shades with about as many places in each, by what is shown alone. Equal figures share a shade."""
    shown = sorted(one.n for one in values if one.n is not None)
    different = sorted(set(shown))
    if len(different) <= STEPS:
        return tuple(map(Step, _spread(len(different)), different, different))
    uppers = sorted({shown[-(-len(shown) * part // STEPS) - 1] for part in range(1, STEPS + 1)})
    lowers = [different[0], *(different[bisect_left(different, upper) + 1] for upper in uppers[:-1])]
    return tuple(map(Step, _spread(len(uppers)), lowers, uppers))


def step_of(value: Value, among: Sequence[Step]) -> int:
    """The number of its shade; 0 for a figure that is not shown."""
    return next((one.number for one in among if value.n is not None and one.least <= value.n <= one.most), 0)


def share(part: float, whole: float) -> str:
    """To a tenth: half a pixel of a wide screen, and a page of charts must stay light."""
    return f"{round(100 * part / whole, 1):g}%" if whole else "0%"


def _spread(count: int) -> tuple[int, ...]:
    """The shades of so many classes: far from each other, the fewest palest. One alone is neither few nor many."""
    return {0: (), 1: (2,), 2: (1, 5), 3: (1, 3, 5), 4: (1, 2, 4, 5)}.get(count, tuple(range(1, STEPS + 1)))


def _height(n: int, most: int, tall: int = TALL) -> int:
    return tall - round(tall * n / most)


def _runs(values: Sequence[Value], most: int, tall: int = TALL) -> tuple[Run, ...]:
    found = []
    for is_known, run in groupby(enumerate(values), key=lambda pair: pair[1].n is not None):
        if is_known:
            at = [(2 * number + 1, _height(one.n or 0, most, tall)) for number, one in run]
            at = [(at[0][0] - 1, at[0][1]), (at[0][0] + 1, at[0][1])] if len(at) == 1 else at
            found.append(Run(" ".join(f"{x},{y}" for x, y in at), at[0][0], at[-1][0]))
    return tuple(found)


def _gaps(values: Sequence[Value]) -> tuple[Gap, ...]:
    found = []
    for (is_gap, hidden), run in groupby(enumerate(values), key=lambda pair: (pair[1].n is None, pair[1].hidden)):
        if is_gap:
            numbers = [number for number, _one in run]
            left, width = share(numbers[0], len(values)), share(len(numbers), len(values))
            found.append(Gap(2 * numbers[0], 2 * len(numbers), left, width, hidden))
    return tuple(found)


def _years(months: Sequence[Value]) -> tuple[Word, ...]:
    first: dict[str, int] = {}
    for number, one in enumerate(months):
        first.setdefault(one.code[:4], number)
    return tuple(Word(share(number, len(months)), year) for year, number in first.items())


def _last(months: Sequence[Value], most: int, top: int) -> Dot | None:
    """The newest figure, written out."""
    known = [(number, one.n) for number, one in enumerate(months) if one.n is not None]
    if not known:
        return None
    number, n = known[-1]
    return Dot(share(number + 0.5, len(months)), top + _height(n, most), n, end=2 * number > len(months))
