"""Whom a place suits, how nights count, and where a region may be named. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from kalka.core.errors import DomainError

SHORT, LONG = 200, 2000
MOST_CHILDREN, MOST_ROOMS, MOST_BEDS = 12, 99, 20
T = TypeVar("T")


class Suits(StrEnum):
    """Whom and what a place is fit for. Not every shelter takes a man, a son over twelve, or a dog."""

    WOMAN = "woman"
    MAN = "man"
    CHILDREN = "children"
    SONS_OVER_12 = "sons_over_12"
    DISABILITY = "disability"
    PETS = "pets"


WHO = (Suits.WOMAN, Suits.MAN)


class Kind(StrEnum):
    """What a place is taken by."""

    HOLD = "hold"
    STAY = "stay"
    CLOSED = "closed"  # out of use


class How(StrEnum):
    """How a taking ended."""

    ARRIVED = "arrived"  # a hold became a stay
    RELEASED = "released"
    EXPIRED = "expired"
    MOVED = "moved"
    LEFT = "left"
    REOPENED = "reopened"


class WhyClosed(StrEnum):
    REPAIR = "repair"
    ILLNESS = "illness"
    STAFF = "staff"
    KNOWN = "known"  # somebody found out where it is
    GONE = "gone"  # there is no such bed any more


class Reason(StrEnum):
    """Why somebody who asked for shelter did not get it. The unmet need."""

    NO_PLACE = "no_place"
    TOO_MANY_CHILDREN = "too_many_children"
    SONS_OVER_12 = "sons_over_12"
    DISABILITY = "disability"
    PETS = "pets"
    MAN = "man"
    KNOWN_HERE = "known_here"  # the person she flees from knows the place
    ILLNESS = "illness"
    ADDICTION = "addiction"
    TOO_FAR = "too_far"
    OTHER = "other"


class Longer(StrEnum):
    NOT_SAFE = "not_safe"
    COURT = "court"
    PAPERS = "papers"
    HOUSING = "housing"
    HEALTH = "health"
    OTHER = "other"


class Where(StrEnum):
    """Where somebody went. `BACK` is a word of hers, not a failure; it is asked about first at the next contact."""

    HOME = "home"  # her own, without the person she fled from
    RELATIVES = "relatives"
    RENTED = "rented"
    OTHER_SHELTER = "other_shelter"
    HOSPITAL = "hospital"
    BACK = "back"
    ABROAD = "abroad"
    OTHER = "other"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class House:
    """Internal rules; see `house.yaml`."""

    hold: timedelta
    first_stay: timedelta
    fewest: int
    groups: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Wish:
    """Who needs a place, in codes."""

    who: str
    children: int = 0
    sons_over_12: bool = False
    disability: bool = False
    pets: bool = False

    @property
    def needed(self) -> frozenset[Suits]:
        asked = {
            Suits.CHILDREN: self.children > 0 or self.sons_over_12,
            Suits.SONS_OVER_12: self.sons_over_12,
            Suits.DISABILITY: self.disability,
            Suits.PETS: self.pets,
        }
        return frozenset({Suits(self.who), *(code for code, wanted in asked.items() if wanted)})


@dataclass(frozen=True, slots=True)
class NewHold:
    """`area` is one of those the network names. `note` and `phone` are for the shelter alone."""

    area: str
    wish: Wish
    note: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class NewStay:
    """Whoever stays may be nameless."""

    place_id: UUID
    sex: str
    age_band: str
    due_on: date
    name: str = field(default="", repr=False)
    told: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class NewChild:
    """`place_id` where the child has a bed of its own."""

    sex: str
    age_band: str
    name: str = field(default="", repr=False)
    place_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class NewDeparture:
    on: date
    where: str
    plan: str = field(default="", repr=False)
    contact: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class NewTurnAway:
    """Nobody's identity: where, who in codes, why."""

    region: str
    reason: str
    wish: Wish


def check_wish(wish: Wish) -> None:
    """Refuses at its field who or how many nobody could be."""
    known("who", wish.who, WHO)
    if not 0 <= wish.children <= MOST_CHILDREN:
        raise DomainError("shelters.how_many", field="children", most=MOST_CHILDREN)


