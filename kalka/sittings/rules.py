"""What may stand on an agenda, who counts, what may be decided and what became of it. Pure."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from kalka.core.errors import DomainError, Stale

LONGEST = 300
MOST = 500  # of anything at one sitting
MOST_SOM = 1_000_000
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
FAR = timedelta(days=400)  # ahead
LONGEST_TERM = timedelta(days=730)
_SHARE = re.compile(r"(>)?(\d{1,3})/(\d{1,3})")


class Kind(StrEnum):
    VIOLENCE = "violence"  # on a fact of violence
    PLANNING = "planning"
    PREVENTION = "prevention"
    FOUNDING = "founding"


class Venue(StrEnum):
    """Where it sits. A list, so that nobody writes down whose house it was."""

    OKMOTU = "okmotu"
    SCHOOL = "school"
    HEALTH = "health"
    CLUB = "club"
    POLICE = "police"
    OTHER = "other"


class State(StrEnum):
    CALLED = "called"
    HELD = "held"
    CANCELLED = "cancelled"


class Why(StrEnum):
    """How a case came onto the agenda."""

    HAND = "hand"
    LATE = "late"  # a duty of it is late
    CONTACT = "contact"  # the next contact with the family is due
    FIRST = "first"  # a family the committee has not yet spoken of
    CARRIED = "carried"  # decided before, and not done


class Sort(StrEnum):
    """The record a measure makes beside its duty."""

    TASK = "task"
    REFERRAL = "referral"
    AID = "aid"
    ACTION = "action"


class How(StrEnum):
    """What became of a decision."""

    DONE = "done"
    REFUSED = "refused"  # the person did not want it
    IMPOSSIBLE = "impossible"


class Change(StrEnum):
    """What an addendum corrects. A decision itself is never rewritten."""

    TERM = "term"
    RESPONSIBLE = "responsible"
    WITHDRAWN = "withdrawn"


class Became(StrEnum):
    RUNNING = "running"
    LATE = "late"
    DONE = "done"
    NOT_DONE = "not_done"
    WITHDRAWN = "withdrawn"


class Quorum(StrEnum):
    UNSET = "unset"
    THERE = "there"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class NewSitting:
    kind: str
    at: datetime
    venue: str = Venue.OKMOTU


@dataclass(frozen=True, slots=True)
class NewItem:
    """A case by its code, or a topic; words of one's own only to a topic."""

    topic: str
    case_ref: str = ""
    why: str = Why.HAND
    words: str = field(default="", repr=False)

    @property
    def of_case(self) -> bool:
        return bool(self.case_ref)


@dataclass(frozen=True, slots=True)
class NewDecision:
    """`responsible`: a holding of the committee. `words`: never about a case."""

    measure: str
    responsible: int
    by: date
    som: int = 0
    words: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class NewPast:
    """A sitting out of a committee's own journal, in counts."""

    kind: str
    on: date
    venue: str = Venue.OKMOTU
    came: int = 0
    cases: int = 0
    decisions: int = 0
    done: int = 0


def check_past(told: NewPast, *, today: date) -> None:
    _known("kind", told.kind, list(Kind))
    _known("venue", told.venue, list(Venue))
    if not EARLIEST.date() <= told.on <= today:
        raise DomainError("sittings.day_unfit", field="on")
    for name in ("came", "cases", "decisions", "done"):
        if not 0 <= getattr(told, name) <= MOST:
            raise DomainError("sittings.count_unfit", field=name, most=MOST)
    if told.done > told.decisions:
        raise DomainError("sittings.more_done_than_decided", field="done")


def check_sitting(told: NewSitting, *, now: datetime) -> None:
    _known("kind", told.kind, list(Kind))
    _known("venue", told.venue, list(Venue))
    if not EARLIEST <= told.at <= now + FAR:
        raise DomainError("sittings.day_too_far", field="at")


