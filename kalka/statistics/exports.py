"""Lines about single persons, without identity: what is asked for, what is blurred until nobody stands out. Pure.

A file is safe when every combination of what an outsider may know (where, when, sex, age, …) is that of at least five
different persons, and these did not all suffer the same: then knowing somebody's combination tells nothing about them.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kalka.statistics.rules import K

MOST = 100_000  # lines of a file
MOST_IN_A_SHEET = 5_000
OPEN_FOR = timedelta(days=7)
DIFFERENT = 2  # forms of violence in every combination
BLURRED = "*"
KNOWN_OUTSIDE = ("sex", "age", "relation", "agency", "way", "teller")  # the rest is what the file is asked for
_WIDER = {"0-6": "0-17", "7-13": "0-17", "14-17": "0-17", "18-24": "18-59", "25-34": "18-59", "35-44": "18-59"}
_WIDER |= {"45-59": "18-59"}


@dataclass(frozen=True, slots=True)
class NewExport:
    """`place` an oblast, or empty for the country; `period` a year or a month by its code."""

    purpose: str
    indicator: str
    period: str
    place: str = ""
    cap: int = MOST


@dataclass(frozen=True, slots=True)
class Combination:
    """What an outsider may know of a line. `known` in the order of the columns."""

    period: str  # 2024-08, or 2024
    place: str  # a raion, an oblast, or empty
    known: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """`who` ties lines of one person together, here and no further; `forms` tell whether a combination is diverse."""

    who: str
    month: str
    raion: str
    oblast: str
    known: tuple[str, ...]
    told: tuple[str, ...]
    forms: str = ""


@dataclass(frozen=True, slots=True)
class Safe:
    """`lines` in an order that says nothing. Those left out stood out however much was blurred."""

    lines: tuple[tuple[Combination, tuple[str, ...]], ...]
    left_out: int


def open_until(approved_at: datetime) -> datetime:
    return approved_at + OPEN_FOR


def safe(lines: Iterable[Line], columns: Sequence[str], *, by_form: bool) -> Safe:
    """Every line as sharp as it can be. `columns` are the dimensions of `known`; `by_form`: lines tell forms."""
    waiting, found = list(lines), []
    for blur in _ladder(tuple(columns)):
        groups: dict[Combination, list[Line]] = defaultdict(list)
        for line in waiting:
            groups[blur(line)].append(line)
        waiting = []
        for combination, group in groups.items():
            if stands_in_a_crowd(group, by_form=by_form):
                found += [(combination, line.told) for line in group]
            else:
                waiting += group
    return Safe(tuple(sorted(found, key=_as_text)), len(waiting))


def stands_in_a_crowd(group: Sequence[Line], *, by_form: bool) -> bool:
    enough = len({line.who for line in group}) >= K
    return enough and (not by_form or len({line.forms for line in group}) >= DIFFERENT)


def _ladder(columns: tuple[str, ...]) -> Iterator[Callable[[Line], Combination]]:
    """From sharp to blurred: first the place, then the time, then who."""

    def keeping(*names: str, wider: bool = False) -> Callable[[Line], tuple[str, ...]]:
        def known(line: Line) -> tuple[str, ...]:
            pairs = zip(columns, line.known, strict=True)
            return tuple((_WIDER.get(v, v) if wider else v) if name in names else BLURRED for name, v in pairs)

        return known

    whole, some, sex = keeping(*columns), keeping("sex", "age", wider=True), keeping("sex")
    yield lambda line: Combination(line.month, line.raion or line.oblast, whole(line))
    yield lambda line: Combination(line.month, line.oblast, whole(line))
    yield lambda line: Combination(line.month[:4], line.oblast, whole(line))
    yield lambda line: Combination(line.month[:4], line.oblast, some(line))
    yield lambda line: Combination(line.month[:4], line.oblast, sex(line))
    yield lambda line: Combination(line.month[:4], "", sex(line))
    yield lambda line: Combination(line.month[:4], "", keeping()(line))


def _as_text(row: tuple[Combination, tuple[str, ...]]) -> tuple[object, ...]:
    combination, told = row
    return (combination.place, combination.period, combination.known, told)
