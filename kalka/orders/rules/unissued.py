"""Which facts of violence have no order. Since Law No. 161 one is issued on every fact. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kalka.core.errors import DomainError

LONGEST_REASON = 1000


class Unissued(StrEnum):
    """Why a fact has no order. It explains and excuses nothing: no exception was seen in the law."""

    BEING_ISSUED = "being_issued"
    NOT_TOLD = "not_told"  # the police do not know of it yet
    UNIDENTIFIED = "unidentified"
    NOT_FOUND = "not_found"
    IN_CUSTODY = "in_custody"
    ABROAD = "abroad"
    DIED = "died"
    MINOR = "minor"
    NOT_FAMILY = "not_family"
    NOT_CONFIRMED = "not_confirmed"
    REFUSED = "refused"  # the body would not issue it
    OTHER = "other"


NEED_WORDS = frozenset({Unissued.REFUSED, Unissued.NOT_CONFIRMED, Unissued.OTHER})


@dataclass(frozen=True, slots=True)
class Term:
    """The days of an order, the last one included."""

    issued_on: date
    starts: date
    last_day: date


@dataclass(frozen=True, slots=True)
class NewReason:
    fact: str  # the id of the incident; empty: the opening of the case
    why: str
    told: str = field(default="", repr=False)


def uncovered(days: Sequence[date], orders: Sequence[Term]) -> tuple[int, ...]:
    """Which of the days of a case, the first one first, have no order of their own.

    One that ran on the day protects already; else one that was issued before the next fact.
    """
    return tuple(n for n, on in enumerate(days) if not _covered(on, _following(days, n), orders))


def _covered(on: date, following: date | None, orders: Sequence[Term]) -> bool:
    for one in orders:
        runs = one.starts <= on <= one.last_day
        if runs or (on <= one.issued_on and (following is None or one.issued_on < following)):
            return True
    return False


def _following(days: Sequence[date], n: int) -> date | None:
    return next((day for day in days[n + 1 :] if day > days[n]), None)


def check_reason(told: NewReason) -> None:
    if told.why not in list(Unissued):
        raise DomainError("orders.unknown_code", field="why")
    if told.why in NEED_WORDS and not told.told.strip():
        raise DomainError("orders.say_why_none", field="told")
    if len(told.told) > LONGEST_REASON:
        raise DomainError("orders.too_long", field="told", most=LONGEST_REASON)
