"""Everybody the figures need and no story names: the staff of every raion, and the fourteen committees.

They hold posts, so that a duty finds whoever answers for it; none of them can sign in.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from kalka.core.actors import Actor
from kalka.core.clock import day_of
from kalka.core.commands import command
from kalka.core.datafile import read
from kalka.core.permissions import Permission
from kalka.demo.naming import names
from kalka.demo.staffing import FOUNDER, TERRITORY, Member, found, seat
from kalka.directory import selectors as directory
from kalka.places import selectors as places
from kalka.places import services as territory
from kalka.places.selectors import PlaceInfo

FOLDER = Path(__file__).parent
COMMITTEE = {
    "ky": "{aimak}нын жергиликтүү комитети",
    "ru": "Местный комитет, {aimak}",
    "en": "Local committee, {aimak}",
}


@dataclass(frozen=True, slots=True)
class Seat:
    role: str
    place: str
    login: str
    name: str
    leads: bool = False
    category: str = ""


@dataclass(frozen=True, slots=True)
class Office:
    """`standing`: its id, where it was founded before."""

    kind: str
    name: dict[str, str]
    place: str
    seats: tuple[Seat, ...]
    standing: int | None = None


def crew(now: datetime) -> Iterator[Member]:
    """The wide territory, then the staff of its raions, cities and oblasts, one office after the other."""
    territory.install_file(FOUNDER, file=TERRITORY, now=now)
    for office in list(_offices()):
        yield from open_office(FOUNDER, office=office, now=now)


def members(now: datetime) -> Iterator[Member]:
    """Those of the fourteen committees who are not in the staff already, the secretary first."""
    for committee in list(_committees(day_of(now))):
        yield from open_office(FOUNDER, office=committee, now=now)


def committees() -> list[str]:
    """The aimaks that have one."""
    return [one["place"] for one in _told()["committees"]]


@command("demo.open_office", needs=Permission.POSTS_MANAGE)
def open_office(actor: Actor, *, office: Office, now: datetime) -> list[Member]:
    """With everybody in it, in one transaction."""
    id = office.standing or found(kind=office.kind, name=office.name, place=office.place, now=now)
    return [
        seat(
            id,
            role=one.role,
            place=one.place,
            login=one.login,
            name=one.name,
            leads=one.leads,
            category=one.category,
            now=now,
        )
        for one in office.seats
    ]


def _offices() -> Iterator[Office]:
    there = {(one.kind, one.place) for one in directory.organisations()}
    for told in read(FOLDER / "crew.yaml"):  # type: ignore[attr-defined]  # a list of mappings
        for code, _name in places.choices(level=told["levels"]):
            unit = places.get(code)
            if unit and ((told["kind"], code) in there) is told["second"] and not _divided(told, unit):
                yield _office(told, unit)


def _office(told: dict[str, Any], unit: PlaceInfo) -> Office:
    below, lead = _below(unit.code), told["posts"][-1]
    drawn = names(places.chain(unit.code)[-2], f"{told['kind']} {unit.code}")
    seats = tuple(
        Seat(
            role=role,
            place=below if role in told["below"] else unit.code,
            login=f"{role.replace('_', '-')}-{unit.code[3:8]}",
            name=f"{given} {family}",
            leads=role == lead,
        )
        for role, (_sex, given, family) in zip(told["posts"], drawn, strict=False)
    )
    return Office(told["kind"], _named(told["name"], unit), unit.code, seats)


def _committees(today: date) -> Iterator[Office]:
    standing = {one.place: one.id for one in directory.organisations("committee")}
    for one in _told()["committees"]:
        place, founded = one["place"], standing.get(one["place"])
        make_up = _told()["make_up"][: one["members"]]
        already = directory.members_by_category(founded, today) if founded else {}
        for category, count in already.items():
            for _time in range(count):
                make_up.remove(category)
        drawn = names(places.chain(place)[-2], f"committee {place}")
        seats = tuple(
            Seat(
                role="committee_member" if founded or number else "committee_secretary",
                place=place,
                login=f"{place.lower()[3:8]}-{number + 1:02}",
                name=f"{given} {family}",
                leads=not founded and not number,
                category=category,
            )
            for number, (category, (_sex, given, family)) in enumerate(zip(make_up, drawn, strict=False))
        )
        name = {lang: pattern.format(aimak=places.name(place, lang)) for lang, pattern in COMMITTEE.items()}
        yield Office("committee", name, place, seats, founded)


def _divided(told: dict[str, Any], unit: PlaceInfo) -> bool:
    """A city of districts has in each of them what other cities have once."""
    inside = places.choices(unit.code, level="city_district") if told["below"] else []
    return bool(inside) and unit.level != "city_district"


def _below(code: str) -> str:
    """Where a raion has two invented aimaks, the one without stories: its code is the higher."""
    inside = places.choices(code, level=("ayil_aimak", "territorial_unit"))
    return max((code for code, _name in inside), default=code)


def _named(patterns: dict[str, str], unit: PlaceInfo) -> dict[str, str]:
    wholes = {lang: unit.name(lang) for lang in patterns}
    return {
        lang: pattern.format(whole=wholes[lang], short=wholes[lang].rpartition(" ")[0])
        for lang, pattern in patterns.items()
    }


def _told() -> Any:
    return read(FOLDER / "committees.yaml")
