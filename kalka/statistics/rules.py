"""What a figure is, and how figures stand together in a table. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

K = 5  # a figure from 1 to K - 1 is never shown
TOTAL = ""  # the code of «all together»


class State(StrEnum):
    SHOWN = "shown"
    HIDDEN = "hidden"  # too few, or it would give another figure away: which of the two is never said
    NONE = "none"  # nobody reported from there then: no data, which is not 0


@dataclass(frozen=True, slots=True)
class Figure:
    """`n` is given only where it is shown."""

    state: State
    n: int | None = None

    @property
    def shown(self) -> bool:
        return self.state is State.SHOWN


@dataclass(frozen=True, slots=True)
class Period:
    """A calendar year, or a month of one: nothing else is ever asked for, so no two periods overlap by halves."""

    year: int
    month: int | None = None

    @property
    def code(self) -> str:
        return f"{self.year}-{self.month:02d}" if self.month else str(self.year)

    @property
    def first(self) -> date:
        return date(self.year, self.month or 1, 1)

    @property
    def after(self) -> date:
        """The first day that is no longer in it."""
        if self.month is None or self.month == 12:
            return date(self.year + 1, 1, 1)
        return date(self.year, self.month + 1, 1)


@dataclass(frozen=True, slots=True)
class Line:
    code: str
    title: str  # in the language of the page
    figure: Figure
    before: Figure | None = None  # the same a year earlier


@dataclass(frozen=True, slots=True)
class Passport:
    """What stands beside every figure. Words in the language of the page, days as days."""

    unit: str
    stage: str
    agency: str
    period: str
    place: str
    vintage: str  # of the list of territories, «2021-04»
    extracted_on: date
    release: str  # code of the release, «2026-10»: the last month it holds


@dataclass(frozen=True, slots=True)
class Table:
    """One indicator in one place and period by one breakdown. `why_not` says why parts that overlap do not add up."""

    indicator: str
    title: str
    by: str
    by_title: str
    period: Period
    place: str
    passport: Passport
    total: Figure
    total_before: Figure | None
    lines: tuple[Line, ...]
    adds_up: bool
    why_not: str
    complete: bool  # False for a year that is not over: only whole months are in it
    how: tuple[str, ...]  # paragraphs of «how was this counted»


@dataclass(frozen=True, slots=True)
class Summary:
    """An indicator in the list of all: its last whole year or what there is of this one."""

    indicator: str
    title: str
    passport: Passport
    figure: Figure
    months: tuple[Line, ...]  # the last 24, for a small chart


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page, a file or a program asks for. Refused where the indicator has no such breakdown or place level."""

    by: str = "place"
    period: Period | None = None  # None: the last year with data
    place: str = TOTAL  # an oblast or the country; a raion is a line, and has no tables of its own


Shares = Mapping[str, float]
