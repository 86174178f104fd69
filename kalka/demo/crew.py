"""Everybody the figures need and no story names: the staff of every raion, and the fourteen committees.

They hold posts, so that a duty finds whoever answers for it; none of them can sign in.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from kalka.core.clock import day_of
from kalka.core.datafile import read
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


def crew(now: datetime) -> Iterator[Member]:
    """The wide territory, then the staff of its raions, cities and oblasts, one after the other."""
    territory.install_file(FOUNDER, file=TERRITORY, now=now)
    there = {(one.kind, one.place) for one in directory.organisations()}
    for told in read(FOLDER / "crew.yaml"):  # type: ignore[attr-defined]  # a list of mappings
        for code, _name in places.choices(level=told["levels"]):
            if ((told["kind"], code) in there) is told["second"] and not _divided(told, code):
                yield from _office(told, code, now)


def committees() -> list[str]:
    """The aimaks that have one."""
    return [one["place"] for one in _told()["committees"]]


def members(now: datetime) -> Iterator[Member]:
    """Those of the fourteen committees who are not in the staff already, the secretary first."""
    standing = {one.place: one.id for one in directory.organisations("committee")}
    for one in _told()["committees"]:
        place = one["place"]
        committee = standing.get(place) or found(kind="committee", name=_committee(place), place=place, now=now)
        make_up = _told()["make_up"][: one["members"]]
        already = directory.members_by_category(committee, day_of(now))
        for category, count in already.items():
            for _time in range(count):
                make_up.remove(category)
        drawn = names(places.chain(place)[-2], f"committee {place}")
        for number, category in enumerate(make_up):
            _sex, given, family = next(drawn)
            yield seat(
                committee,
                role="committee_member" if already or number else "committee_secretary",
                place=place,
                login=f"{place.lower()[3:8]}-{number + 1:02}",
                name=f"{given} {family}",
                leads=not already and not number,
                category=category,
                now=now,
            )


def _office(told: dict[str, Any], code: str, now: datetime) -> Iterator[Member]:
    unit = places.get(code)
    assert unit is not None
    office = found(kind=told["kind"], name=_named(told["name"], unit), place=code, now=now)
    drawn, below = names(places.chain(code)[-2], f"{told['kind']} {code}"), _below(code)
    for role in told["posts"]:
        _sex, given, family = next(drawn)
        yield seat(
            office,
            role=role,
            place=below if role in told["below"] else code,
            login=f"{role.replace('_', '-')}-{code[3:8]}",
            name=f"{given} {family}",
            leads=role == told["posts"][-1],
            now=now,
        )


def _divided(told: dict[str, Any], code: str) -> bool:
    """A city of districts has in each of them what other cities have once."""
    return bool(told["below"]) and bool(places.choices(code, level="city_district")) and _level(code) != "city_district"


def _level(code: str) -> str:
    unit = places.get(code)
    return unit.level if unit else ""


def _below(code: str) -> str:
    """Where a raion has two invented aimaks, the one without stories: its code is the higher."""
    return max(
        (inside for inside, _name in places.choices(code, level=("ayil_aimak", "territorial_unit"))), default=code
    )


def _named(patterns: dict[str, str], unit: PlaceInfo) -> dict[str, str]:
    wholes = {lang: unit.name(lang) for lang in patterns}
    return {
        lang: pattern.format(whole=wholes[lang], short=wholes[lang].rpartition(" ")[0])
        for lang, pattern in patterns.items()
    }


def _committee(place: str) -> dict[str, str]:
    return {lang: pattern.format(aimak=places.name(place, lang)) for lang, pattern in COMMITTEE.items()}


def _told() -> Any:
    return read(FOLDER / "committees.yaml")
