"""What a figure is, and how figures stand together in a table. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from kalka.core.errors import DomainError

K = 5  # a figure from 1 to K - 1 is never shown
TOTAL = ""  # the code of «all together»
OLDEST_YEARS = 15  # figures go back no further than this
LOST_AFTER = timedelta(hours=1)  # a release that gave no sign for so long is given up by the next one


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
class HelpLine:
    """How often one organisation did one thing, both in the language of the page. `minutes`: of services alone."""

    organisation: str
    part: str
    times: int
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class OwnHelp:
    """Of the files somebody may open: services `given` by kind, who was `asked` and where that stands, and who is
    `waiting` for whose answer how long."""

    given: tuple[HelpLine, ...]
    asked: tuple[HelpLine, ...]
    waiting: tuple[HelpLine, ...]


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


@dataclass(frozen=True, slots=True)
class Choices:
    """(code, title) of everything that may be asked of an indicator; the newest period and the country first."""

    periods: tuple[tuple[str, str], ...]
    places: tuple[tuple[str, str], ...]
    breakdowns: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One published figure with everything that must stand beside it, for files and programs."""

    indicator: str
    title: str
    unit: str
    stage: str
    agency: str
    period: str
    place: str
    place_title: str
    by: str
    code: str
    code_title: str
    state: State
    n: int | None
    release: str
    extracted_on: date
    vintage: str


class ReleaseState(StrEnum):
    """Where a release stands."""

    MAKING = "making"
    PUBLISHED = "published"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class ReleaseInfo:
    code: str
    state: ReleaseState
    started_at: datetime
    extracted_on: date
    published_at: datetime | None
    done: int
    total: int | None

    @property
    def per_cent(self) -> int | None:
        """None while nobody knows how much there is to do."""
        return min(100, self.done * 100 // self.total) if self.total else None


def read_period(code: str) -> Period:
    """Of «2024» or «2024-08». Refuses anything else."""
    year, _, month = code.partition("-")
    if not (code.isascii() and year.isdigit() and len(year) == 4 and (not month or month.isdigit())):
        raise DomainError("statistics.unknown_period", field="period")
    period = Period(int(year), int(month) if month else None)
    if period.code != code or period.year < 1900 or not 1 <= (period.month or 1) <= 12:
        raise DomainError("statistics.unknown_period", field="period")
    return period


def unknown_in(oblast: str) -> str:
    """The code of what lies in an oblast, or in the country, and nobody said where."""
    return f"{oblast}-"


def before(period: Period) -> Period:
    return Period(period.year - 1, period.month)


def months_of(year: int, until: date) -> list[Period]:
    """Those that are over before a day."""
    return [month for number in range(1, 13) if (month := Period(year, number)).after <= until]


def complete(period: Period, until: date) -> bool:
    return period.after <= until


def release_code(until: date, earlier: int) -> str:
    """Of the last month it holds; the second one of a month is «2026-10.2»."""
    last = until - timedelta(days=1)
    code = f"{last.year}-{last.month:02d}"
    return f"{code}.{earlier + 1}" if earlier else code
