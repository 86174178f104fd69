"""Decisions about monitoring. Pure: the law, the time and the records are given."""

from calendar import monthrange
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from kalka.core.clock import day_of
from kalka.core.errors import DomainError, Stale
from kalka.lawbook.book import Law, Provision

LONGEST_TEXT, LONGEST_DEVICE, LONGEST_REF = 2_000, 40, 80
LONGEST_STATED = 1_100  # days a paper may name; beyond this somebody mistyped a year
# Internal rules, not law: each duty that comes of them says so.
FIT_WITHIN = timedelta(hours=24)
AGREE_BEFORE_END = timedelta(hours=72)
CLOCK_AHEAD = timedelta(minutes=10)  # a device's clock may be ahead by so much


class Means(StrEnum):
    DEVICE = "device"
    APP = "app"
    NONE = "none"  # bans alone: nothing watches, and their law is another


class By(StrEnum):
    COURT = "court"
    POLICE = "police"
    OTHER = "other"


class Found(StrEnum):
    """What whoever answered a signal found."""

    BREACH = "breach"
    KEPT = "kept"  # he was seen where he may be
    TECHNICAL = "technical"
    UNKNOWN = "unknown"  # nobody could be reached: it stays to be looked into


class State(StrEnum):
    NOT_YET = "not_yet"
    UNFITTED = "unfitted"  # decided, in its term, and nothing watches
    WATCHED = "watched"
    RUNNING = "running"  # bans that nothing watches
    OVER = "over"
    LIFTED = "lifted"


RUNS = frozenset({State.UNFITTED, State.WATCHED, State.RUNNING})


@dataclass(frozen=True, slots=True)
class NewMeasure:
    """As its paper says it. `ends` empty: as long as the law allows. `order`: the order it goes with, if any."""

    on: date
    by: str
    means: str
    bans: tuple[str, ...]
    starts: date | None = None
    ends: date | None = None
    respondent: UUID | None = None
    order: UUID | None = None
    told: str = field(default="", repr=False)

    @property
    def first_day(self) -> date:
        return self.starts or self.on


@dataclass(frozen=True, slots=True)
class NewFitting:
    at: datetime
    device: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class NewSignal:
    """`at` is the clock of the device; `ref` how whoever watches calls it, so that it comes once."""

    sign: str
    at: datetime
    ref: str = field(default="", repr=False)
    told: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class NewAnswer:
    found: str
    told: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class NewLift:
    at: datetime
    by: str
    told: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Dated:
    """What the records of one measure say together. `ends` is the last day, whole."""

    starts: date
    ends: date
    fitted: bool = False
    lifted_at: datetime | None = None
    watching: bool = True

    def state(self, at: datetime) -> State:
        day = day_of(at)
        if self.lifted_at is not None and at >= self.lifted_at:
            return State.LIFTED
        if day > self.ends:
            return State.OVER
        if day < self.starts:
            return State.NOT_YET
        if not self.watching:
            return State.RUNNING
        return State.WATCHED if self.fitted else State.UNFITTED

    def runs(self, at: datetime) -> bool:
        return self.state(at) in RUNS


@dataclass(frozen=True, slots=True)
class Term:
    """The last day, what it rests on, and who decides; the latter is unset where that is not established."""

    ends: date
    basis: Provision
    decider: Provision | None


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or the last one it has."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def term(law: Law, told: NewMeasure) -> Term:
    """Refuses a day without such a law, more than it allows, and whoever may not decide where that is known.

    The first day is not counted, as with an order. Bans that nothing watches run as long as their paper says, while
    the law that was seen names no longest term of theirs.
    """
    alone = told.means == Means.NONE
    basis = law.get("court.measure_max_months" if alone else "monitoring.max_months")
    if basis is None or not (basis.is_set or alone):
        raise DomainError("monitoring.no_law_then", field="on", day=law.day)
    ends = _ends(basis, told)
    decider = law.get(_decided_by(told))
    if decider is not None and decider.is_set and told.by != decider.value:
        raise DomainError("monitoring.not_who_decides", field="by")
    return Term(ends, basis, decider)


