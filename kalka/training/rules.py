"""What a programme, a course and those who took part may say, and who is due again. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kalka.core.errors import DomainError
from kalka.people.rules import BANDS

LONGEST, LONGEST_NAME = 500, 120
MOST_DAYS, MOST_HOURS, MOST = 30, 400, 5_000
MOST_RESULTS = 500
MOST_MONTHS = 120
EARLIEST = date(2010, 1, 1)
SEXES = ("f", "m", "unknown")
BOUNDS = ("", "over", "least")  # the source gave the number, "more than" it, "at least" it
ADULTS = tuple(band for band in BANDS if band not in ("0-6", "7-13"))


class Series(StrEnum):
    """A training; a seminar on the rights of women and girls with disabilities; an interagency seminar-meeting, whose
    output is a plan of the region."""

    TRAINING = "training"
    DISABILITY = "disability"
    INTERAGENCY = "interagency"


class Kind(StrEnum):
    """Those who took part, as the project reported them."""

    STATE = "state"
    MUNICIPAL = "municipal"
    NGO = "ngo"
    ACTIVIST = "activist"


class Sector(StrEnum):
    POLICE = "police"
    PROSECUTION = "prosecution"
    COURT = "court"
    BAR = "bar"
    SOCIAL = "social"
    HEALTH = "health"
    EDUCATION = "education"
    SELF_GOVERNMENT = "self_government"
    ADMINISTRATION = "administration"
    CIVIL = "civil"
    MEDIA = "media"
    OTHER = "other"
    UNKNOWN = "unknown"


class Position(StrEnum):
    """The post somebody has there; a gender focal point and the head of one are told apart from others."""

    HEAD = "head"
    SPECIALIST = "specialist"
    FOCAL = "focal"
    FOCAL_HEAD = "focal_head"
    DEPUTY = "deputy"
    MEMBER = "member"
    OTHER = "other"
    UNKNOWN = "unknown"


class Part(StrEnum):
    """A gender focal point of a body, or the head whom the focal point works under."""

    FOCAL = "focal"
    HEAD = "head"


class Disability(StrEnum):
    SIGHT = "sight"
    HEARING = "hearing"
    MOVEMENT = "movement"
    MIND = "mind"
    LEARNING = "learning"
    SEVERAL = "several"


class Access(StrEnum):
    """What the place and the day had, so that everybody could take part."""

    RAMP = "ramp"
    TOILET = "toilet"
    SIGN = "sign"
    LARGE = "large"
    EASY = "easy"
    TRANSPORT = "transport"
    ASSISTANT = "assistant"


class Why(StrEnum):
    MISTAKE = "mistake"
    TWICE = "twice"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class NewProgramme:
    series: str
    name: Mapping[str, str]
    hours: int = 0  # of the whole; 0: not said
    partners: tuple[str, ...] = ()
    project: str = ""


@dataclass(frozen=True, slots=True)
class NewCourse:
    """`days` counts from `on`. `meeting`: together with a meeting on policy and information."""

    place: str
    on: date
    days: int = 1
    meeting: bool = False
    partners: tuple[str, ...] = ()
    disabilities: tuple[str, ...] = ()
    access: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NewName:
    """A telephone beside a name is what tells one person in two courses. Without one it is a participation."""

    name: str = field(repr=False)
    phone: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class NewEntry:
    """So many of one kind. With names the number is theirs; `bound`: "over" where the source says "more than"."""

    kind: str
    sex: str = "unknown"
    number: int = 0
    sector: str = Sector.UNKNOWN
    position: str = Position.UNKNOWN
    band: str = "unknown"
    bound: str = ""
    names: tuple[NewName, ...] = field(default=(), repr=False)

    @property
    def count(self) -> int:
        return len(self.names) or self.number


@dataclass(frozen=True, slots=True)
class NewTests:
    """Results in per cent, whose nobody says. `whole`: in place of all that was written before."""

    before: tuple[int, ...] = ()
    after: tuple[int, ...] = ()
    whole: bool = True


@dataclass(frozen=True, slots=True)
class NewMeasure:
    """`responsible`: a subject of the law."""

    words: str = field(repr=False)
    responsible: str
    by: date


@dataclass(frozen=True, slots=True)
class NewFocal:
    part: str
    organisation_id: int
    since: date
    name: str = field(default="", repr=False)


def known(name: str, code: str, allowed: Collection[str]) -> None:
    if code not in allowed:
        raise DomainError("training.not_an_answer", field=name)


def within(name: str, number: int, least: int, most: int) -> None:
    if not least <= number <= most:
        raise DomainError("training.number_outside", field=name, least=least, most=most)


def short(name: str, words: str, most: int = LONGEST_NAME) -> None:
    if len(words) > most:
        raise DomainError("training.too_long", field=name, most=most)


def check_programme(told: NewProgramme) -> None:
    """Refuses one without a name in Kyrgyz."""
    known("series", told.series, tuple(Series))
    if not told.name.get("ky", "").strip():
        raise DomainError("training.name_missing", field="name")
    for words in told.name.values():
        short("name", words, 200)
    within("hours", told.hours, 0, MOST_HOURS)
    short("project", told.project)
    _check_partners(told.partners)


def check_course(told: NewCourse, *, today: date) -> None:
    """A course may be entered before it is held: it counts from the day it is."""
    within("days", told.days, 1, MOST_DAYS)
    if not EARLIEST <= told.on or told.on.year > today.year + 2:
        raise DomainError("training.day_unlikely", field="on")
    for one in told.disabilities:
        known("disabilities", one, tuple(Disability))
    for one in told.access:
        known("access", one, tuple(Access))
    _check_partners(told.partners)


def _check_partners(partners: Sequence[str]) -> None:
    within("partners", len(partners), 0, 12)
    for one in partners:
        short("partners", one)


def check_entry(told: NewEntry) -> None:
    """Refuses nobody, and names beside another number."""
    known("kind", told.kind, tuple(Kind))
    known("sex", told.sex, SEXES)
    known("sector", told.sector, tuple(Sector))
    known("position", told.position, tuple(Position))
    known("band", told.band, ADULTS)
    known("bound", told.bound, BOUNDS)
    if told.names and told.number not in (0, len(told.names)):
        raise DomainError("training.names_and_number", field="number", names=len(told.names))
    if told.names and told.bound:
        raise DomainError("training.names_and_number", field="bound", names=len(told.names))
    within("number", told.count, 1, MOST)
    for one in told.names:
        if not one.name.strip():
            raise DomainError("training.name_missing", field="names")
        short("names", one.name)


def check_tests(told: NewTests) -> None:
    if not told.before and not told.after:
        raise DomainError("training.nothing_told", field="before")
    for name, results in (("before", told.before), ("after", told.after)):
        within(name, len(results), 0, MOST_RESULTS)
        for one in results:
            within(name, one, 0, 100)


def check_measure(told: NewMeasure, *, subjects: Collection[str], on: date) -> None:
    """Refuses a term before the meeting that agreed on it."""
    if not told.words.strip():
        raise DomainError("training.nothing_told", field="words")
    short("words", told.words, LONGEST)
    known("responsible", told.responsible, subjects)
    if told.by < on:
        raise DomainError("training.term_before", field="by")


def check_focal(told: NewFocal, *, organisations: Collection[int], today: date) -> None:
    known("part", told.part, tuple(Part))
    if told.organisation_id not in organisations:
        raise DomainError("training.not_an_answer", field="organisation")
    past("since", told.since, today)
    short("name", told.name)


def past(name: str, on: date, today: date) -> None:
    if on > today:
        raise DomainError("training.day_to_come", field=name)
