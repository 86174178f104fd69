"""What a committee is founded on, who holds which office, what it may plan, and when it counts as asleep. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from kalka.core.errors import DomainError

NUMBER = 40  # letters of the number of an act
NAME, PHONE = 120, 24
MOST = 100_000  # of anything a committee plans in a year
FIRST_YEAR = 2003  # the first law on violence in the family


class Region(StrEnum):
    NORTH = "north"
    SOUTH = "south"
    OTHER = "other"


class Approver(StrEnum):
    """Whoever approves a committee and its plan: both must."""

    HEAD = "head"
    KENESH = "kenesh"


class Answer(StrEnum):
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Office(StrEnum):
    CHAIR = "chair"
    DEPUTY = "deputy"
    SECRETARY = "secretary"
    MEMBER = "member"


SINGLE = (Office.CHAIR, Office.SECRETARY)  # one at a time


class Handed(StrEnum):
    """What goes from hand to hand with an office."""

    REGISTER = "register"
    PAPERS = "papers"
    STAMP = "stamp"
    PLAN = "plan"
    DEVICE = "device"
    ACCESS = "access"  # the old sign-in was shut


class Channel(StrEnum):
    """How a member may be reached."""

    PERSON = "person"
    CALL = "call"
    SMS = "sms"
    WHATSAPP = "whatsapp"


class Hours(StrEnum):
    ANY = "any"
    WORK = "work"
    EVENING = "evening"


class Work(StrEnum):
    """What shows that a committee is awake."""

    SITTING = "sitting"
    CONTACT = "contact"
    EVENT = "event"


class Target(StrEnum):
    """Own work alone: nobody plans families, or violence that is to be found."""

    SITTINGS = "sittings"
    CONTACTS = "contacts"
    EVENTS = "events"
    PEOPLE = "people"
    TRAINED = "trained"
    MATERIALS = "materials"


class State(StrEnum):
    HAS = "has"
    SLEEPING = "sleeping"
    LACKS = "lacks"


@dataclass(frozen=True, slots=True)
class Founding:
    """On whose proposal and for how long. What nobody said stays unknown; it is never taken for a no."""

    since: date
    until: date | None = None  # the last day of its term
    proposed_on: date | None = None
    proposal: str = ""  # number of the paper
    no_earlier: str = Answer.UNKNOWN  # nothing like it was there before
    no_other: str = Answer.UNKNOWN  # no other international organisation supports one there
    project: str = ""  # id


@dataclass(frozen=True, slots=True)
class Approval:
    by: str
    on: date
    number: str = ""


@dataclass(frozen=True, slots=True)
class NewProject:
    """Names in the three languages; `supporters` by region."""

    name: Mapping[str, str]
    donor: Mapping[str, str]
    since: date
    until: date | None = None
    supporters: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Card:
    """How a member works and may be reached. `discreet`: the committee is not named when calling."""

    on_paper: bool = False
    channel: str = Channel.CALL
    hours: str = Hours.ANY
    discreet: bool = False
    phone: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class NewMember:
    name: str = field(repr=False)
    category: str
    since: date
    office: str = Office.MEMBER
    card: Card = Card()
    signed_on: date | None = None  # that the member keeps silent


@dataclass(frozen=True, slots=True)
class Known:
    """Who answers for a subject of the law here, in the committee's own words."""

    name: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)


def check_founding(told: Founding, *, today: date) -> None:
    """Refuses a term that ends before it begins, a day to come, and a proposal later than the founding."""
    if told.since > today:
        raise DomainError("committees.day_to_come", field="since")
    if told.until is not None and told.until < told.since:
        raise DomainError("committees.ends_before_it_begins", field="until")
    if told.proposed_on is not None and told.proposed_on > told.since:
        raise DomainError("committees.proposed_after_founding", field="proposed_on")
    _known("no_earlier", told.no_earlier, list(Answer))
    _known("no_other", told.no_other, list(Answer))
    short("proposal", told.proposal, NUMBER)


def check_approval(told: Approval, *, today: date) -> None:
    _known("by", told.by, list(Approver))
    if told.on > today:
        raise DomainError("committees.day_to_come", field="on")
    short("number", told.number, NUMBER)


def check_project(told: NewProject, languages: Collection[str]) -> None:
    for name, words in (("name", told.name), ("donor", told.donor), *told.supporters.items()):
        if set(words) != set(languages) or not all(text.strip() for text in words.values()):
            raise DomainError("committees.words_missing", field=name)
    if not set(told.supporters) <= set(Region):
        raise DomainError("committees.not_an_answer", field="supporters")
    if told.until is not None and told.until < told.since:
        raise DomainError("committees.ends_before_it_begins", field="until")


def check_member(told: NewMember, categories: Collection[str], *, today: date) -> None:
    if not told.name.strip():
        raise DomainError("committees.name_missing", field="name")
    short("name", told.name, NAME)
    _known("category", told.category, categories)
    _known("office", told.office, list(Office))
    if told.since > today:
        raise DomainError("committees.day_to_come", field="since")
    if told.signed_on is not None and told.signed_on > today:
        raise DomainError("committees.day_to_come", field="signed_on")
    check_card(told.card)


def check_card(card: Card) -> None:
    _known("channel", card.channel, list(Channel))
    _known("hours", card.hours, list(Hours))
    short("phone", card.phone, PHONE)


def check_known(told: Known) -> None:
    short("name", told.name, NAME)
    short("phone", told.phone, PHONE)


def check_plan(year: int, targets: Mapping[str, int], *, today: date) -> None:
    """Refuses whatever is not the committee's own work, and a year that is long past or far ahead."""
    if not FIRST_YEAR <= year <= today.year + 1:
        raise DomainError("committees.not_an_answer", field="year")
    for code, count in targets.items():
        _known(code, code, list(Target))
        if not 0 <= count <= MOST:
            raise DomainError("committees.not_an_answer", field=code)


def short(name: str, text: str, most: int) -> None:
    if len(text) > most:
        raise DomainError("committees.too_long", field=name, most=most)


def _known(name: str, code: str, allowed: Collection[str]) -> None:
    if code not in allowed:
        raise DomainError("committees.not_an_answer", field=name)


def runs(since: date, until: date | None, on: date) -> bool:
    return since <= on and (until is None or on <= until)


def overlap(since: date, until: date | None, other_since: date, other_until: date | None) -> bool:
    return (until is None or other_since <= until) and (other_until is None or since <= other_until)


def state(since: date, until: date | None, worked: date | None, *, on: date, asleep_after: int) -> State:
    """Asleep: no work of its own was written down for so many days. A new one has the same days to begin."""
    if not runs(since, until, on):
        return State.LACKS
    last = max(since, worked) if worked else since
    return State.SLEEPING if on - last > timedelta(days=asleep_after) else State.HAS


class Step(StrEnum):
    """The first-run guide, in its order."""

    FOUNDING = "founding"
    APPROVALS = "approvals"
    MEMBERS = "members"
    OFFICES = "offices"
    UNDERTAKINGS = "undertakings"
    WHO = "who"
    PLAN = "plan"
    SITTING = "sitting"


NEEDED = (Step.FOUNDING, Step.MEMBERS, Step.OFFICES, Step.SITTING)  # a sitting can be held before the rest is done


def next_step(done: Collection[Step]) -> Step | None:
    """What is needed for a first sitting comes first; the rest follows in its order."""
    needed = (one for one in NEEDED if one not in done)
    return next(needed, None) or next((one for one in Step if one not in done), None)