def _ends(basis: Provision, told: NewMeasure) -> date:
    if not basis.is_set:
        if told.ends is None:
            raise DomainError("monitoring.say_until", field="ends")
        return told.ends
    last = months_later(told.first_day, basis.whole())
    if told.ends is not None and told.ends > last:
        raise DomainError("monitoring.too_long", field="ends", months=basis.whole(), last=last)
    return told.ends or last


def _decided_by(told: NewMeasure) -> str:
    if told.means == Means.NONE:
        return "court.measure_decided_by"
    return "monitoring.order_decided_by" if told.order else "monitoring.decided_by"


def check_measure(told: NewMeasure, *, bans: Collection[str], now: datetime) -> None:
    known("by", [told.by], list(By))
    known("means", [told.means], list(Means))
    known("bans", told.bans, bans)
    if not told.bans:
        raise DomainError("monitoring.no_ban", field="bans")
    short("told", told.told)
    if told.on > day_of(now):
        raise DomainError("monitoring.day_to_come", field="on", today=day_of(now))
    if told.first_day < told.on:
        raise DomainError("monitoring.starts_before_decision", field="starts", on=told.on)
    if (told.first_day - told.on).days > 366:
        raise DomainError("monitoring.starts_too_late", field="starts")
    if told.ends is not None and told.ends < told.first_day:
        raise DomainError("monitoring.ends_before_start", field="ends", starts=told.first_day)
    if told.ends is not None and (told.ends - told.first_day).days > LONGEST_STATED:
        raise DomainError("monitoring.ends_too_late", field="ends", most=LONGEST_STATED)


def check_fitting(told: NewFitting, measure: Dated, now: datetime) -> None:
    past("at", told.at, now)
    if not measure.watching:
        raise DomainError("monitoring.nothing_is_to_watch", field="device")
    if not any(sign.isalnum() for sign in told.device) or len(told.device) > LONGEST_DEVICE:
        raise DomainError("monitoring.no_device", field="device")
    ensure_standing(measure, told.at)


def check_signal(told: NewSignal, signs: Collection[str], now: datetime) -> None:
    """A clock that is ahead is believed a little: a signal is never lost for it."""
    known("sign", [told.sign], signs)
    short("told", told.told)
    if len(told.ref) > LONGEST_REF:
        raise DomainError("monitoring.too_long_text", field="ref", most=LONGEST_REF)
    past("at", told.at, now + CLOCK_AHEAD)


def check_answer(told: NewAnswer) -> None:
    known("found", [told.found], list(Found))
    short("told", told.told)
    if told.found in (Found.BREACH, Found.UNKNOWN) and not told.told.strip():
        raise DomainError("monitoring.say_what_was_found", field="told")


def check_lift(told: NewLift, measure: Dated, now: datetime) -> None:
    known("by", [told.by], list(By))
    past("at", told.at, now)
    if not told.told.strip():
        raise DomainError("monitoring.reason_missing", field="told")
    short("told", told.told)
    ensure_standing(measure, told.at)


def ensure_standing(measure: Dated, at: datetime) -> None:
    state = measure.state(at)
    if state is State.LIFTED:
        raise Stale("monitoring.lifted_already", field="at", at=measure.lifted_at)
    if state in (State.OVER, State.NOT_YET):
        raise DomainError("monitoring.did_not_run_then", field="at", starts=measure.starts, last=measure.ends)


def fold_device(device: str) -> str:
    """What makes two spellings one device."""
    return "".join(sign for sign in device.upper() if sign.isalnum())


def past(name: str, at: datetime, now: datetime) -> None:
    if at > now:
        raise DomainError("monitoring.time_to_come", field=name, now=now)


def known(name: str, given: Collection[str], allowed: Collection[str]) -> None:
    if set(given) - set(allowed):
        raise DomainError("monitoring.unknown_code", field=name)


def short(name: str, text: str) -> None:
    if len(text) > LONGEST_TEXT:
        raise DomainError("monitoring.too_long_text", field=name, most=LONGEST_TEXT)
