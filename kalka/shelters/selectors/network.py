"""Free places by region: for whoever must find one, without a name, an address, or which shelter it is."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from kalka.access import selectors as access
from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.permissions import Permission
from kalka.places import selectors as places
from kalka.shelters import rules
from kalka.shelters.house import house
from kalka.shelters.models import Hold, Place, Taking
from kalka.shelters.rules import Area, How, Suits

REGIONS = ("oblast", "republican_city")


@dataclass(frozen=True, slots=True)
class AreaLine:
    """`none`: there is no shelter there at all, which is something else than a full one."""

    code: str
    regions: tuple[str, ...]
    free: int
    suits: Mapping[Suits, int]
    none: bool


@dataclass(frozen=True, slots=True, repr=False)
class HeldPage:
    """A hold as its two sides see it: whoever asked for it, and the shelter."""

    id: UUID
    ref: str
    until: datetime
    state: str  # "running", or how it ended
    hold: Hold = field(repr=False)
    note: str
    phone: str
    mine: bool  # asked for by the actor's own post
    here: bool  # at a shelter of the actor's


def network(actor: Actor, *, now: datetime) -> tuple[AreaLine, ...]:
    """Two queries. Needs the permission to see free places; no grant, because nothing here is anybody's."""
    _may_look(actor)
    standing = list(Place.objects.standing())
    free = set(Place.objects.standing().free(now).values_list("pk", flat=True))
    of_each = _shelters(standing)
    found = []
    for area in rules.areas(of_each, house()):
        here = [one for one in standing if one.pk in free and one.region in area.regions]
        suits = Counter(code for one in here for code in one.suits)
        none = not any(of_each.get(region) for region in area.regions)
        found.append(AreaLine(area.code, area.regions, len(here), {code: suits[code] for code in Suits}, none))
    return tuple(found)


def regions_of(actor: Actor, area: str) -> tuple[str, ...]:
    """What lies in an area the network names now. Refuses one it does not name: that would tell where a shelter is."""
    _may_look(actor)
    for one in _areas():
        if one.code == area:
            return one.regions
    raise DomainError("shelters.not_an_answer", field="area")


def free_in(actor: Actor, area: str, needed: frozenset[Suits], *, now: datetime) -> list[UUID]:
    """Free places there that suit, the best first. Ids, for the step that takes one of them."""
    regions = regions_of(actor, area)
    found = Place.objects.standing().filter(region__in=regions).suiting(needed).free(now).order_by("pk")
    return rules.by_fit(((one.pk, one.suits) for one in found), needed)


def region_choices(actor: Actor) -> list[tuple[str, str]]:
    return places.choices(level=REGIONS)


def region_of(actor: Actor, place: str) -> str:
    """The oblast or republican city a place lies in; empty for the country."""
    return next((one.code for one in places.chains([place]).get(place, []) if one.level in REGIONS), "")


def get_hold(actor: Actor, id: UUID, *, now: datetime) -> Hold:
    hold = access.visible(actor, Hold.objects.select_related("taking"), now=now).filter(pk=id).first()
    if hold is None:
        raise AccessDenied("shelters.unknown")
    return hold


def held_page(actor: Actor, id: UUID, *, now: datetime) -> HeldPage:
    hold = get_hold(actor, id, now=now)
    keys = access.unlock(actor, [hold.subject_id], what="shelters.hold", now=now)
    place = Place.objects.get(pk=hold.taking.place_id)
    return HeldPage(
        id=hold.pk,
        ref=hold.ref,
        until=_until(hold.taking),
        state=_state_of(hold.taking, now),
        hold=hold,
        note=keys.get(hold, "note") or "",
        phone=keys.get(hold, "phone") or "",
        mine=hold.post_id == actor.post_id,
        here=place.organisation_id == actor.organisation_id and actor.may(Permission.SHELTER_WORK),
    )


def my_holds(actor: Actor, *, now: datetime) -> list[tuple[Hold, str]]:
    """Those the actor's post asked for, the newest first, with how each stands."""
    rows = access.visible(actor, Hold.objects.filter(post_id=actor.post_id), now=now).select_related("taking")
    return [(one, _state_of(one.taking, now)) for one in rows.order_by("-recorded_at", "pk")[:20]]


def _state_of(taking: Taking, now: datetime) -> str:
    if taking.ended_at is not None:
        return taking.how
    return "running" if rules.still_held(taking.until, now) else How.EXPIRED


def _until(taking: Taking) -> datetime:
    assert taking.until is not None  # a hold has a term, says the database
    return taking.until


def _areas() -> tuple[Area, ...]:
    return rules.areas(_shelters(list(Place.objects.standing())), house())


def _shelters(standing: list[Place]) -> dict[str, int]:
    """How many shelters each region has; one without a single bed is not counted, nor named."""
    return dict(Counter(region for region, _shelter in {(one.region, one.shelter_id) for one in standing}))


def _may_look(actor: Actor) -> None:
    if not actor.may(Permission.SHELTER_SEE_FREE):
        raise AccessDenied("core.not_permitted")
