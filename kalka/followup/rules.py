"""What a visit may say, what its times tell, and when the next one is due. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from kalka.core.errors import DomainError

LATE_AFTER = timedelta(hours=12)
OLD_AFTER = timedelta(days=7)
CLOCKS_DIFFER = timedelta(minutes=5)
WRONG_CLOCK = timedelta(days=1)
LONGEST = 2000


class Found(StrEnum):
    """Whom the visit met. Both are always spoken with separately."""

    BOTH = "both"
    PROTECTED = "protected"
    TOGETHER = "together"  # he did not leave: she could not be asked
    RESPONDENT = "respondent"  # him alone; she was not there
    NOBODY = "nobody"
    REFUSED = "refused"


class Kept(StrEnum):
    KEPT = "kept"
    BROKEN = "broken"
    UNKNOWN = "unknown"


class Where(StrEnum):
    HOME = "home"
    ELSEWHERE = "elsewhere"
    OFFICE = "office"


class Zone(StrEnum):
    """Whether the visit was where it was to be: all that is kept of a place, sealed, and nothing where nobody says."""

    UNSAID = ""
    INSIDE = "inside"
    OUTSIDE = "outside"


class Clock(StrEnum):
    """What is odd about the time a device gave."""

    FINE = ""
    AHEAD = "ahead"
    OLD = "old"


MET = (Found.BOTH, Found.PROTECTED)


class Said(StrEnum):
    """What she says of a visit that was written down, to somebody outside the police."""

    CAME = "came"
    NOT_CAME = "not_came"
    UNSURE = "unsure"


class Way(StrEnum):
    """How she was asked."""

    SAFE_CONTACT = "safe_contact"  # by her own rules: the hours and the way she chose
    SHE_CALLED = "she_called"
    IN_PERSON = "in_person"


@dataclass(frozen=True, slots=True)
class NewSaid:
    said: str
    way: str
    told: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class NewVisit:
    """`kept` is empty where no order runs: it was not asked."""

    visited_at: datetime  # by the clock of the device
    found: str
    kept: str = ""
    where: str = Where.HOME
    told: str = field(default="", repr=False)
    zone: str = field(default=Zone.UNSAID, repr=False)


def check_visit(told: NewVisit, *, order_runs: bool, now: datetime) -> None:
    """Refuses a code that is not on the list, an order said to be kept where none runs, and a day that is to come.

    A clock that is off by less than a day is not refused: the visit is kept and the clock noted. What she says while he
    is there is not taken down, and no answer is read out of it.
    """
    _known("found", told.found, list(Found))
    _known("where", told.where, list(Where))
    _known("zone", told.zone, list(Zone))
    _known("kept", told.kept, list(Kept) if order_runs else [""])
    if told.visited_at > now + WRONG_CLOCK:
        raise DomainError("followup.visit_to_come", field="visited_at", now=now)
    if len(told.told) > LONGEST:
        raise DomainError("followup.too_long", field="told", most=LONGEST)
    if told.found == Found.TOGETHER and told.told.strip():
        raise DomainError("followup.not_in_his_presence", field="told")
    if told.found == Found.TOGETHER and told.kept == Kept.KEPT:
        raise DomainError("followup.not_in_his_presence", field="kept")


def check_said(told: NewSaid) -> None:
    _known("said", told.said, list(Said))
    _known("way", told.way, list(Way))
    if len(told.told) > LONGEST:
        raise DomainError("followup.too_long", field="told", most=LONGEST)


def _known(name: str, code: str, allowed: Collection[str]) -> None:
    if code not in allowed:
        raise DomainError("followup.not_an_answer", field=name)


def written_late(visited_at: datetime, now: datetime) -> bool:
    return now - visited_at > LATE_AFTER


def clock_of(visited_at: datetime, now: datetime) -> Clock:
    if visited_at > now + CLOCKS_DIFFER:
        return Clock.AHEAD
    return Clock.OLD if now - visited_at > OLD_AFTER else Clock.FINE


@dataclass(frozen=True, slots=True)
class Schedule:
    """Days between visits by the number of levels, lowest first. An internal rule."""

    days: Mapping[int, tuple[int, ...]]
    days_unassessed: int
    hours_after_not_met: int
    ask: "Asking"

    def next_due(self, level: tuple[int, int] | None, *, met: bool, now: datetime) -> datetime:
        """Counted from when the visit was written down: a device's clock decides no term."""
        after = timedelta(days=self._days(level))
        return now + (after if met else min(after, timedelta(hours=self.hours_after_not_met)))

    def _days(self, level: tuple[int, int] | None) -> int:
        if level is None or level[1] not in self.days or not 1 <= level[0] <= level[1]:
            return self.days_unassessed
        position, count = level
        return self.days[count][position - 1]


@dataclass(frozen=True, slots=True)
class Asking:
    """Of which visits she is asked whether they were made. An internal rule."""

    high_every: int
    other_every: int
    within: timedelta

    def is_asked(self, draw: int, *, high: bool) -> bool:
        """`draw`: a number nobody who writes visits down can foresee."""
        return draw % (self.high_every if high else self.other_every) == 0
