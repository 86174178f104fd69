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
from kalka.guide import rules
from kalka.guide.models import Location, Provider, Service, ServiceAt
from kalka.guide.rules import Hours, Status, Where
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

    def open_at(self, moment: datetime) -> bool | None:
        """None where no times are known."""
        return rules.is_open(self.hours, always=self.always, moment=moment)


def offers(place: str = "", need: str = "", serves: Collection[str] = (), *, today: date) -> list[Offer]:
    """What is offered now for a place (or anywhere), a need, and everybody in `serves`: the nearest first.

    Three statements. What nobody confirmed lately stands after what somebody did.
    """
    chain = places.chain(place) if place else []
    near = []
    for one in _all(Service.objects.filter(status=Status.ACTIVE), today):
        steps = rules.distance(one.areas, chain) if chain else 0
        if steps is None or (need and need not in one.needs) or not set(serves) <= set(one.serves):
            continue
        near.append((steps, one))
    near.sort(key=lambda found: (found[1].stale, found[0], found[1].name_here, found[1].id))
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


def locations(provider_id: UUID) -> list[Spot]:
    return [_spot(row) for row in Location.objects.filter(provider=provider_id).order_by("id")]


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
        spots=spots,
    )


def _spot(row: Location) -> Spot:
    return Spot(row.id, row.kind, row.place, row.address, row.accessible)


def here(words: Words) -> str:
    """In the language of the page, or the nearest to it that was written."""
    return rules.said(words, (get_language() or "ky")[:2])[0]
