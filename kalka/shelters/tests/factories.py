"""Shelters with beds, those who work in them, and those who look for a place."""

from dataclasses import replace
from datetime import datetime, timedelta
from types import SimpleNamespace
from uuid import UUID

from kalka.access import services as grants
from kalka.cases.tests.factories import NOW, RAION, TODAY, in_a_command, office, post  # noqa: F401  (day of these tests)
from kalka.core.actors import SYSTEM, Actor, post_holder
from kalka.core.clock import day_of
from kalka.core.refs import new_id
from kalka.places.services import install_builtin
from kalka.shelters import services
from kalka.shelters.models import Hold, Place, Shelter, Stay, Taking
from kalka.shelters.rules import NewHold, NewStay, Wish

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
NARYN, CHUI, BISHKEK, OSH, OSH_CITY = (f"417{n}000000000" for n in ("04", "08", "11", "06", "21"))
WOMAN = Wish("woman")
MOTHER = Wish("woman", children=2)
ALL = ("woman", "children")


def network() -> SimpleNamespace:
    """One shelter in Naryn with a worker and a colleague; a second organisation; clerks elsewhere."""
    install_builtin(SYSTEM, now=NOW, demo=True)
    here, there = office("crisis_centre", RAION), office("crisis_centre", RAION)
    at = SimpleNamespace(
        worker=post("shelter_worker", place=RAION, organisation=here),
        colleague=post("crisis_worker", place=RAION, organisation=here),
        psychologist=post("psychologist", place=RAION, organisation=here),
        other=post("shelter_worker", place=RAION, organisation=there),
        clerk=post("window_coordinator", place=RAION),
        second=post("social_worker"),
        police=post("police_inspector"),
        hotline=post("hotline_operator", place=RAION),
        stranger=post("lawyer"),
    )
    at.shelter = shelter(at.worker)
    return at


def shelter(worker: Actor, *, region: str = NARYN, name: str = "Бешик") -> Shelter:
    return services.register_shelter(worker, id=new_id(), name=name, region=region, now=NOW)


def bed(
    worker: Actor, house: Shelter, *, room: int = 1, number: int = 1, suits: tuple[str, ...] = ALL, now: datetime = NOW
) -> Place:
    told = {"shelter_id": house.pk, "room": room, "bed": number, "suits": suits, "now": now}
    return services.add_place(worker, id=new_id(), **told)


def country(at: SimpleNamespace, *regions: str) -> list[Shelter]:
    """A shelter with a bed in each of these regions, of an organisation of its own."""
    made = []
    for region in regions:
        worker = post("shelter_worker", place=RAION, organisation=office("crisis_centre", RAION))
        house = shelter(worker, region=region)
        bed(worker, house)
        made.append(house)
    return made


def held(
    actor: Actor,
    *,
    area: str = "country",
    wish: Wish = WOMAN,
    now: datetime = NOW,
    id: UUID | None = None,
    about: UUID | None = None,
    **said: str,
) -> Hold:
    told = NewHold(area, wish, **said)
    return services.hold_place(actor, id=id or new_id(), told=told, now=now, about=about)


def arrived(
    worker: Actor,
    place: Place,
    *,
    hold: Hold | None = None,
    now: datetime = NOW,
    id: UUID | None = None,
    **said: object,
) -> Stay:
    told = replace(NewStay(place.pk, "f", "25-34", day_of(now) + 14 * DAY), **said)
    return services.take_in(worker, id=id or new_id(), told=told, hold_id=hold.pk if hold else None, now=now)


def a_case(*actors: Actor) -> UUID:
    """The subject of a case these see."""
    subject = new_id()
    for actor in actors:
        holder = post_holder(actor.post_id or 0)
        in_a_command(lambda holder=holder: grants.grant(subject, holder, why="test", now=NOW))
    return subject


def running(place: Place) -> Taking | None:
    return Taking.objects.running().filter(place=place).first()
