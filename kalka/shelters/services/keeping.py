"""The house itself: a shelter, its beds, its rules, and where it is."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from kalka.access import selectors as access
from kalka.access import services as grants
from kalka.core.actors import Actor, organisation_holder
from kalka.core.commands import command
from kalka.core.errors import AccessDenied, DomainError, Stale
from kalka.core.inserting import insert_unless_there
from kalka.core.permissions import Permission
from kalka.core.refs import new_id
from kalka.shelters import bedding, effects, rules, selectors
from kalka.shelters.models import AddressKept, HouseRules, Place, Shelter, Taking
from kalka.shelters.rules import How, Kind, Suits, WhyClosed
from kalka.strongroom import keeping as strongroom
from kalka.strongroom.rules import Kind as Sealed
from kalka.vault.classes import Klass
from kalka.vault.keys import new_keys
from kalka.vault.rows import repeated, written

KLASSES = (Klass.NARRATIVE, Klass.CONTACT)


@command("shelters.register", needs=Permission.SHELTER_WORK)
def register_shelter(actor: Actor, *, id: UUID, name: str, region: str, now: datetime) -> Shelter:
    """A shelter of the organisation the actor works in. `region` is an oblast or a republican city, nothing nearer."""
    if again := repeated(Shelter, actor, id=id, content=[name, region]):
        return again
    name = rules.check_text(name, name="name", most=rules.SHORT, needed=True)
    rules.known("region", region, [code for code, _label in selectors.region_choices(actor)])
    if actor.organisation_id is None:
        raise AccessDenied("shelters.unknown")
    subject_id = new_id()
    keys = new_keys(subject_id, KLASSES)
    shelter = Shelter(
        **written(actor, id=id, subject_id=subject_id, content=[name, region], now=now),
        organisation_id=actor.organisation_id,
        region=region,
    )
    keys.put(shelter, "name", name)
    shelter.save(force_insert=True)
    grants.grant(subject_id, organisation_holder(actor.organisation_id), why="shelter", now=now)
    return shelter


@command("shelters.add_place", needs=Permission.SHELTER_WORK)
def add_place(
    actor: Actor, *, id: UUID, shelter_id: UUID, room: int, bed: int, suits: Collection[str], now: datetime
) -> Place:
    """A bed and whom it suits. Sent twice it is one. Refuses at its field a number that is there already."""
    shelter = selectors.get_shelter(actor, shelter_id, now=now)
    fit = rules.check_place(room, bed, suits)
    place = Place(
        id=id,
        shelter=shelter,
        organisation_id=shelter.organisation_id,
        region=shelter.region,
        room=room,
        bed=bed,
        since=now,
        **_suits(fit),
    )
    if insert_unless_there(place):
        return place
    there = Place.objects.filter(pk=id, shelter=shelter, room=room, bed=bed).first()
    if there is None or there.suits != fit:
        raise DomainError("shelters.bed_is_there", field="bed")
    return there


@command("shelters.close_place", needs=Permission.SHELTER_WORK)
def close_place(actor: Actor, *, place_id: UUID, why: str, now: datetime) -> Taking:
    """Out of use for now. Refuses with `shelters.taken` a bed somebody has."""
    place = selectors.get_place(actor, place_id, now=now)
    rules.known("why", why, [one for one in WhyClosed if one is not WhyClosed.GONE])
    effects.end_over(now=now)
    return bedding.take_first([place.pk], kind=Kind.CLOSED, file=new_id(), now=now, post_id=actor.post_id, why=why)


@command("shelters.open_place", needs=Permission.SHELTER_WORK)
def open_place(actor: Actor, *, place_id: UUID, now: datetime) -> Place:
    """In use again; a bed that is in use stays so."""
    place = selectors.get_place(actor, place_id, now=now)
    for pk in Taking.objects.running().filter(place=place, kind=Kind.CLOSED).values_list("pk", flat=True):
        bedding.end(pk, How.REOPENED, now=now)
    return place


@command("shelters.retire_place", needs=Permission.SHELTER_WORK)
def retire_place(actor: Actor, *, place_id: UUID, now: datetime) -> Place:
    """The bed is no more; its number is free for another one. Refuses with `shelters.taken` a bed somebody has."""
    place = selectors.get_place(actor, place_id, now=now)
    effects.end_over(now=now)
    bedding.retire(place, now=now)
    return place


@command("shelters.write_rules", needs=Permission.SHELTER_WORK)
def write_rules(
    actor: Actor, *, id: UUID, shelter_id: UUID, text: str, now: datetime, seen: str | None = None
) -> HouseRules:
    """The rules of the house as they are from now on. What was told before stays as it was.

    `seen`: the rules somebody read before; refuses with `shelters.changed_meanwhile` where others stand by now.
    """
    shelter = selectors.get_shelter(actor, shelter_id, now=now)
    content = [str(shelter_id), text]
    if again := repeated(HouseRules, actor, id=id, content=content):
        return again
    text = rules.check_text(text, name="text", needed=True)
    _ensure_seen(shelter, selectors.last_rules(actor, shelter.pk, now=now), seen)
    row = HouseRules(**written(actor, id=id, subject_id=shelter.subject_id, content=content, now=now), shelter=shelter)
    access.keys_for(actor, shelter.subject_id, now=now).put(row, "text", text)
    row.save(force_insert=True)
    return row


@command("shelters.keep_address", needs=Permission.SHELTER_WORK)
def keep_address(
    actor: Actor, *, id: UUID, shelter_id: UUID, address: str, now: datetime, seen: str | None = None
) -> AddressKept:
    """Where it is, to the strongroom alone: sealed to the posts of the organisation that work here and have a key.

    Whoever writes it need not be able to read it. Refuses with `shelters.no_key_yet` while none of them has one.
    """
    shelter = selectors.get_shelter(actor, shelter_id, now=now)
    content = [str(shelter_id)]  # not even a keyed digest of it stands outside the strongroom
    if again := repeated(AddressKept, actor, id=id, content=content):
        return again
    address = rules.check_text(address, name="address", most=rules.SHORT, needed=True)
    _ensure_seen(shelter, selectors.last_address(actor, shelter.pk, now=now), seen)
    posts = strongroom.with_keys(selectors.working_posts(actor, shelter.organisation_id))
    if not posts:
        raise DomainError("shelters.no_key_yet", field="address")
    value = strongroom.keep(
        actor,
        access.keys_for(actor, shelter.subject_id, now=now),
        id=new_id(),
        subject_id=shelter.subject_id,
        kind=Sealed.SHELTER,
        value=address,
        post_ids=posts,
        now=now,
    )
    row = AddressKept(
        **written(actor, id=id, subject_id=shelter.subject_id, content=content, now=now), shelter=shelter, value=value
    )
    row.save(force_insert=True)
    return row


def _ensure_seen(shelter: Shelter, last: HouseRules | AddressKept | None, seen: str | None) -> None:
    Shelter.objects.select_for_update().get(pk=shelter.pk)
    if seen is not None and seen != (str(last.pk) if last else ""):
        raise Stale("shelters.changed_meanwhile")


def _suits(fit: Collection[Suits]) -> dict[str, Any]:
    return {f"suits_{code}": code in fit for code in Suits}
