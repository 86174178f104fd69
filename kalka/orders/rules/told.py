"""What may be written down of an order: what its paper says, and what happened to it later."""

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from kalka.core.clock import day_of
from kalka.core.errors import DomainError, Stale
from kalka.orders.rules.term import Dated

LONGEST_TEXT, LONGEST_NUMBER = 2_000, 40
LONGEST_STATED = 366  # days a paper may name; beyond this somebody mistyped a year
_ALIKE = str.maketrans("ABCEHKMOPTXY", "АВСЕНКМОРТХУ")


def fold_number(number: str) -> str:
    """What makes two spellings one number: letters and digits alone, capital, Latin look-alikes as Cyrillic."""
    text = unicodedata.normalize("NFKC", number.replace("№", "")).upper()
    return "".join(sign for sign in text if sign.isalnum() or sign == "/").translate(_ALIKE)


@dataclass(frozen=True, slots=True)
class Numbered:
    """How the issuing body calls the order."""

    authority: int
    number: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class NewOrder:
    """An order as its paper says it. Without `numbered` it is pending; without `ends` it runs as the law says.

    `authority` is who is said to have issued it while the number is unknown. `respondent` and `protected` are persons.
    """

    issued_at: datetime
    numbered: Numbered | None = None
    authority: int | None = None
    starts: date | None = None
    ends: date | None = None
    conditions: tuple[str, ...] = ()
    note: str = field(default="", repr=False)
    respondent: UUID | None = None
    protected: tuple[UUID, ...] = ()

    @property
    def first_day(self) -> date:
        return self.starts or day_of(self.issued_at)


class How(StrEnum):
    """How the respondent was told of the order."""

    HANDED = "handed"
    READ_OUT = "read_out"
    ELECTRONIC = "electronic"
    NOT_FOUND = "not_found"  # an attempt: the order is still to be served


@dataclass(frozen=True, slots=True)
class NewService:
    at: datetime
    how: str
    refused: bool = False  # would not take or sign it; told of it all the same
    told: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class NewExtension:
    on: date
    until: date
    authority: int
    told: str = field(default="", repr=False)


class By(StrEnum):
    ISSUER = "issuer"
    COURT = "court"
    PROSECUTOR = "prosecutor"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class NewRevocation:
    at: datetime
    by: str
    reason: str = field(default="", repr=False)


class Breached(StrEnum):
    CONTACT = "contact"
    CAME = "came"  # to where the protected person lives, works or learns
    THROUGH_OTHERS = "through_others"
    VIOLENCE = "violence"
    WEAPON = "weapon"
    OTHER = "other"
    UNKNOWN = "unknown"  # seen to be broken; how is still to be found out


@dataclass(frozen=True, slots=True)
class NewBreach:
    """`on` empty: today."""

    on: date | None = None
    how: str = Breached.UNKNOWN
    told: str = field(default="", repr=False)


def check_order(told: NewOrder, *, conditions: Collection[str], now: datetime) -> None:
    """Refuses what cannot have been issued, a condition that is not on the list, a number that is none."""
    past(told.issued_at, now, "issued_at")
    if told.first_day < day_of(told.issued_at):
        raise DomainError("orders.starts_before_issue", field="starts", issued=day_of(told.issued_at))
    if (told.first_day - day_of(told.issued_at)).days > LONGEST_STATED:
        raise DomainError("orders.starts_too_late", field="starts", most=LONGEST_STATED)
    if told.ends is not None:
        _in_order(told.first_day, told.ends)
    known("conditions", told.conditions, conditions)
    short("note", told.note)
    if told.numbered is not None:
        check_number(told.numbered.number)


def _in_order(starts: date, ends: date) -> None:
    if ends < starts:
        raise DomainError("orders.ends_before_start", field="ends", starts=starts)
    if (ends - starts).days > LONGEST_STATED:
        raise DomainError("orders.ends_too_late", field="ends", most=LONGEST_STATED)


def check_number(number: str) -> None:
    if not any(sign.isdigit() for sign in fold_number(number)):
        raise DomainError("orders.not_a_number", field="number")
    if len(number) > LONGEST_NUMBER:
        raise DomainError("orders.not_a_number", field="number")


def check_service(told: NewService, order: Dated, now: datetime) -> None:
    known("how", [told.how], list(How))
    short("told", told.told)
    past(told.at, now, "at")
    if told.at < order.issued_at:
        raise DomainError("orders.before_issue", field="at", issued=order.issued_at)
    if day_of(told.at) > order.last_day:
        raise DomainError("orders.was_over_then", field="at", last=order.last_day)


def check_extension(told: NewExtension, order: Dated, now: datetime) -> None:
    """An order is extended while it runs, and forward."""
    short("told", told.told)
    if told.on > day_of(now):
        raise DomainError("orders.day_to_come", field="on", today=day_of(now))
    if not order.ran_on(told.on) or order.revoked_at is not None:
        raise DomainError("orders.did_not_run_then", field="on", starts=order.starts, last=order.last_day)
    if told.until <= order.last_day:
        raise DomainError("orders.not_longer", field="until", last=order.last_day)
    if (told.until - told.on).days > LONGEST_STATED:
        raise DomainError("orders.ends_too_late", field="until", most=LONGEST_STATED)


def check_revocation(told: NewRevocation, order: Dated, now: datetime) -> None:
    known("by", [told.by], list(By))
    past(told.at, now, "at")
    if not told.reason.strip():
        raise DomainError("orders.reason_missing", field="reason")
    short("reason", told.reason)
    if told.at < order.issued_at:
        raise DomainError("orders.before_issue", field="at", issued=order.issued_at)
    if order.revoked_at is not None:
        raise Stale("orders.revoked_already", at=order.revoked_at)
    if day_of(told.at) > order.last_day:
        raise DomainError("orders.was_over_then", field="at", last=order.last_day)


def check_breach(told: NewBreach, order: Dated, now: datetime) -> date:
    """The day of the breach. Refuses a day on which the order did not run."""
    known("how", [told.how], list(Breached))
    short("told", told.told)
    on = told.on or day_of(now)
    if on > day_of(now):
        raise DomainError("orders.day_to_come", field="on", today=day_of(now))
    if not order.ran_on(on):
        raise DomainError("orders.did_not_run_then", field="on", starts=order.starts, last=order.last_day)
    return on


def past(at: datetime, now: datetime, name: str) -> None:
    if at > now:
        raise DomainError("orders.time_to_come", field=name, now=now)


def known(name: str, given: Collection[str], allowed: Collection[str]) -> None:
    if set(given) - set(allowed):
        raise DomainError("orders.unknown_code", field=name)


def short(name: str, text: str) -> None:
    if len(text) > LONGEST_TEXT:
        raise DomainError("orders.too_long", field=name, most=LONGEST_TEXT)
