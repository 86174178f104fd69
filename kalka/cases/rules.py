"""What may happen to a case, who may speak in it, and how an incident is classed. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from kalka.core.errors import DomainError, Stale

# Roles that see to it that a case goes on: its code and its duties are enough for them.
OVERSEERS = ("window_coordinator", "supervising_officer")


class Kind(StrEnum):
    VIOLENCE = "violence"
    AT_RISK = "at_risk"


class Stage(StrEnum):
    OPEN = "open"
    FOLLOW_UP = "follow_up"
    CLOSED = "closed"


STEPS: Mapping[Stage, frozenset[Stage]] = {
    Stage.OPEN: frozenset({Stage.FOLLOW_UP, Stage.CLOSED}),
    Stage.FOLLOW_UP: frozenset({Stage.OPEN, Stage.CLOSED}),
    Stage.CLOSED: frozenset({Stage.OPEN}),
}


def step(now: Stage, to: Stage) -> Stage:
    """Refuses with `cases.no_such_step`, which names the steps allowed."""
    if to not in STEPS[now]:
        raise Stale("cases.no_such_step", now=now.value, to=to.value, allowed=sorted(STEPS[now]))
    return to


class Part(StrEnum):
    PROTECTED = "protected"
    ALLEGED = "alleged"
    CHILD = "child"  # present at the violence: a victim
    GUARDIAN = "guardian"
    OTHER = "other"


class GbvType(StrEnum):
    RAPE = "rape"
    SEXUAL_ASSAULT = "sexual_assault"
    PHYSICAL_ASSAULT = "physical_assault"
    FORCED_MARRIAGE = "forced_marriage"
    DENIAL = "denial_of_resources"
    PSYCHOLOGICAL = "psychological_abuse"


# The decision order of GBVIMS: the first question answered "yes" gives the type.
QUESTIONS: tuple[tuple[str, GbvType], ...] = (
    ("penetration", GbvType.RAPE),
    ("sexual_contact", GbvType.SEXUAL_ASSAULT),
    ("physical", GbvType.PHYSICAL_ASSAULT),
    ("forced_marriage", GbvType.FORCED_MARRIAGE),
    ("resources", GbvType.DENIAL),
    ("psychological", GbvType.PSYCHOLOGICAL),
)
ANSWERS = ("yes", "no", "unknown")


@dataclass(frozen=True, slots=True)
class Classed:
    """`certain` is False where a question that could still decide was not answered: unknown is never no."""

    type: GbvType | None
    certain: bool


def gbvims_type(answers: Mapping[str, str]) -> Classed:
    """One type an incident, the first "yes" in order. Refuses a question or an answer it does not know."""
    known({"answers": answers.keys()}, [question for question, _ in QUESTIONS])
    known({"answers": answers.values()}, ANSWERS)
    certain = True
    for question, kind in QUESTIONS:
        answer = answers.get(question, "unknown")
        if answer == "yes":
            return Classed(kind, certain)
        certain = certain and answer == "no"
    return Classed(None, certain)


CONTEXTS = (
    "intimate_partner",
    "child_sexual_abuse",
    "child_marriage",
    "bride_kidnapping",  # ала качуу
    "trafficking",
    "sexual_exploitation",
    "harmful_tradition",
    "in_laws",
    "elder_abuse",
)
SIGNS = ("weapon", "threat_to_kill")  # after which a weapon is looked for at once
PRECISIONS = ("day", "month", "year", "reported")  # "reported": only the day it was told is known
MOST_CHILDREN = 30
EARLIEST = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class NewIncident:
    """What was told of one incident. `amends` names the earlier record it completes; nothing is overwritten."""

    on: date
    precision: str = "day"
    place: str = ""
    forms: tuple[str, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    contexts: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()  # of danger to life; what is not named is not known, never "no"
    what: str = ""
    where: str = ""
    when_words: str = ""
    alleged: tuple[UUID, ...] = ()  # participants
    children: tuple[UUID, ...] = ()  # participants who were present
    unnamed_children: int = 0  # present, and nothing else is known of them yet
    amends: UUID | None = None
    first: bool = False  # as the report told it: it may say nothing at all


def check_incident(told: NewIncident, *, forms: Collection[str], today: date) -> None:
    """`forms` are those the law book lists for the day. Refuses a future day, an unlisted form, an unknown code."""
    past(told.on, today=today)
    if set(told.forms) - set(forms):
        raise DomainError("cases.form_not_known_then", field="forms", on=told.on, allowed=forms)
    known({"contexts": told.contexts}, CONTEXTS)
    known({"signs": told.signs}, SIGNS)
    known({"precision": [told.precision]}, PRECISIONS)
    if not 0 <= told.unnamed_children <= MOST_CHILDREN:
        raise DomainError("cases.too_many_children", field="unnamed_children", most=MOST_CHILDREN)
    if not (told.first or told.forms or told.signs or told.what.strip()):
        raise DomainError("cases.incident_is_empty", field="what")


def past(on: date, *, today: date, field: str = "on") -> None:
    if on > today:
        raise DomainError("cases.day_in_future", field=field, today=today)
    if on < EARLIEST:
        raise DomainError("cases.day_too_early", field=field, earliest=EARLIEST)


def known(given: Mapping[str, Iterable[str]], allowed: Collection[str]) -> None:
    """Refuses with `cases.unknown_code`, naming the field, a code that is not on the list."""
    for name, codes in given.items():
        if set(codes) - set(allowed):
            raise DomainError("cases.unknown_code", field=name)


@dataclass(frozen=True, slots=True)
class Cast:
    """Who takes part in a case, in which parts: what the rules of speaking are decided on."""

    parts: frozenset[tuple[UUID, Part]]

    def persons(self, part: Part) -> frozenset[UUID]:
        return frozenset(person for person, played in self.parts if played is part)

    def may_speak(self, person: UUID) -> bool:
        """The protected person, and a guardian who is not said to have done it.

        A guardian who is an alleged perpetrator loses consent, notice and view, from the moment it is said.
        """
        alleged = self.persons(Part.ALLEGED)
        return person in (self.persons(Part.PROTECTED) | self.persons(Part.GUARDIAN)) - alleged


def check_part(cast: Cast, person: UUID, part: Part) -> None:
    """One protected person a case; nobody is protected from oneself; nobody has one part twice."""
    if (person, part) in cast.parts:
        raise DomainError("cases.has_this_part", field="person")
    if part is Part.PROTECTED and cast.persons(Part.PROTECTED):
        raise DomainError("cases.one_protected_person", field="part")
    opposite = {Part.PROTECTED: Part.ALLEGED, Part.ALLEGED: Part.PROTECTED}.get(part)
    if opposite and (person, opposite) in cast.parts:
        raise DomainError("cases.not_both_sides", field="part")


PURPOSES = ("social", "medical", "psychological", "legal", "shelter", "material", "committee", "programme")
LONGEST_CONSENT_DAYS = 366


@dataclass(frozen=True, slots=True)
class NewConsent:
    """The person agrees that one organisation may know, for one purpose, until the end of a day."""

    organisation_id: int
    purpose: str
    given_by: UUID  # the protected person or whoever may speak for them
    until: date
    scope: str = "duties"  # or "file"


def check_consent(told: NewConsent, cast: Cast, *, today: date) -> None:
    known({"purpose": [told.purpose]}, PURPOSES)
    known({"scope": [told.scope]}, ("duties", "file"))
    if told.given_by in cast.persons(Part.ALLEGED):
        raise DomainError("cases.representative_is_alleged", field="given_by")
    if not cast.may_speak(told.given_by):
        raise DomainError("cases.may_not_consent", field="given_by")
    if told.until < today:
        raise DomainError("cases.consent_already_over", field="until", today=today)
    if (told.until - today).days > LONGEST_CONSENT_DAYS:
        raise DomainError("cases.consent_too_long", field="until", days=LONGEST_CONSENT_DAYS)


class Circle(StrEnum):
    TEAM = "team"
    PSYCHOLOGIST = "psychologist"
    LAWYER = "lawyer"
    MEDICAL = "medical"


_CLOSED_CIRCLE = {
    "psychologist": Circle.PSYCHOLOGIST,
    "lawyer": Circle.LAWYER,
    "health_worker": Circle.MEDICAL,
}


def circles(role: str) -> tuple[Circle, ...]:
    """Whose notes a role may write: everybody the team's, a profession with a secret its own as well."""
    own = _CLOSED_CIRCLE.get(role)
    return (own, Circle.TEAM) if own else (Circle.TEAM,)


@dataclass(frozen=True, slots=True)
class NewNote:
    circle: Circle
    text: str
    readers: tuple[int, ...] = ()  # posts of the author's organisation; for a closed circle alone


DEMANDERS = ("investigator", "court", "prosecutor", "advocate", "other")


@dataclass(frozen=True, slots=True)
class NewDemand:
    """A paper that asks for a note. It is written down and opens nothing by itself."""

    who: str
    on: date
    ground: str
    note: UUID | None = None


class Saying(StrEnum):
    """What does not end the protection of anybody."""

    WITHDRAWAL = "withdrawal"
    RECONCILIATION = "reconciliation"
    AKSAKAL_HEARING = "aksakal_hearing"


@dataclass(frozen=True, slots=True)
class NewWord:
    kind: Saying
    on: date
    told: str = ""


MEMBER_WHYS = ("opened", "responsible", "coordinates", "child", "works", "handed_over")
