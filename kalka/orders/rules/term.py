"""How long an order runs and where it stands at a moment."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from kalka.core.clock import BISHKEK, DAY, day_of
from kalka.core.errors import DomainError
from kalka.lawbook.book import Law, Provision

# Internal rules, not law: each duty that comes of them says so.
COMPLETE_WITHIN = timedelta(hours=24)
SERVE_WITHIN = timedelta(hours=24)
EXPLAIN_WITHIN = timedelta(hours=48)
AGREE_BEFORE_END = timedelta(hours=72)
ASSESS_BEFORE_END = timedelta(hours=96)
CHECK_AT = time(12)


class State(StrEnum):
    NOT_YET = "not_yet"
    PENDING = "pending"  # in its term, and its number is still to be completed
    RUNNING = "running"
    EXTENDED = "extended"
    EXPIRED = "expired"
    REVOKED = "revoked"


IN_FORCE = frozenset({State.PENDING, State.RUNNING, State.EXTENDED})


@dataclass(frozen=True, slots=True)
class Dated:
    """What the records of one order say together. `ends` and `until` are last days, whole."""

    issued_at: datetime
    starts: date
    ends: date
    until: date | None = None  # of the longest extension
    numbered: bool = True
    revoked_at: datetime | None = None

    @property
    def last_day(self) -> date:
        return max(self.until, self.ends) if self.until else self.ends

    def state(self, at: datetime) -> State:
        """At a moment: its records decide, nobody sets it."""
        day = day_of(at)
        if self.revoked_at is not None and at >= self.revoked_at:
            return State.REVOKED
        if day > self.last_day:
            return State.EXPIRED
        if day < self.starts or at < self.issued_at:
            return State.NOT_YET
        if not self.numbered:
            return State.PENDING
        return State.EXTENDED if self.until else State.RUNNING

    def runs(self, at: datetime) -> bool:
        """An order protects from its first moment, whether its number is known here or not."""
        return self.state(at) in IN_FORCE

    def ran_on(self, day: date) -> bool:
        """At any time of the day."""
        over = self.revoked_at is not None and day_of(self.revoked_at) < day
        return self.starts <= day <= self.last_day and not over

    def overlaps(self, other: "Dated") -> bool:
        """Whether there is a day on which both ran."""
        first, last = max(self.starts, other.starts), min(self._end, other._end)
        return first <= last

    @property
    def _end(self) -> date:
        return min(self.last_day, day_of(self.revoked_at)) if self.revoked_at else self.last_day


@dataclass(frozen=True, slots=True)
class Term:
    """The last day, and the provisions it rests on. `counting` is unset: the law does not say from when to count."""

    ends: date
    basis: Provision
    counting: Provision | None

    @property
    def counting_is_set(self) -> bool:
        return self.counting is not None and self.counting.is_set


def term(law: Law, starts: date) -> Term:
    """How long an order runs by the law of the day it was issued (Law No. 63, art. 27(1); Law No. 161).

    The first day is not counted, the last one runs to its end in Bishkek. Refuses with `orders.no_law_then` a day for
    which the law book knows no term.
    """
    basis = law.get("order.duration_days")
    if basis is None or not basis.is_set:
        raise DomainError("orders.no_law_then", field="issued_at", day=law.day)
    return Term(starts + timedelta(days=basis.whole()), basis, law.get("order.term_counted_from"))


def extension(law: Law, order: Dated, until: date) -> Provision:
    """The provision an extension rests on, by the law of the day it was granted.

    Refuses with `orders.extended_too_long` beyond the ceiling, which counts the whole order. Where the law sets none,
    the provision is unset and the extension is kept as it was granted.
    """
    ceiling = law.get("order.extension_ceiling_days")
    if ceiling is None:
        raise DomainError("orders.no_law_then", field="on", day=law.day)
    if ceiling.is_set:
        last = order.starts + timedelta(days=ceiling.whole())
        if until > last:
            raise DomainError("orders.extended_too_long", field="until", days=ceiling.whole(), last=last)
    return ceiling


def end_of(day: date) -> datetime:
    """The first moment after a day in Bishkek."""
    return datetime.combine(day + DAY, time.min, tzinfo=BISHKEK)


def next_noon(now: datetime) -> datetime:
    return datetime.combine(day_of(now) + DAY, CHECK_AT, tzinfo=BISHKEK)


def agree_by(last_day: date, now: datetime) -> datetime:
    """72 hours before the end; at once when less is left."""
    return max(end_of(last_day) - AGREE_BEFORE_END, now)
