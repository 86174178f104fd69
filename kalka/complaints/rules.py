"""What may be said of a call, a paper and an answer, and by when each is to be answered. Pure."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from kalka.core.errors import DomainError

LONGEST = 2_000


class What(StrEnum):
    """What she says of him."""

    HERE = "here"  # he is there now
    VIOLENCE = "violence"
    THREAT = "threat"
    CAME = "came"
    CONTACT = "contact"  # he calls, writes, sends others
    OTHER = "other"
    REPORT = "report"  # a report of hers came in: by her telephone, or as somebody said who knows her
    REPORT_NOW = "rep_now"  # one that speaks of danger now


OF_REPORTS = (What.REPORT, What.REPORT_NOW)  # written down by the installation alone
BY_HAND = tuple(one for one in What if one not in OF_REPORTS)
NOW = frozenset({What.HERE, What.VIOLENCE, What.REPORT_NOW})
AGAINST_ORDER = frozenset(What) - {What.OTHER, What.REPORT}


class By(StrEnum):
    PHONE = "phone"
    MESSAGE = "message"
    IN_PERSON = "in_person"
    FOR_HER = "for_her"  # somebody called for her
    REPORT = "report"  # to whoever takes reports down, the 5200 line among them


class How(StrEnum):
    """How a call was answered."""

    WENT = "went"
    SPOKE = "spoke"
    UNREACHED = "unreached"  # an attempt: it is still to be answered
    SEEN = "seen"  # whoever watches answers for it that she was answered by another


ANSWERS = (How.WENT, How.SPOKE)


class Broken(StrEnum):
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class NewCall:
    at: datetime
    what: str
    by: str
    told: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class NewReply:
    """`broken` is empty where nobody was there or spoke with her: nothing is known then."""

    at: datetime
    how: str
    broken: str = ""
    told: str = field(default="", repr=False)


class Kind(StrEnum):
    """What she writes, or what is written for her."""

    INACTION = "inaction"
    EXTENSION = "extension"
    APPEAL = "appeal"


class Ground(StrEnum):
    """Against what a complaint is."""

    CALL = "call"  # a call was not answered
    VISIT = "visit"  # nobody came, or a visit was written down that was none
    ORDER = "order"  # no order was issued, or it was not served
    BREACH = "breach"  # he broke the order and nothing followed
    REPORT = "report"  # her words were not taken down
    OTHER = "other"


class To(StrEnum):
    """In which part somebody is asked."""

    POLICE = "police"  # whoever answers for the order
    SUPERIOR = "superior"
    PROSECUTOR = "prosecutor"


ASKED: dict[Kind, tuple[To, ...]] = {
    Kind.INACTION: (To.SUPERIOR, To.PROSECUTOR),
    Kind.EXTENSION: (To.POLICE, To.SUPERIOR),
    Kind.APPEAL: (To.SUPERIOR, To.PROSECUTOR),
}


class Next(StrEnum):
    """What is about to change for her."""

    ORDER_ENDS = "order_ends"
    RELEASE = "release"
    FREE = "free"


class Outcome(StrEnum):
    GRANTED = "granted"
    PART = "part"
    REFUSED = "refused"
    PASSED = "passed"  # sent to whoever may decide


@dataclass(frozen=True, slots=True)
class NewPaper:
    """`against`: the post a complaint is about. `order`: what is to be extended or is appealed against."""

    kind: str
    on: date
    ground: str = ""
    order: UUID | None = None
    against: int | None = None
    told: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class NewOutcome:
    how: str
    on: date
    told: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Clocks:
    """Internal rules: by when a call or a paper is to be answered."""

    call_now: timedelta
    call: timedelta
    papers: dict[Kind, timedelta]
    tell_before: timedelta

    def call_due(self, what: str, now: datetime) -> datetime:
        """Counted from when it was written down."""
        return now + (self.call_now if what in NOW else self.call)

    def paper_due(self, kind: str, now: datetime, *, ends: datetime | None) -> datetime:
        """Before the order ends that is to be extended; at once where it ends sooner than that."""
        due = now + self.papers[Kind(kind)]
        return max(now, min(due, ends)) if ends is not None and kind == Kind.EXTENSION else due


def check_call(told: NewCall, *, now: datetime) -> None:
    _known("what", told.what, BY_HAND)
    _known("by", told.by, [one for one in By if one is not By.REPORT])
    _past("at", told.at, now)
    _short(told.told)


def check_reply(told: NewReply, *, called_at: datetime, now: datetime) -> None:
    """Refuses an answer before the call, and one that says of somebody who was not reached how the order is kept."""
    _known("how", told.how, list(How))
    _known("broken", told.broken, list(Broken) if told.how in ANSWERS else [""])
    _past("at", told.at, now)
    _short(told.told)
    if told.at < called_at:
        raise DomainError("complaints.before_the_call", field="at", called=called_at)


def check_paper(told: NewPaper, *, orders: Collection[UUID], posts: Collection[int], today: date) -> None:
    """Refuses a complaint that does not say against what, and an application without the order it is about."""
    _known("kind", told.kind, list(Kind))
    if told.kind == Kind.INACTION:
        _known("ground", told.ground, list(Ground))
    if told.kind != Kind.INACTION and told.order is None:
        raise DomainError("complaints.which_order", field="order")
    if told.order is not None and told.order not in orders:
        raise DomainError("complaints.which_order", field="order")
    if told.against is not None and told.against not in posts:
        raise DomainError("complaints.not_an_answer", field="against")
    _day("on", told.on, today)
    if not told.told.strip():
        raise DomainError("complaints.nothing_told", field="told")
    _short(told.told)


def check_outcome(told: NewOutcome, *, since: date, today: date) -> None:
    _known("how", told.how, list(Outcome))
    _day("on", told.on, today)
    if told.on < since:
        raise DomainError("complaints.before_the_paper", field="on", since=since)
    if told.how != Outcome.GRANTED and not told.told.strip():
        raise DomainError("complaints.reason_missing", field="told")
    _short(told.told)


def _known(name: str, code: str, allowed: Collection[str]) -> None:
    if code not in allowed:
        raise DomainError("complaints.not_an_answer", field=name)


def _past(name: str, at: datetime, now: datetime) -> None:
    if at > now:
        raise DomainError("complaints.to_come", field=name, now=now)


def _day(name: str, on: date, today: date) -> None:
    if on > today:
        raise DomainError("complaints.day_to_come", field=name, today=today)


def _short(text: str) -> None:
    if len(text) > LONGEST:
        raise DomainError("complaints.too_long", field="told", most=LONGEST)