def known(name: str, code: str, allowed: Collection[str]) -> None:
    if code not in allowed:
        raise DomainError("shelters.not_an_answer", field=name)


def check_text(text: str, *, name: str, most: int = LONG, needed: bool = False) -> str:
    """The text without what surrounds it. Refuses one that is missing or too long."""
    text = text.strip()
    if needed and not text:
        raise DomainError("shelters.nothing_told", field=name)
    if len(text) > most:
        raise DomainError("shelters.too_long", field=name, most=most)
    return text


def check_place(room: int, bed: int, suits: Collection[str]) -> frozenset[Suits]:
    """Refuses a room or bed no house has, and a place for nobody."""
    if not 1 <= room <= MOST_ROOMS:
        raise DomainError("shelters.no_such_room", field="room", most=MOST_ROOMS)
    if not 1 <= bed <= MOST_BEDS:
        raise DomainError("shelters.no_such_room", field="bed", most=MOST_BEDS)
    for one in suits:
        known("suits", one, list(Suits))
    if not set(suits) & set(WHO):
        raise DomainError("shelters.suits_nobody", field="suits")
    return frozenset(map(Suits, suits))


def check_due(due_on: date, *, arrived: date, after: date, limit: int | None) -> None:
    """Refuses a day that is not after `after`, and one past the limit the law sets in days, where it sets one."""
    if due_on <= after:
        raise DomainError("shelters.day_is_over", field="due_on", day=after)
    if limit is not None and (due_on - arrived).days > limit:
        raise DomainError("shelters.past_the_limit", field="due_on", days=limit)


def check_departure(told: NewDeparture, *, arrived: date, today: date) -> None:
    known("where", told.where, list(Where))
    if not arrived <= told.on <= today:
        raise DomainError("shelters.not_then", field="on", first=arrived, last=today)


def nights(arrived: date, left: date) -> int:
    """Whoever came and went on one day counts as one night."""
    return max(1, (left - arrived).days)


def band(count: int) -> str:
    """How long a stay was, for figures."""
    steps = ((1, "night_1"), (7, "nights_7"), (14, "nights_14"), (30, "nights_30"), (90, "nights_90"))
    return next((code for most, code in steps if count <= most), "longer")


def by_fit(places: Iterable[tuple[T, frozenset[Suits]]], needed: frozenset[Suits]) -> list[T]:
    """The places that suit, those fit for least else first: what few places offer is kept for who needs it."""
    fitting = [(len(suits - needed), number, one) for number, (one, suits) in enumerate(places) if needed <= suits]
    return [one for _more, _number, one in sorted(fitting, key=lambda item: item[:2])]


def still_held(until: datetime | None, now: datetime) -> bool:
    """On its very minute a hold is over."""
    return until is None or now < until


@dataclass(frozen=True, slots=True)
class Area:
    """What the network names: a region, the others of a group, or the whole country."""

    code: str
    regions: tuple[str, ...]


COUNTRY = "country"


def areas(shelters: Mapping[str, int], house: House) -> tuple[Area, ...]:
    """Every region in one area; none with fewer shelters than the house rule, unless it has none or is the country.

    A region with enough is named by itself, as long as those left over beside it are enough as well: else the
    difference would tell.
    """
    known_regions = {region for regions in house.groups.values() for region in regions}
    stray = tuple(sorted(shelters.keys() - known_regions))
    groups = {**house.groups, "elsewhere": stray} if stray else house.groups
    parts = [part for name, regions in groups.items() for part in _parts(name, regions, shelters, house.fewest)]
    if any(0 < _size(part.regions, shelters) < house.fewest for part in parts):
        return (Area(COUNTRY, tuple(region for part in parts for region in part.regions)),)
    return tuple(parts)


def _parts(name: str, regions: Sequence[str], shelters: Mapping[str, int], fewest: int) -> list[Area]:
    alone = [Area(one, (one,)) for one in regions if shelters.get(one, 0) >= fewest]
    rest = tuple(one for one in regions if shelters.get(one, 0) < fewest)
    if 0 < _size(rest, shelters) < fewest:
        return [Area(name, tuple(regions))]
    return [*alone, *([Area(name, rest)] if rest else [])]


def _size(regions: Iterable[str], shelters: Mapping[str, int]) -> int:
    return sum(shelters.get(one, 0) for one in regions)
