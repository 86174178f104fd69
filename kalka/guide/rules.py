"""What an entry may say, when it counts as confirmed, and which entries help somebody somewhere. Pure."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from kalka.core.errors import DomainError

NAME, LONGEST, NUMBERS, STRETCHES = 160, 1200, 8, 14  # letters; telephones and times of an entry
MUST = ("ky", "ru")  # in these every text is there; English is Russian until somebody writes it
_NUMBER = re.compile(r"\+?[\d][\d ()-]{1,22}")
_LINE = re.compile(r"([1-7])(?: ?[-–] ?([1-7]))?((?:, ?[1-7])*) +(\d\d:\d\d) ?[-–] ?(\d\d:\d\d)")
Words = Mapping[str, str]
SHELTER = "shelter"  # the need whose place nobody may be told


class Room(StrEnum):
    """Whether somebody new can be taken. Empty where nobody said so."""

    FREE = "free"
    WAITING = "waiting"  # there is a list to wait on
    FULL = "full"


class Status(StrEnum):
    """As HSDS names them."""

    ACTIVE = "active"
    CLOSED_FOR_NOW = "temporarily closed"
    INACTIVE = "inactive"


class Where(StrEnum):
    """HSDS has no word for a place that must not be known; its feed calls it virtual, without an address."""

    PHYSICAL = "physical"
    VIRTUAL = "virtual"
    WITHHELD = "withheld"


@dataclass(frozen=True, slots=True)
class Hours:
    """From the first to the last of these minutes, on these days of the week (Monday is 1)."""

    days: tuple[int, ...]
    opens: str
    closes: str

    def has(self, moment: datetime) -> bool:
        begin, end, at = time.fromisoformat(self.opens), time.fromisoformat(self.closes), moment.time()
        if begin < end:
            return moment.isoweekday() in self.days and begin <= at < end
        before = (moment - timedelta(days=1)).isoweekday()  # through the night
        return (moment.isoweekday() in self.days and at >= begin) or (before in self.days and at < end)


@dataclass(frozen=True, slots=True)
class NewService:
    """`areas`: places it is for, everything in them included. `locations`: where one can go; none is by telephone."""

    name: Words
    about: Words
    needs: tuple[str, ...]
    serves: tuple[str, ...]
    languages: tuple[str, ...]
    areas: tuple[str, ...]
    phones: tuple[str, ...] = ()
    hours: tuple[Hours, ...] = ()
    always: bool = False  # day and night, every day
    cost: str = "free"
    coming: Words = field(default_factory=dict)  # how one comes: what to bring, whom to ask for
    status: str = Status.ACTIVE
    room: str = ""
    locations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NewLocation:
    kind: str
    place: str
    address: Words | None = None
    accessible: bool = False


def check_service(told: NewService, known: Mapping[str, Collection[str]]) -> None:
    """Refuses at its field what is missing, too long, or on no list. `known`: the lists, by field."""
    _texts("name", told.name, NAME)
    _texts("about", told.about, LONGEST)
    _texts("coming", told.coming, LONGEST, needed=False)
    for name, given in (("needs", told.needs), ("serves", told.serves), ("languages", told.languages)):
        _listed(name, given, known[name])
    _listed("areas", told.areas, known["areas"])
    _listed("status", (told.status,), list(Status))
    _listed("cost", (told.cost,), known["cost"])
    _listed("room", (told.room,), ("", *Room))
    if len(told.phones) > NUMBERS or not all(_NUMBER.fullmatch(one) for one in told.phones):
        raise DomainError("guide.no_telephone", field="phones")
    if not told.phones and not told.locations:
        raise DomainError("guide.no_way_to_come", field="phones")
    _hours(told)


def check_provider(name: Words, about: Words) -> None:
    _texts("name", name, NAME)
    _texts("about", about, LONGEST, needed=False)


def check_location(told: NewLocation, *, places: Collection[str]) -> None:
    """A place that must not be known has no address; one where people go has."""
    _listed("kind", (told.kind,), list(Where))
    _listed("place", (told.place,), places)
    if told.kind == Where.PHYSICAL:
        _texts("address", told.address or {}, NAME)
    elif told.address is not None:
        raise DomainError("guide.address_must_not_be_known", field="address")


def check_secret(needs: Collection[str], kinds: Collection[str]) -> None:
    """Where people sleep in safety no address can be written down: neither by mistake nor out of a file."""
    if SHELTER in needs and Where.PHYSICAL in kinds:
        raise DomainError("guide.shelter_has_no_address", field="locations")


def _texts(name: str, told: Words, most: int, *, needed: bool = True) -> None:
    given = {lang: text.strip() for lang, text in told.items() if text.strip()}
    if (needed or given) and not all(lang in given for lang in MUST):
        raise DomainError("guide.words_missing", field=name)
    if any(len(text) > most for text in given.values()):
        raise DomainError("guide.too_long", field=name, most=most)


def _listed(name: str, given: Collection[str], known: Collection[str]) -> None:
    if not given or not set(given) <= set(known):
        raise DomainError("guide.not_on_the_list", field=name)


def _hours(told: NewService) -> None:
    if len(told.hours) > STRETCHES or (told.always and told.hours):
        raise DomainError("guide.hours_unfit", field="hours")
    for one in told.hours:
        try:
            same = time.fromisoformat(one.opens) == time.fromisoformat(one.closes)
        except ValueError:
            raise DomainError("guide.hours_unfit", field="hours") from None
        if same or not one.days or not set(one.days) <= set(range(1, 8)):
            raise DomainError("guide.hours_unfit", field="hours")


def read_hours(text: str) -> tuple[Hours, ...]:
    """A stretch a line: days, and from when to when, as in «1-5 09:00-18:00». Refuses a line that is none."""
    found = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        said = _LINE.fullmatch(line)
        if said is None:
            raise DomainError("guide.hours_unfit", field="hours")
        first, last, more, opens, closes = said.groups()
        days = range(int(first), int(last or first) + 1)
        found.append(Hours((*days, *(int(day) for day in re.findall(r"\d", more))), opens, closes))
    return tuple(found)


def write_hours(hours: Sequence[Hours]) -> str:
    return "\n".join(f"{_runs(sorted(one.days))} {one.opens}-{one.closes}" for one in hours)


def _runs(days: Sequence[int]) -> str:
    follow = len(days) > 2 and list(days) == list(range(days[0], days[-1] + 1))
    return f"{days[0]}-{days[-1]}" if follow else ",".join(map(str, days))


def is_stale(confirmed_on: date, today: date, *, days: int) -> bool:
    """Whether too long ago. A day that lies ahead of the clock confirms nothing."""
    return not timedelta(0) <= today - confirmed_on <= timedelta(days=days)


def room_now(room: str, confirmed_on: date, today: date, *, days: int) -> str:
    """Empty where nobody said so lately: an old word on free places sends people for nothing."""
    return "" if is_stale(confirmed_on, today, days=days) else room


def is_open(hours: Sequence[Hours], *, always: bool, moment: datetime) -> bool | None:
    """None where no times are known."""
    if always:
        return True
    return any(one.has(moment) for one in hours) if hours else None


def distance(areas: Collection[str], chain: Sequence[str]) -> int | None:
    """How many steps up the territory the nearest of the areas lies; None where the service is not for this place."""
    return next((steps for steps, code in enumerate(chain) if code in areas), None)


def said(words: Words, lang: str) -> tuple[str, str]:
    """The text and the language it is in: English falls back on Russian, and that on Kyrgyz."""
    order = {"en": ("en", "ru", "ky"), "ru": ("ru", "ky"), "ky": ("ky", "ru")}[lang]
    return next(((words[one], one) for one in order if words.get(one)), ("", lang))
