"""Goals, actions, the safety plan, follow-up, and how she stands before and after."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from kalka.core.errors import DomainError

SHORT, LONGEST = 500, 2000
FARTHEST = timedelta(days=366)  # nobody plans an action for later
SECTIONS = ("home", "leaving", "after", "phone", "children", "codeword")


class Area(StrEnum):
    """What a goal is about. The same codes as the needs of the directory of help."""

    SAFETY = "safety"
    HEALTH = "health"
    PSYCHOLOGICAL = "psychological"
    LEGAL = "legal"
    SOCIAL = "social"
    CHILDREN = "children"
    HOME = "home"
    DOCUMENTS = "documents"
    WORK = "work"
    MONEY = "money"


AREAS = tuple(Area)


class Met(StrEnum):
    """How a goal ended, as she says."""

    REACHED = "reached"
    PARTLY = "partly"
    DROPPED = "dropped"  # she does not want it any more: her choice, kept


TAKEN_BACK = "taken_back"  # of what a committee decided: it corrected its decision; nobody says it of an action


class Done(StrEnum):
    """How an action ended."""

    DONE = "done"
    NOT_POSSIBLE = "not_possible"
    NOT_WANTED = "not_wanted"


class Channel(StrEnum):
    CALL = "call"
    MEETING = "meeting"
    MESSAGE = "message"
    VISIT = "visit"


class Reached(StrEnum):
    """What came of a contact by her safe way."""

    SPOKE = "spoke"
    NO_ANSWER = "no_answer"
    NOT_SAFE = "not_safe"  # somebody else answered, or she could not speak
    DECLINED = "declined"  # she said that she wants no more contact


class Moment(StrEnum):
    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


SCALES = ("safe", "home", "money", "people", "health")  # 1 very bad … 4 good; 0 nobody asked
BEST = 4


@dataclass(frozen=True, slots=True)
class NewAction:
    owner: int  # a post of the team
    by: date
    what: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class NewContact:
    on: date
    channel: str
    reached: str
    next_on: date | None = None
    told: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class NewOutcome:
    moment: str
    safe: int = 0
    home: int = 0
    money: int = 0
    people: int = 0
    health: int = 0

    def scores(self) -> dict[str, int]:
        return {scale: int(getattr(self, scale)) for scale in SCALES}


def check_goal(area: str, words: str) -> None:
    known("area", area, AREAS)
    worded("words", words, most=SHORT)


def check_action(told: NewAction, *, team: Collection[int], today: date) -> None:
    """Refuses a post that does not work on the case, and a day that is past or more than a year away."""
    worded("what", told.what, most=SHORT)
    if told.owner not in team:
        raise DomainError("support.owner_not_in_team", field="owner")
    if not today <= told.by <= today + FARTHEST:
        raise DomainError("support.day_unfit", field="by")


def check_done(how: str, note: str) -> None:
    """Whoever could not do it says why."""
    known("how", how, tuple(Done))
    if how == Done.DONE:
        not_long("note", note)
    else:
        worded("note", note, most=LONGEST)


def check_safety(told: Mapping[str, str]) -> None:
    if not any(told.get(section, "").strip() for section in SECTIONS):
        raise DomainError("support.nothing_written", field=SECTIONS[0])
    for section in told:
        known(section, section, SECTIONS)
        not_long(section, told[section])


def check_contact(told: NewContact, *, today: date) -> None:
    """Refuses a contact still to come, and a next one that is not."""
    known("channel", told.channel, tuple(Channel))
    known("reached", told.reached, tuple(Reached))
    past("on", told.on, today)
    if told.next_on is not None and not today < told.next_on <= today + FARTHEST:
        raise DomainError("support.day_unfit", field="next_on")
    if told.next_on is not None and told.reached == Reached.DECLINED:
        raise DomainError("support.she_declined", field="next_on")
    not_long("told", told.told)


def check_outcome(told: NewOutcome) -> None:
    known("moment", told.moment, tuple(Moment))
    scores = told.scores()
    for scale, score in scores.items():
        if not 0 <= score <= BEST:
            raise DomainError("support.not_an_answer", field=scale)
    if not any(scores.values()):
        raise DomainError("support.nothing_written", field=SCALES[0])


def known(name: str, code: str, allowed: Collection[str]) -> None:
    if code not in allowed:
        raise DomainError("support.not_an_answer", field=name)


def past(name: str, on: date, today: date) -> None:
    if on > today:
        raise DomainError("support.day_to_come", field=name)


def worded(name: str, words: str, *, most: int = LONGEST, least: int = 1) -> None:
    if len(words.strip()) < least:
        raise DomainError("support.say_more", field=name, least=least)
    not_long(name, words, most=most)


def not_long(name: str, words: str, *, most: int = LONGEST) -> None:
    if len(words) > most:
        raise DomainError("support.too_long", field=name, most=most)
