"""What an event may say of itself: its kind, its figures, who it was held with. Pure."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kalka.core.errors import DomainError

EARLIEST = date(2000, 1, 1)
MOST = 1_000_000
LONGEST, LINE = 4000, 120
MOST_PARTNERS, MOST_NAMES = 12, 500
GRADES = (8, 9, 10, 11)
SEXES = ("f", "m", "unknown")
BANDS = ("0-13", "14-17", "18-34", "35-59", "60+", "unknown")


class Kind(StrEnum):
    MEETING = "meeting"
    PARENTS = "parents"
    CLASS = "class"
    HOUSEHOLDS = "households"
    GROUP = "group"  # of a messenger: figures alone
    PRESS = "press"
    APPEARANCE = "appearance"
    CAMPAIGN = "campaign"
    ACTION = "action"
    LAWYERS = "lawyers"  # an outreach day of state-guaranteed legal aid
    PSYCHOLOGISTS = "psychologists"  # an outreach day of a crisis centre


# Who was at home and what was said in a group is nobody's to keep: no words, no roll, no photo.
NUMBERS_ONLY = frozenset({Kind.HOUSEHOLDS, Kind.GROUP})


class Bound(StrEnum):
    """How a figure is meant: as it stands, more than that, that or more."""

    EXACT = ""
    OVER = "over"
    LEAST = "least"


class LegalTopic(StrEnum):
    VIOLENCE = "violence"
    FAMILY = "family"
    CHILDREN = "children"
    PROPERTY = "property"
    BENEFITS = "benefits"
    DOCUMENTS = "documents"
    OTHER = "other"


class MindTopic(StrEnum):
    """What a psychologist was asked about."""

    VIOLENCE = "mind_violence"
    RELATIONS = "mind_relations"
    CHILDREN = "mind_children"
    GRIEF = "mind_grief"
    ADDICTION = "mind_addiction"
    OTHER = "mind_other"


TOPICS: Mapping[str, tuple[str, ...]] = {
    Kind.LAWYERS: tuple(LegalTopic),
    Kind.PSYCHOLOGISTS: tuple(MindTopic),
}


class From(StrEnum):
    LOCAL = "local"
    INTERNATIONAL = "international"


class Withdrawn(StrEnum):
    TWICE = "twice"
    MISTAKEN = "mistaken"
    NOT_HELD = "not_held"


class PhotoState(StrEnum):
    WAITING = "waiting"  # for her word; nobody else sees it
    KEPT = "kept"
    GONE = "gone"  # its picture is destroyed


@dataclass(frozen=True, slots=True)
class Partner:
    name: str
    whence: str = From.LOCAL


@dataclass(frozen=True, slots=True)
class NewEvent:
    """`times`: how many meetings, homes, groups or publications it stands for; `people` None: nobody counted."""

    kind: str
    on: date
    place: str
    times: int = 1
    times_bound: str = Bound.EXACT
    people: int | None = None
    people_bound: str = Bound.EXACT
    reach: Mapping[tuple[str, str], int] = field(default_factory=dict)  # sex and age band → how many
    topics: Mapping[str, int] = field(default_factory=dict)  # of an outreach day: consultations
    grades: tuple[int, ...] = ()
    partners: tuple[Partner, ...] = ()
    told: str = field(default="", repr=False)


def check_event(told: NewEvent, *, today: date) -> None:
    """Refuses at its field what cannot be: unknown codes, a day to come, parts that are more than the whole."""
    known("kind", told.kind, list(Kind))
    if not EARLIEST <= told.on <= today:
        raise DomainError("prevention.day_unfit", field="on")
    _figure("times", told.times, told.times_bound, least=1)
    if told.people is not None:
        _figure("people", told.people, told.people_bound)
    elif told.people_bound:
        raise DomainError("prevention.bound_of_nothing", field="people")
    _parts(told)
    _topics(told)
    if told.grades and (told.kind != Kind.CLASS or not set(told.grades) <= set(GRADES)):
        raise DomainError("prevention.not_an_answer", field="grades")
    _partners(told.partners)
    if told.told.strip():
        check_more_than_numbers(told.kind, "told")
    if len(told.told) > LONGEST:
        raise DomainError("prevention.too_long", field="told", most=LONGEST)


def check_more_than_numbers(kind: str, field: str) -> None:
    if kind in NUMBERS_ONLY:
        raise DomainError("prevention.numbers_only", field=field)


def known(name: str, code: str, allowed: Collection[str]) -> None:
    if code not in allowed:
        raise DomainError("prevention.not_an_answer", field=name)


def _figure(name: str, number: int, bound: str, *, least: int = 0) -> None:
    known(f"{name}_bound", bound, list(Bound))
    if not least <= number <= MOST:
        raise DomainError("prevention.figure_unfit", field=name, least=least, most=MOST)


def _parts(told: NewEvent) -> None:
    for (sex, band), number in told.reach.items():
        known("reach", sex, SEXES)
        known("reach", band, BANDS)
        _figure("reach", number, Bound.EXACT)
    if not sum(told.reach.values()):
        return
    if told.people is None:
        raise DomainError("prevention.parts_of_nothing", field="people")
    if not told.people_bound and sum(told.reach.values()) > told.people:
        raise DomainError("prevention.parts_exceed", field="people", parts=sum(told.reach.values()))


def _topics(told: NewEvent) -> None:
    asked = TOPICS.get(told.kind, ())
    for topic, number in told.topics.items():
        known("topics", topic, asked)
        _figure(f"topic_{topic}", number, Bound.EXACT)


def _partners(partners: tuple[Partner, ...]) -> None:
    if len(partners) > MOST_PARTNERS:
        raise DomainError("prevention.too_many_partners", field="partners", most=MOST_PARTNERS)
    for one in partners:
        where = "partners" if one.whence == From.LOCAL else "partners_abroad"
        known(where, one.whence, list(From))
        if not one.name.strip() or len(one.name) > LINE:
            raise DomainError("prevention.partner_unfit", field=where, most=LINE)
        if holds_number(one.name):
            raise DomainError("prevention.no_numbers_of_people", field=where)


_LONG_NUMBER = re.compile(r"(?:\d[\s().-]{0,2}){9,}")


def holds_number(text: str) -> bool:
    """A telephone or a personal number: it has no place beside the name of an organisation."""
    return _LONG_NUMBER.search(text) is not None


def names_of(text: str) -> tuple[str, ...]:
    """A name a line, as they stand on the paper. Refuses none at all, and more than a hall holds."""
    names = tuple(" ".join(line.split()) for line in text.splitlines() if line.strip())
    if not names:
        raise DomainError("prevention.nobody_on_roll", field="names")
    if len(names) > MOST_NAMES or any(len(name) > LINE for name in names):
        raise DomainError("prevention.roll_too_long", field="names", most=MOST_NAMES, letters=LINE)
    return names


@dataclass(frozen=True, slots=True)
class Total:
    """A sum of figures: a lower bound as soon as one of them is."""

    number: int
    bound: str

    @classmethod
    def of(cls, figures: Collection[tuple[int, str]]) -> "Total":
        bounds = {bound for _number, bound in figures if bound}
        bound = Bound.OVER if Bound.OVER in bounds else Bound.LEAST if bounds else Bound.EXACT
        return cls(sum(number for number, _bound in figures), bound)


# A photo: a grid of places one can touch with a thumb


COLUMNS, ROWS = 6, 6


def places_marked(chosen: Collection[str]) -> tuple[tuple[int, int], ...]:
    """Row and column of each place, as the page numbers them: "3-1"."""
    found = []
    for one in chosen:
        row, _dash, column = one.partition("-")
        if not (row.isdecimal() and column.isdecimal() and int(row) < ROWS and int(column) < COLUMNS):
            raise DomainError("prevention.not_an_answer", field="marks")
        found.append((int(row), int(column)))
    return tuple(sorted(set(found)))
