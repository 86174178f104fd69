"""From lines to figures: what is counted in which cell, which cells there are, and how they hang together. Pure."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from kalka.statistics.dimensions import DIMENSIONS
from kalka.statistics.indicators import Indicator, get
from kalka.statistics.rules import TOTAL, unknown_in

YEAR = 0  # the month of «the whole year»


class Key(NamedTuple):
    """One cell of an indicator and year. `month` is 0 for the year; an empty place is the country."""

    month: int
    place: str
    by: str = TOTAL
    code: str = TOTAL


class Counted(NamedTuple):
    """A line as it is counted, in the order of `who`. `month` is 0 where only the year is known."""

    who: str
    month: int
    oblast: str
    raion: str
    agency: str
    codes: str  # JSON, as stored


@dataclass(slots=True)
class Tally:
    """`n` is the figure; `behind` is how many persons or files stand behind it."""

    n: Counter[Key] = field(default_factory=Counter)
    behind: Counter[Key] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Land:
    """The territory of a year: oblasts, each with what lies right below it."""

    raions: Mapping[str, tuple[str, ...]]

    def above(self) -> dict[str, str]:
        """The oblast of each raion, and of what lies in an oblast nobody knows where."""
        listed = {raion: oblast for oblast, raions in self.raions.items() for raion in raions}
        return listed | {unknown_in(oblast): oblast for oblast in self.raions}


def count(indicator: Indicator, lines: Iterable[Counted]) -> Tally:
    """Lines that are not of this indicator are left out. Constant memory beside the cells: one person at a time."""
    tally = Tally()
    for _, group in groupby(lines, key=itemgetter(0)):
        touched: Counter[Key] = Counter()
        for line in group:
            touched.update(_keys(indicator, line))
        for key, times in touched.items():
            tally.n[key] += 1 if indicator.once else times
            tally.behind[key] += 1
    return tally


def _keys(indicator: Indicator, line: Counted) -> Iterator[Key]:
    parts = _parts(indicator.code, line.agency, line.codes)
    if parts is None:
        return
    oblast = line.oblast or unknown_in(TOTAL)
    raion = line.raion or unknown_in(oblast)
    for month in {YEAR, line.month}:
        yield Key(month, TOTAL)
        yield Key(month, oblast)
        if line.oblast:
            yield Key(month, raion)
        for by, code in parts:
            yield Key(month, TOTAL, by, code)
    for by, code in parts:
        yield Key(YEAR, oblast, by, code)


@lru_cache(maxsize=50_000)
def _parts(indicator: str, agency: str, codes: str) -> tuple[tuple[str, str], ...] | None:
    """(breakdown, code) of a line; None where the indicator does not count it. Lines repeat their codes very often."""
    one, said = get(indicator), {**json.loads(codes), "agency": agency}
    if not one.counts(said):
        return None
    return tuple((by, code) for by in one.by for code in DIMENSIONS[by].of(said))


def cells(indicator: Indicator, months: int, land: Land, tally: Tally) -> list[Key]:
    """Every cell of a year with so many whole months: also those where nothing was counted.

    An oblast has breakdowns of whole years alone: month by month they would give each other away.
    """
    places = [TOTAL, *_oblasts(land, tally)]
    below = [raion for oblast in land.raions for raion in _raions(land, oblast, tally)]
    found = [Key(month, place) for month in range(months + 1) for place in (*places, *below)]
    for by in indicator.by:
        for code in DIMENSIONS[by].codes():
            found += [Key(month, TOTAL, by, code) for month in range(months + 1)]
            found += [Key(YEAR, place, by, code) for place in places[1:] if months == 12]
    return found


def _oblasts(land: Land, tally: Tally) -> list[str]:
    """Of lines without a place there is a cell only where there are any: it is no part of the country."""
    nowhere = unknown_in(TOTAL)
    return [*land.raions, *([nowhere] if Key(YEAR, nowhere) in tally.n else [])]


def _raions(land: Land, oblast: str, tally: Tally) -> list[str]:
    listed, nowhere = land.raions[oblast], unknown_in(oblast)
    return [*listed, *([nowhere] if listed and Key(YEAR, nowhere) in tally.n else [])]


@dataclass(frozen=True, slots=True)
class Bond:
    """`parts` come to `total` ("sum"), overlap within it ("cover"), or are some of it ("some")."""

    kind: str
    total: Key
    parts: tuple[Key, ...]


def bonds(indicator: Indicator, keys: Iterable[Key], above: Mapping[str, str]) -> Iterator[Bond]:
    """Everything that ties the cells of one indicator and year to each other. `above`: the oblast of each raion."""
    by_place: dict[Key, list[Key]] = {}
    by_month: dict[Key, list[Key]] = {}
    by_code: dict[tuple[Key, str], list[Key]] = {}
    for key in keys:
        if key.place != TOTAL:
            by_place.setdefault(key._replace(place=above.get(key.place, TOTAL)), []).append(key)
        if key.month != YEAR:
            by_month.setdefault(key._replace(month=YEAR), []).append(key)
        if key.by != TOTAL:
            by_code.setdefault((Key(key.month, key.place), key.by), []).append(key)
    over_places = "cover" if indicator.once else "sum"
    over_months = "cover" if indicator.once else "sum" if indicator.months else "some"
    yield from (Bond(over_places, total, tuple(parts)) for total, parts in by_place.items())
    yield from (Bond(over_months, total, tuple(parts)) for total, parts in by_month.items())
    for (total, by), parts in by_code.items():
        yield Bond("sum" if indicator.adds_up(by) else "cover", total, tuple(parts))
