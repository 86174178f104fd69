"""The directory of help of the demo, out of help.yaml: by the ministry, through the ordinary commands."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid5

from kalka.core.actors import Actor
from kalka.core.datafile import Fields, read
from kalka.demo.reading import WORLD, moment, places
from kalka.demo.staffing import Member, offices
from kalka.guide import services as guide
from kalka.guide.rules import NewLocation, NewService, read_hours

FILE = Path(__file__).parent / "help.yaml"
KEEPER, BY_TELEPHONE = "ministrlik", "hotline"


def service_id(key: str) -> UUID:
    """Of an entry by its word in help.yaml: the same in every installation."""
    return uuid5(WORLD, f"help/{key}")


def directory_of_help(people: Mapping[str, Member], *, now: datetime) -> None:
    by, found = people[KEEPER].actor, offices()
    for one in _told():
        at = one.maybe("at", str)
        office = found[at] if at else None
        organisation = people[office.login].actor.organisation_id if office else None
        _provide(by, one, now, name=office.name if office else one.words("name"), organisation_id=organisation)


def ask_by_telephone(by: Actor, *, now: datetime) -> None:
    """Who helps in the whole country and is only called: in a world that has no directory of help of its own, there is
    this one entry to ask."""
    (one,) = _told(BY_TELEPHONE)
    _provide(by, one, now, name=one.words("name"))


def only_called(by: Actor, told: object, where: str, *, now: datetime) -> None:
    """Somebody more who is only called, as the file `where` tells of them."""
    one = Fields(told, where)
    _provide(by, one, now, name=one.words("name"))


def _told(key: str = "") -> list[Fields]:
    """Everybody, or the one of this key."""
    told = read(FILE)
    assert isinstance(told, list)
    return [Fields(raw, FILE.name) for raw in told if key in ("", raw["key"])]


def _provide(
    by: Actor, one: Fields, now: datetime, *, name: Mapping[str, str], organisation_id: int | None = None
) -> None:
    """Those that are there already stay as they are."""
    key = one.take("key", str)
    guide.add_provider(by, id=_provider(key), name=name, organisation_id=organisation_id, now=now)
    spots = _spots(by, key, one, now)
    for service in one.take("services", list):
        _service(by, key, Fields(service, f"{FILE.name}: {key}"), spots, now)
    one.close()


def _provider(key: str) -> UUID:
    return uuid5(WORLD, f"help provider/{key}")


def _spots(by: Actor, key: str, one: Fields, now: datetime) -> dict[str, str]:
    """Where one can go, by its word in the file."""
    if "spots" not in one:
        return {}
    every, made = Fields(one.raw("spots"), f"{FILE.name}: {key}"), {}
    for name in every.names():
        spot = Fields(every.raw(name), f"{FILE.name}: {key}")
        told = NewLocation(
            kind=spot.take("kind", str),
            place=places()[spot.take("place", str)],
            address=spot.words("address") if "address" in spot else None,
            accessible=spot.maybe("accessible", bool) or False,
        )
        spot.close()
        id = uuid5(_provider(key), name)
        guide.add_location(by, id=id, provider_id=_provider(key), told=told, now=now)
        made[name] = str(id)
    return made


def _service(by: Actor, key: str, one: Fields, spots: Mapping[str, str], now: datetime) -> None:
    id, at = service_id(one.take("key", str)), moment(one.take("confirmed", str), now)
    told = NewService(
        name=one.words("name"),
        about=one.words("about"),
        coming=one.words("coming") if "coming" in one else {},
        needs=one.strings("needs"),
        serves=one.strings("serves"),
        languages=one.strings("languages"),
        areas=tuple(places()[area] for area in one.strings("areas")),
        phones=one.strings("phones"),
        hours=read_hours(one.maybe("hours", str) or ""),
        always=one.maybe("always", bool) or False,
        cost=one.maybe("cost", str) or "free",
        room=one.maybe("room", str) or "",
        locations=tuple(spots[name] for name in one.strings("at")) if "at" in one else (),
    )
    one.close()
    guide.add_service(by, id=id, provider_id=_provider(key), told=told, now=at)
