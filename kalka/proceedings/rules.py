"""What may be written down of proceedings, custody and weapons. Pure."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from kalka.core.clock import day_of
from kalka.core.errors import DomainError

LONGEST_TEXT, LONGEST_NUMBER, MOST_SESSIONS = 2_000, 40, 200
LONGEST_AHEAD = timedelta(days=366 * 20)  # beyond this somebody mistyped a year
MOST = {"community_work": 1_000, "arrest": 90, "imprisonment": 600, "corrective_labour": 60}
DETENTION = "detention"
_ARTICLE = re.compile(r"\d{1,3}(-\d{1,2})?")


class Register(StrEnum):
    JOURNAL = "journal"  # ЖУИ: the electronic journal of whatever was reported
    UNIFIED = "unified"  # ЕРП: the unified register


class Stage(StrEnum):
    """How far it is, as told last."""

    BEGUN = "begun"
    REPORT = "report"  # the report of the offence was drawn up
    OPENED = "opened"  # the criminal case was opened
    SUSPENDED = "suspended"
    PROSECUTOR = "prosecutor"
    COURT = "court"


COURSE = {
    "administrative": (Stage.BEGUN, Stage.REPORT, Stage.COURT),
    "criminal": (Stage.BEGUN, Stage.OPENED, Stage.SUSPENDED, Stage.PROSECUTOR, Stage.COURT),
}


class How(StrEnum):
    """How it ended."""

    GUILTY = "guilty"
    ACQUITTED = "acquitted"
    REFUSED = "refused"  # it was not taken up
    DROPPED = "dropped"


WITHOUT_JUDGEMENT = (How.REFUSED, How.DROPPED)


class Reason(StrEnum):
    """Why it was refused or dropped."""

    NO_EVENT = "no_event"
    NO_ELEMENTS = "no_elements"
    NOT_PROVEN = "not_proven"
    WITHDRAWN = "withdrawn"
    TERM_OVER = "term_over"
    AGE = "age"
    OTHER = "other"


class Sentence(StrEnum):
    COMMUNITY_WORK = "community_work"  # hours
    ARREST = "arrest"  # full days and nights
    IMPRISONMENT = "imprisonment"  # months
    CORRECTIVE_LABOUR = "corrective_labour"  # months
    OTHER = "other"


class Measured(StrEnum):
    """What the amount is by the law of the day of the judgement."""

    WITHIN = "within"
    OUTSIDE = "outside"
    UNSET = "unset"


class Custody(StrEnum):
    DETENTION = "detention"
    ARREST = "arrest"
    REMAND = "remand"
    SENTENCE = "sentence"


class Keeper(StrEnum):
    """Who holds the person."""

    POLICE = "police"
    PENITENTIARY = "penitentiary"


class Freed(StrEnum):
    TERM = "term"
    DECIDED = "decided"
    MOVED = "moved"  # house arrest, hospital: no longer behind a door
    FLED = "fled"


class Weapon(StrEnum):
    NONE = "none"
    FOUND = "found"  # and left where it is
    TAKEN = "taken"
    HANDED_IN = "handed_in"
    PERMIT_REVOKED = "permit_revoked"
    RETURNED = "returned"
    UNKNOWN = "unknown"  # could not be looked for


@dataclass(frozen=True, slots=True)
class NewProceeding:
    """`bans` are conditions of an order that were not obeyed; sessions are of the programme."""

    person: UUID
    ground: str
    on: date
    article: str = ""
    order: UUID | None = None
    bans: tuple[str, ...] = ()
    sessions_set: int | None = None
    sessions_missed: int | None = None
    warned_on: date | None = None
    register: str = ""
    number: str = field(default="", repr=False)
    told: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class NewStep:
    stage: str
    on: date
    register: str = ""
    number: str = field(default="", repr=False)
    told: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class NewEnd:
    how: str
    on: date
    reason: str = ""
    sentence: str = ""
    amount: int | None = None
    arrested_at: datetime | None = None
    told: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class NewCustody:
    person: UUID
    kind: str
    keeper: str
    begun_at: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class NewWeapon:
    person: UUID
    what: str
    on: date
    told: str = field(default="", repr=False)


class Ground(Protocol):
    """What a ground asks for, and whether the law of a day knows it."""

    @property
    def asks(self) -> Collection[str]: ...
    def stands(self, on: date) -> bool: ...


def check_proceeding(told: NewProceeding, ground: Ground, *, alleged: Collection[UUID], today: date) -> None:
    """Refuses a ground the law of its day does not know, and one without what it rests on.

    That somebody did not come is no evasion by itself: how often, of how many, and that he was warned is told.
    """
    among("person", told.person, alleged, "proceedings.not_said_to_have_done_it")
    past("on", told.on, today)
    if not ground.stands(told.on):
        raise DomainError("proceedings.no_such_ground_then", field="ground")
    if ("article" in ground.asks) != bool(told.article) or (told.article and not _ARTICLE.fullmatch(told.article)):
        raise DomainError("proceedings.article_unfit", field="article")
    if "bans" in ground.asks and not told.bans:
        raise DomainError("proceedings.no_bans", field="bans")
    if "sessions" in ground.asks:
        _check_sessions(told)
    check_number(told.register, told.number)
    short("told", told.told)


def _check_sessions(told: NewProceeding) -> None:
    missed, of = told.sessions_missed, told.sessions_set
    if of is None or not 1 <= of <= MOST_SESSIONS:
        raise DomainError("proceedings.sessions_unfit", field="sessions_set", most=MOST_SESSIONS)
    if missed is None or not 1 <= missed <= of:
        raise DomainError("proceedings.missed_unfit", field="sessions_missed")
    if told.warned_on is None or told.warned_on > told.on:
        raise DomainError("proceedings.not_warned", field="warned_on")


def check_step(told: NewStep, course: str, *, begun: date, today: date) -> None:
    among("stage", told.stage, COURSE[course], "proceedings.not_an_answer")
    between("on", told.on, begun, today)
    check_number(told.register, told.number)
    short("told", told.told)


def check_end(told: NewEnd, *, begun: date, now: datetime) -> None:
    """Who judged says what; who refused or dropped says why. Refuses an amount nobody could mean."""
    among("how", told.how, tuple(How), "proceedings.not_an_answer")
    between("on", told.on, begun, day_of(now))
    if told.how in WITHOUT_JUDGEMENT:
        among("reason", told.reason, tuple(Reason), "proceedings.not_an_answer")
    if told.how == How.GUILTY:
        among("sentence", told.sentence, tuple(Sentence), "proceedings.not_an_answer")
        if told.sentence != Sentence.OTHER and not 1 <= (told.amount or 0) <= MOST[told.sentence]:
            raise DomainError("proceedings.amount_unfit", field="amount", most=MOST[told.sentence])
    if told.arrested_at is not None and told.arrested_at > now:
        raise DomainError("proceedings.moment_to_come", field="arrested_at")
    short("told", told.told)


def measured(amount: int, least: int | None, most: int | None) -> Measured:
    """A court's word stands as it is: what the law of the day does not allow is marked, not refused."""
    if least is None or most is None:
        known_to_break = (most is not None and amount > most) or (least is not None and amount < least)
        return Measured.OUTSIDE if known_to_break else Measured.UNSET
    return Measured.WITHIN if least <= amount <= most else Measured.OUTSIDE


