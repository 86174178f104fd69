"""Spans of days, figures with their bounds, who is in a scope, and what is hidden. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from kalka.core.errors import DomainError

K = 5  # a figure about families from 1 to K - 1 is exact only for those who may open the records
EARLIEST = date(2000, 1, 1)
QUARTERS = (1, 2, 3, 4)


class Bound(StrEnum):
    EXACT = ""
    OVER = "over"
    LEAST = "least"


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as it was given: as it stands, more than that, that or more."""

    n: int
    bound: str = Bound.EXACT

    def __add__(self, other: "Amount") -> "Amount":
        """More than 10 and 10 are more than 20; at least 10 and 10 are at least 20."""
        bounds = {self.bound, other.bound} - {Bound.EXACT}
        bound = Bound.OVER if Bound.OVER in bounds else next(iter(bounds), Bound.EXACT)
        return Amount(self.n + other.n, bound)


NOTHING = Amount(0)


@dataclass(frozen=True, slots=True)
class Span:
    """From a day to a day, both in it."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def after(self) -> date:
        return self.last + timedelta(days=1)

    @property
    def years(self) -> tuple[int, ...]:
        """The calendar years it is made of; empty when it is not made of whole ones."""
        whole = (self.first.month, self.first.day, self.last.month, self.last.day) == (1, 1, 12, 31)
        return tuple(range(self.first.year, self.last.year + 1)) if whole else ()

    @property
    def quarters(self) -> tuple["Quarter", ...]:
        """Those that lie in it whole."""
        years = range(self.first.year, self.last.year + 1)
        found = (Quarter(year, number) for year in years for number in QUARTERS)
        return tuple(one for one in found if one.span.first in self and one.span.last in self)


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    year: int
    number: int

    @property
    def code(self) -> str:
        return f"{self.year}-{self.number}"

    @property
    def span(self) -> Span:
        first = date(self.year, 3 * self.number - 2, 1)
        after = date(self.year + 1, 1, 1) if self.number == 4 else date(self.year, 3 * self.number + 1, 1)
        return Span(first, after - timedelta(days=1))


def quarter_of(day: date) -> int:
    return (day.month + 2) // 3


def year_span(year: int) -> Span:
    return Span(date(year, 1, 1), date(year, 12, 31))


def read_span(since: str, until: str, *, today: date) -> Span:
    """Of two days, each like 2021-01-01; a blank one means this year. Refuses what is no day, and a span that ends
    before it begins."""
    first = _day(since, "since") or date(today.year, 1, 1)
    last = _day(until, "until") or max(date(today.year, 12, 31), first)
    if last < first:
        raise DomainError("results.ends_before_it_begins", field="until")
    return Span(first, last)


def _day(said: str, name: str) -> date | None:
    if not said:
        return None
    try:
        found = date.fromisoformat(said)
    except ValueError:
        raise DomainError("results.not_a_day", field=name) from None
    if not EARLIEST <= found <= date(2100, 12, 31):
        raise DomainError("results.not_a_day", field=name)
    return found


def read_quarter(code: str) -> Quarter:
    year, _, number = code.partition("-")
    if not (code.isascii() and year.isdigit() and len(year) == 4 and number in {"1", "2", "3", "4"}):
        raise DomainError("results.not_a_quarter", field="quarter")
    return Quarter(int(year), int(number))


def over_quarters(today: date, *, back: int) -> tuple[Quarter, ...]:
    """The last ones that are over, the newest first."""
    at = Quarter(today.year, quarter_of(today))
    found = []
    for _time in range(back):
        at = Quarter(at.year - 1, 4) if at.number == 1 else Quarter(at.year, at.number - 1)
        found.append(at)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Line:
    """One record as results count it. `amounts`: how much of what; `who`: a pseudonym, where people are counted."""

    of: str
    on: date
    place: str
    organisation: int | None
    codes: Mapping[str, str] = field(default_factory=dict)
    amounts: Mapping[str, Amount] = field(default_factory=dict)
    who: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Body:
    """A committee as the scopes sort it."""

    organisation: int
    place: str
    region: str
    project: str


class Part(StrEnum):
    ALL = "all"
    REGION = "region"
    PROJECT = "project"
    NETWORK = "network"  # the committees one organisation stands by: a project in a part of the country
    COMMITTEE = "committee"


@dataclass(frozen=True, slots=True)
class Scope:
    """Of which committees. `code` and `of` as in an address: «region:north», «network:<project>:south»."""

    part: Part = Part.ALL
    of: str = ""

    @property
    def code(self) -> str:
        return f"{self.part}:{self.of}" if self.of else str(self.part)

    def holds(self, body: Body) -> bool:
        match self.part:
            case Part.REGION:
                return body.region == self.of
            case Part.PROJECT:
                return body.project == self.of
            case Part.NETWORK:
                return f"{body.project}:{body.region}" == self.of
            case Part.COMMITTEE:
                return str(body.organisation) == self.of
        return True


def read_scope(code: str) -> Scope:
    """Refuses what is no scope; whether there are committees in it, whoever knows them says."""
    part, _, of = code.partition(":")
    if not part:
        return Scope()
    if part not in set(Part) or (part == Part.ALL) != (not of) or len(of) > 60:
        raise DomainError("results.unknown_scope", field="scope")
    return Scope(Part(part), of)


@dataclass(frozen=True, slots=True)
class Figure:
    """`amount` None: hidden, because few families stand behind it or it would give such a figure away; or `unset`:
    nobody can say."""

    amount: Amount | None
    unset: bool = False

    @property
    def hidden(self) -> bool:
        return self.amount is None and not self.unset


HIDDEN, UNSET = Figure(None), Figure(None, unset=True)


def counted(lines: Iterable[Line], measure: str) -> Amount:
    """`rows`: how many; `who`: how many different people or files; `persons`: the sum of people in which whoever is
    known comes once; else the sum of that amount."""
    if measure == "who":
        return Amount(len({one.who for one in lines}))
    if measure == "persons":
        return counted(_each_once(lines), "people")
    total = NOTHING
    for one in lines:
        total += Amount(1) if measure == "rows" else one.amounts.get(measure, NOTHING)
    return total


def _each_once(lines: Iterable[Line]) -> Iterator[Line]:
    """Whoever has a pseudonym once; lines without one as they are."""
    met: set[str] = set()
    for one in lines:
        if one.who not in met:
            yield one
        met |= {one.who} - {""}


def behind(lines: Iterable[Line]) -> int:
    """How many families or people stand behind a figure."""
    return len({one.who for one in lines})