def check_item(told: NewItem, *, topics: Collection[str], cases: Collection[str], there: Collection[str]) -> None:
    """`topics` and `cases`: what may be spoken of in general, and about a family. A case stands on an agenda once."""
    _known("topic", told.topic, cases if told.of_case else topics)
    _known("why", told.why, list(Why))
    if told.of_case and told.words.strip():
        raise DomainError("sittings.no_words_about_a_case", field="words")
    if told.of_case and told.case_ref in there:
        raise Stale("sittings.item_is_there", field="case_ref")
    _short(told.words)


def check_decision(
    told: NewDecision,
    *,
    about_case: bool,
    measures: Mapping[str, Sort],
    members: Collection[int],
    conflicted: Collection[int],
    on: date,
) -> None:
    """Refuses an unknown measure, somebody who is no member or declared a conflict, a day before the sitting, money
    where none is given, and words about a case."""
    _known("measure", told.measure, list(measures))
    if told.responsible in conflicted:
        raise DomainError("sittings.conflicted", field="responsible")
    _known("responsible", told.responsible, list(members))
    if not on <= told.by <= on + LONGEST_TERM:
        raise DomainError("sittings.term_out_of_reach", field="by")
    if about_case and told.words.strip():
        raise DomainError("sittings.no_words_about_a_case", field="words")
    if measures[told.measure] is Sort.AID:
        if not 1 <= told.som <= MOST_SOM:
            raise DomainError("sittings.som_missing", field="som")
    elif told.som:
        raise DomainError("sittings.not_an_answer", field="som")
    _short(told.words)


def check_change(change: str, *, by: date | None, responsible: int | None, first: date) -> None:
    """An addendum says one thing. `first`: the day the decision was taken on."""
    _known("change", change, list(Change))
    if change == Change.TERM and (by is None or not first <= by <= first + LONGEST_TERM):
        raise DomainError("sittings.term_out_of_reach", field="by")
    if change == Change.RESPONSIBLE and responsible is None:
        raise DomainError("sittings.not_an_answer", field="responsible")


def known(name: str, code: str, allowed: Collection[str]) -> None:
    _known(name, code, allowed)


def _known(name: str, code: object, allowed: Collection[object]) -> None:
    if code not in allowed:
        raise DomainError("sittings.not_an_answer", field=name)


def _short(words: str) -> None:
    if len(words) > LONGEST:
        raise DomainError("sittings.too_long", field="words", most=LONGEST)


@dataclass(frozen=True, slots=True)
class Share:
    """Of the members: at least so many of so many, or more than that."""

    of: int
    whole: int
    more: bool = False

    def reached(self, came: int, members: int) -> bool:
        """Nobody is no quorum, whatever the share."""
        have, need = came * self.whole, self.of * members
        return members > 0 and (have > need if self.more else have >= need)


def share_of(written: str) -> Share | None:
    """`1/2`, or `>1/2` for more than that. None for what cannot be counted: then nobody says whether it was reached."""
    found = _SHARE.fullmatch(written.strip())
    if found is None or not 0 < int(found[2]) <= int(found[3]):
        return None
    return Share(int(found[2]), int(found[3]), bool(found[1]))


@dataclass(frozen=True, slots=True)
class Present:
    """Who is a member and who came, as numbers; for an item whoever declared a conflict is neither."""

    came: int
    members: int
    quorum: Quorum


def present(
    came: Collection[int], members: Collection[int], share: Share | None, conflicted: Collection[int] = ()
) -> Present:
    """`share`: what the parameter sets; None while no act sets one, and then nothing is reached or missed."""
    counted = set(members) - set(conflicted)
    there = len(set(came) & counted)
    if share is None:
        return Present(there, len(counted), Quorum.UNSET)
    return Present(there, len(counted), Quorum.THERE if share.reached(there, len(counted)) else Quorum.MISSED)


def became(by: date, how: str, withdrawn: bool, *, today: date) -> Became:
    """The day itself is still in time."""
    if withdrawn:
        return Became.WITHDRAWN
    if how:
        return Became.DONE if how == How.DONE else Became.NOT_DONE
    return Became.LATE if today > by else Became.RUNNING
