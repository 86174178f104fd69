"""What may be written down of a body and of a child, what hours tell, and who may take a report back. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from kalka.core.errors import DomainError

LONG, SHORT = 4000, 200
MOST_INJURIES, MOST_PHOTOS = 20, 6
HOUR = timedelta(hours=1)
LONG_AGO = timedelta(days=3650)


class Kind(StrEnum):
    CLINIC = "clinic"
    SCHOOL = "school"


# The regions of the body chart; "_back" is the side one does not see oneself.
REGIONS = (
    "head", "face", "neck", "chest", "abdomen", "pelvis",
    "arm_right", "arm_left", "hand_right", "hand_left",
    "leg_right", "leg_left", "foot_right", "foot_left",
    "head_back", "neck_back", "back_upper", "back_lower", "buttocks",
    "arm_right_back", "arm_left_back", "leg_right_back", "leg_left_back",
)  # fmt: skip


class Injury(StrEnum):
    BRUISE = "bruise"
    SWELLING = "swelling"
    ABRASION = "abrasion"
    CUT = "cut"
    STAB = "stab"
    BURN = "burn"
    BITE = "bite"
    FRACTURE = "fracture"
    STRANGLING = "strangling"  # marks of strangling are never small
    PAIN = "pain"
    OTHER = "other"


class Size(StrEnum):
    UP_TO_2 = "2"  # centimetres
    UP_TO_5 = "5"
    UP_TO_10 = "10"
    OVER_10 = "11"
    UNKNOWN = "unknown"


class Sign(StrEnum):
    """What a school noticed in a child, or was told."""

    INJURY = "injury"
    FEAR = "fear"
    HUNGER = "hunger"
    ABSENT = "absent"
    TOLD = "told"  # by the child itself
    WITNESS = "witness"  # the child saw violence at home
    OTHER = "other"


ANSWERS = ("yes", "no", "unknown")


@dataclass(frozen=True, slots=True)
class Mark:
    """One injury on the body chart."""

    region: str
    kind: str
    size: str = Size.UNKNOWN


@dataclass(frozen=True, slots=True, repr=False)
class NewFinding:
    """`case_ref` as it was typed, or empty; `assaulted_at` empty where nobody knows when it was."""

    place: str
    sexual: str  # whether it was sexual violence: yes, no, unknown
    assaulted_at: datetime | None = None
    case_ref: str = ""
    name: str = ""
    told: str = ""
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class NewSchool:
    """`by_parent`: whether a parent is named as who did it; the name and phone of that
    parent shut them out, should they work here."""

    place: str
    sex: str
    age_band: str
    signs: tuple[str, ...]
    by_parent: str = "unknown"
    case_ref: str = ""
    name: str = ""
    parent_family: str = ""
    parent_given: str = ""
    parent_phone: str = ""
    told: str = ""


@dataclass(frozen=True, slots=True)
class Window:
    """Until when a prevention can begin. `ends` empty: no fact says how many hours; `open` then tells nothing."""

    key: str
    hours: int | None
    ends: datetime | None
    open: bool


def check_finding(told: NewFinding, photos: int, *, now: datetime) -> None:
    """Refuses at its field a code that is not offered, a time to come or long past, and nothing at all."""
    known("sexual", told.sexual, ANSWERS)
    if len(told.marks) > MOST_INJURIES:
        raise DomainError("findings.too_many", field="told", most=MOST_INJURIES)
    for mark in told.marks:
        known("region", mark.region, REGIONS)
        known("kind", mark.kind, list(Injury))
        known("size", mark.size, list(Size))
    if photos > MOST_PHOTOS:
        raise DomainError("findings.too_many", field="photos", most=MOST_PHOTOS)
    if told.assaulted_at is not None and not now - LONG_AGO < told.assaulted_at <= now:
        raise DomainError("findings.not_then", field="assaulted_at", now=now)
    if not (told.marks or told.told.strip() or photos):
        raise DomainError("findings.nothing_told", field="told")
    short("told", told.told, LONG)
    short("name", told.name, SHORT)


def check_school(told: NewSchool, sexes: Collection[str], bands: Collection[str]) -> None:
    known("sex", told.sex, sexes)
    known("age_band", told.age_band, bands)
    known("by_parent", told.by_parent, ANSWERS)
    for sign in told.signs:
        known("signs", sign, list(Sign))
    if not (told.signs or told.told.strip()):
        raise DomainError("findings.nothing_told", field="signs")
    short("told", told.told, LONG)
    for name in ("name", "parent_family", "parent_given"):
        short(name, getattr(told, name), SHORT)


def known(name: str, code: str, allowed: Collection[str]) -> None:
    if code not in allowed:
        raise DomainError("findings.not_an_answer", field=name)


def short(name: str, text: str, most: int) -> None:
    if len(text) > most:
        raise DomainError("findings.too_long", field=name, most=most)


def hours_since(assaulted_at: datetime | None, written_at: datetime) -> int | None:
    """Whole hours, when it was written down."""
    return None if assaulted_at is None else (written_at - assaulted_at) // HOUR


def band(hours: int | None) -> str:
    """For figures: in days, as care is counted, and unknown stays unknown."""
    if hours is None:
        return "unknown"
    return next((f"day_{day}" for day in (1, 2, 3, 4, 5) if hours < 24 * day), "later")


def window(key: str, hours: int | None, assaulted_at: datetime | None, now: datetime) -> Window:
    """On the very hour it is over."""
    ends = assaulted_at + timedelta(hours=hours) if assaulted_at is not None and hours is not None else None
    return Window(key, hours, ends, ends is not None and now < ends)


def check_person(person: UUID, speakers: Collection[UUID], alleged: Collection[UUID]) -> None:
    """Who may be shown a report about a child, or have it taken back: the child's own side, and never a parent who is
    said to have done it, whatever else they are in the case."""
    if person in alleged:
        raise DomainError("findings.not_by_whom_it_names", field="person")
    if person not in speakers:
        raise DomainError("findings.not_an_answer", field="person")


@dataclass(frozen=True, slots=True, repr=False)
class Known:
    """What tells one parent from the other: names as they sound, a telephone as it is dialled. For comparing alone."""

    given: frozenset[str] = frozenset()
    family: frozenset[str] = frozenset()
    phone: str = ""


def may_be(named: Known, one: Known) -> bool:
    """Whether somebody may be the parent whom a report names: rather too often than once too seldom."""
    if named.phone and named.phone == one.phone:
        return True
    if named.given and one.given:
        return bool(named.given & one.given)
    if named.family and one.family:  # with the endings of man and wife
        return any(a.startswith(b) or b.startswith(a) for a in named.family for b in one.family)
    return not (named.phone and one.phone)


def check_named(named: Known, one: Known, alleged: Collection[Known]) -> None:
    """Whom the case says to have done it is the one, where the name fits; else whoever of the family may be."""
    if may_be(named, one) and not any(may_be(named, other) for other in alleged):
        raise DomainError("findings.not_by_whom_it_names", field="person")


def check_handed(on: date, written: date, today: date, number: str) -> None:
    if not written <= on <= today:
        raise DomainError("findings.not_on_that_day", field="on", first=written, last=today)
    short("number", number, SHORT)


def marked(marks: Sequence[Mark]) -> frozenset[str]:
    return frozenset(mark.region for mark in marks)
