"""What a request, a day in a village, and counselling may say. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from kalka.core.errors import DomainError

LONGEST = 2000
FARTHEST = timedelta(days=366)
LONGEST_SESSION = 300  # minutes
MOST_SEATS = 30


class Category(StrEnum):
    """In what kind of proceedings she needs an advocate."""

    ADVICE = "advice"
    OFFENCE = "offence"
    CRIMINAL = "criminal"
    CIVIL = "civil"
    ADMINISTRATIVE = "administrative"


class Ground(StrEnum):
    """Why the state pays."""

    VIOLENCE = "violence"
    CHILD = "child"
    DISABILITY = "disability"
    INCOME = "income"
    OTHER = "other"


class Refusal(StrEnum):
    """Why an advocate does not take it. The other side is none that anybody has to write down: it is asked blindly."""

    NO_TIME = "no_time"
    NOT_MY_FIELD = "not_my_field"
    TOO_FAR = "too_far"
    OTHER = "other"


SILENT = "silent"  # nobody answered: written down by the installation alone


class Result(StrEnum):
    WON = "won"
    PARTLY = "partly"
    LOST = "lost"
    AGREED = "agreed"  # settled as she wanted
    ADVISED = "advised"
    WITHDRAWN = "withdrawn"  # she did not want to go on


class Side(StrEnum):
    """On which side of an office somebody stands."""

    FOR = "for"
    AGAINST = "against"


class State(StrEnum):
    """Where a request stands: told by the last thing that happened to it."""

    ASKED = "asked"
    APPOINTED = "appointed"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    DONE = "done"


class Topic(StrEnum):
    VIOLENCE = "violence"
    FAMILY = "family"
    CHILDREN = "children"
    PROPERTY = "property"
    BENEFITS = "benefits"
    DOCUMENTS = "documents"
    OTHER = "other"


class Urgency(StrEnum):
    NOW = "now"
    WEEK = "week"
    USUAL = "usual"


class Session(StrEnum):
    FIRST = "first"
    USUAL = "usual"
    CRISIS = "crisis"
    CHILD = "child"
    LAST = "last"


class Left(StrEnum):
    """How somebody left the waiting list."""

    BEGUN = "begun"
    NOT_WANTED = "not_wanted"
    ELSEWHERE = "elsewhere"


class Circle(StrEnum):
    """For whom a group is."""

    WOMEN = "women"
    MOTHERS = "mothers"
    YOUNG = "young"
    CHILDREN = "children"


@dataclass(frozen=True, slots=True)
class NewRequest:
    client: UUID  # somebody of the case
    category: str
    ground: str
    told: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class NewSession:
    kind: str
    minutes: int
    on: date
    came: bool = True


@dataclass(frozen=True, slots=True)
class Held:
    """What a day in a village came to: figures of nobody in particular."""

    women: int
    men: int
    topics: Mapping[str, int]


def check_request(told: NewRequest, *, speakers: Collection[UUID]) -> None:
    """Refuses whoever is said to have done it: there the state appoints by another way, and another office."""
    known("category", told.category, tuple(Category))
    known("ground", told.ground, tuple(Ground))
    if told.client not in speakers:
        raise DomainError("legalaid.not_her_side", field="client")
    not_long("told", told.told)


def check_answer(accepted: bool, reason: str, until: date | None, *, today: date) -> None:
    """Whoever accepts says until when; whoever does not says why."""
    if accepted:
        if until is None or not today <= until <= today + FARTHEST:
            raise DomainError("legalaid.day_unfit", field="until")
    else:
        known("reason", reason, tuple(Refusal))


def is_both_sides(
    *, for_us: Collection[bytes], against_us: Collection[bytes], marks: Mapping[Side, Collection[bytes]]
) -> bool:
    """Whether an office acts already for those this person is against, or against this person."""
    return bool(set(against_us) & set(marks[Side.FOR]) or set(for_us) & set(marks[Side.AGAINST]))


def check_day(on: date, *, today: date) -> None:
    if not today <= on <= today + FARTHEST:
        raise DomainError("legalaid.day_unfit", field="on")


def check_held(told: Held) -> None:
    """Refuses topics nobody offers, and more topics than could be asked about by so few."""
    for topic, number in told.topics.items():
        known("topics", topic, tuple(Topic))
        if number < 0:
            raise DomainError("legalaid.figure_unfit", field="topics")
    if told.women < 0 or told.men < 0:
        raise DomainError("legalaid.figure_unfit", field="women")


def check_session(told: NewSession, *, today: date) -> None:
    """Whoever did not come took no time."""
    known("kind", told.kind, tuple(Session))
    past("on", told.on, today)
    least, most = (1, LONGEST_SESSION) if told.came else (0, 0)
    if not least <= told.minutes <= most:
        raise DomainError("legalaid.minutes_unfit", field="minutes", most=LONGEST_SESSION)


def known(name: str, code: str, allowed: Collection[str]) -> None:
    if code not in allowed:
        raise DomainError("legalaid.not_an_answer", field=name)


def past(name: str, on: date, today: date) -> None:
    if on > today:
        raise DomainError("legalaid.day_to_come", field=name)


def not_long(name: str, words: str) -> None:
    if len(words) > LONGEST:
        raise DomainError("legalaid.too_long", field=name, most=LONGEST)


WAITING = "waiting"
_BANDS = ((0, "0"), (1, "1"), (3, "2-3"), (7, "4-7"), (30, "8-30"))


def band(asked: date, taken: date) -> str:
    """How long until an advocate took it, as figures tell it."""
    return next((name for most, name in _BANDS if (taken - asked).days <= most), "31+")
