"""Reads of the directory. Public, but for what a member of staff may change: nobody is asked who is asking."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import get_language

from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission
from kalka.directory import selectors as directory
from kalka.guide import rules
from kalka.guide.models import Location, Provider, Service, ServiceAt
from kalka.guide.rules import Hours, Room, Status, Where
from kalka.guide.taxonomy import TAXONOMY
from kalka.places import selectors as places

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where one goes. Without an address it is told by telephone, or must not be known."""

    id: UUID
    kind: str
    place: str
    address: Words | None
    accessible: bool

    @property
    def withheld(self) -> bool:
        return self.kind == Where.WITHHELD

    @property
    def place_here(self) -> str:
        return places.name(self.place)

    @property
    def address_here(self) -> str:
        return here(self.address or {})


@dataclass(frozen=True, slots=True)
class Offer:
    """One service as people are told of it. `distance`: steps up the territory from where it was asked for."""

    id: UUID
    provider_id: UUID
    organisation_id: int | None  # where the provider works with this installation: it can be asked here
    provider: Words
    provider_about: Words
    version: int
    status: str
    name: Words
    about: Words
    coming: Words
    needs: tuple[str, ...]
    serves: tuple[str, ...]
    languages: tuple[str, ...]
    areas: tuple[str, ...]
    phones: tuple[str, ...]
    hours: tuple[Hours, ...]
    always: bool
    cost: str
    confirmed_on: date
    stale: bool
    room: str = ""  # as it was told
    room_now: str = ""  # as it counts today: empty where it was told too long ago
    spots: tuple[Spot, ...] = ()
    distance: int = 0

    @property
    def name_here(self) -> str:
        return here(self.name)

    @property
    def provider_here(self) -> str:
        return here(self.provider)

    @property
    def about_here(self) -> str:
        return here(self.about)

    @property
    def coming_here(self) -> str:
        return here(self.coming)

    @property
    def room_here(self) -> str:
        return here(TAXONOMY.rooms.get(self.room_now, {}))

    @property
    def full(self) -> bool:
        return self.room_now == Room.FULL

    def open_at(self, moment: datetime) -> bool | None:
        """None where no times are known."""
        return rules.is_open(self.hours, always=self.always, moment=moment)


def offers(place: str = "", need: str = "", serves: Collection[str] = (), *, today: date) -> list[Offer]:
    """What is offered now for a place (or anywhere), a need, and everybody in `serves`: the nearest first.

    Three statements. What nobody confirmed lately stands after what somebody did, and what has no room at the end.
    """
    chain = places.chain(place) if place else []
    near = []
    for one in _all(Service.objects.filter(status=Status.ACTIVE), today):
        steps = rules.distance(one.areas, chain) if chain else 0
        if steps is None or (need and need not in one.needs) or not set(serves) <= set(one.serves):
            continue
        near.append((steps, one))
    near.sort(key=lambda found: (found[1].full, found[1].stale, found[0], found[1].name_here, found[1].id))
    return [replace(one, distance=steps) for steps, one in near]


def offer(service_id: UUID, *, today: date) -> Offer | None:
    return next(iter(_all(Service.objects.filter(id=service_id), today)), None)


def everything(*, today: date) -> list[Offer]:
    """Every entry, whatever its state: for the feed."""
    return _all(Service.objects.all(), today)


def entries(actor: Actor, *, today: date) -> list[Offer]:
    """What the actor may change: of the own organisation, or of everybody."""
    rows = Service.objects.all()
    if not actor.may(Permission.GUIDE_EDIT_ALL):
        rows = rows.filter(provider__organisation=actor.organisation_id or 0)
    return sorted(_all(rows, today), key=lambda one: (not one.stale, one.provider_here, one.name_here, one.id))


def entry(actor: Actor, service_id: UUID, *, today: date) -> Offer:
    """AccessDenied for an entry that is another's as for none."""
    found = next((one for one in entries(actor, today=today) if one.id == service_id), None)
    if found is None:
        raise AccessDenied("guide.unknown")
    return found


def providers(actor: Actor) -> list[tuple[UUID, Words]]:
    """For whom the actor may write an entry."""
    rows = Provider.objects.order_by("id")
    if not actor.may(Permission.GUIDE_EDIT_ALL):
        rows = rows.filter(organisation=actor.organisation_id or 0)
    return list(rows.values_list("id", "name"))


def unlisted(actor: Actor, *, sent: UUID | None) -> list[tuple[str, str]]:
    """Organisations of this installation that are not in the directory yet, but under the id that is sent again."""
    listed = Provider.objects.exclude(organisation=None)
    if sent is not None:
        listed = listed.exclude(id=sent)
    there = set(listed.values_list("organisation", flat=True))
    return [(str(one.id), one.name()) for one in directory.organisations() if one.id not in there]


def locations(provider_id: UUID) -> list[Spot]:
    return [_spot(row) for row in Location.objects.filter(provider=provider_id).order_by("id")]


def lists(areas: Collection[str]) -> Mapping[str, Collection[str]]:
    """What an entry may choose from, by field; of the places those that are asked about."""
    return {
        "needs": TAXONOMY.needs,
        "serves": TAXONOMY.serves,
        "languages": TAXONOMY.languages,
        "cost": TAXONOMY.costs,
        "areas": places.infos(areas),
    }


def _all(rows: Any, today: date) -> list[Offer]:
    found = list(rows.select_related("provider").order_by("id"))
    spots: dict[UUID, list[Spot]] = {}
    for at in (
        ServiceAt.objects.filter(service__in=[row.id for row in found])
        .select_related("location")
        .order_by("location_id")
    ):
        spots.setdefault(at.service_id, []).append(_spot(at.location))
    return [_offer(row, tuple(spots.get(row.id, ())), today) for row in found]


def _offer(row: Service, spots: tuple[Spot, ...], today: date) -> Offer:
    return Offer(
        id=row.id,
        provider_id=row.provider_id,
        organisation_id=row.provider.organisation_id,
        provider=row.provider.name,
        provider_about=row.provider.about,
        version=row.version,
        status=row.status,
        name=row.name,
        about=row.about,
        coming=row.coming,
        needs=tuple(row.needs),
        serves=tuple(row.serves),
        languages=tuple(row.languages),
        areas=tuple(row.areas),
        phones=tuple(row.phones),
        hours=tuple(Hours(tuple(one["days"]), one["opens"], one["closes"]) for one in row.hours),
        always=row.always,
        cost=row.cost,
        confirmed_on=row.confirmed_on,
        stale=rules.is_stale(row.confirmed_on, today, days=TAXONOMY.confirm_days),
        room=row.room,
        room_now=rules.room_now(row.room, row.confirmed_on, today, days=TAXONOMY.room_days),
        spots=tuple(_hidden(spot) for spot in spots) if rules.SHELTER in row.needs else spots,
    )


def _hidden(spot: Spot) -> Spot:
    """Where people sleep in safety: whatever stands in the database, no reader is given an address of it."""
    return replace(spot, kind=Where.WITHHELD, address=None)


def _spot(row: Location) -> Spot:
    return Spot(row.id, row.kind, row.place, row.address, row.accessible)


def here(words: Words) -> str:
    """In the language of the page, or the nearest to it that was written."""
    return rules.said(words, (get_language() or "ky")[:2])[0]