def ends_of_arrest(begun_at: datetime, days: int) -> datetime:
    """Full days and nights from the very moment it began: fourteen are fourteen times 24 hours."""
    return begun_at + timedelta(hours=24 * days)


def check_custody(told: NewCustody, *, alleged: Collection[UUID], now: datetime) -> None:
    among("person", told.person, alleged, "proceedings.not_said_to_have_done_it")
    among("kind", told.kind, tuple(Custody), "proceedings.not_an_answer")
    among("keeper", told.keeper, tuple(Keeper), "proceedings.not_an_answer")
    if told.begun_at > now:
        raise DomainError("proceedings.moment_to_come", field="begun_at")
    if told.until is not None:
        check_until(told.until, told.begun_at)


def check_until(until: datetime, begun_at: datetime) -> None:
    if not begun_at < until <= begun_at + LONGEST_AHEAD:
        raise DomainError("proceedings.until_unfit", field="until")


def check_freed(at: datetime, how: str, *, begun_at: datetime, now: datetime) -> None:
    among("how", how, tuple(Freed), "proceedings.not_an_answer")
    if not begun_at <= at <= now:
        raise DomainError("proceedings.freed_unfit", field="at")


def came_unforeseen(at: datetime, how: str, until: datetime | None) -> bool:
    """Nobody could have been told in time: it was not planned, or it came earlier than planned."""
    return how == Freed.FLED or until is None or at < until - timedelta(hours=1)


def check_weapon(told: NewWeapon, *, alleged: Collection[UUID], today: date) -> None:
    among("person", told.person, alleged, "proceedings.not_said_to_have_done_it")
    among("what", told.what, tuple(Weapon), "proceedings.not_an_answer")
    past("on", told.on, today)
    short("told", told.told)


def check_number(register: str, number: str) -> None:
    """Both, or neither."""
    if register:
        among("register", register, tuple(Register), "proceedings.not_an_answer")
    if bool(register) != bool(number.strip()) or len(number) > LONGEST_NUMBER:
        raise DomainError("proceedings.number_unfit", field="number", most=LONGEST_NUMBER)


def among(name: str, value: object, allowed: Collection[object], code: str) -> None:
    if value not in allowed:
        raise DomainError(code, field=name)


def past(name: str, on: date, today: date) -> None:
    if on > today:
        raise DomainError("proceedings.day_to_come", field=name)


def between(name: str, on: date, first: date, today: date) -> None:
    past(name, on, today)
    if on < first:
        raise DomainError("proceedings.before_it_began", field=name, day=first)


def short(name: str, words: str) -> None:
    if len(words) > LONGEST_TEXT:
        raise DomainError("proceedings.too_long", field=name, most=LONGEST_TEXT)
