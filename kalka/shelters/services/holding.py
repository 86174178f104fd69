"""Keeping a place for somebody on the way: asked for by region, answered by the database, over after its minutes."""

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from kalka.access import selectors as access
from kalka.access import services as grants
from kalka.core.actors import Actor, post_holder
from kalka.core.clock import day_of
from kalka.core.commands import command
from kalka.core.errors import AccessDenied, Stale
from kalka.core.permissions import Permission
from kalka.core.refs import new_id, new_ref
from kalka.shelters import bedding, effects, rules, selectors
from kalka.shelters.house import house
from kalka.shelters.models import Hold, Taking, TurnAway
from kalka.shelters.rules import How, Kind, NewHold, NewTurnAway, Wish
from kalka.vault.classes import Klass
from kalka.vault.keys import new_keys
from kalka.vault.rows import repeated, written

KLASSES = (Klass.IDENTITY, Klass.NARRATIVE, Klass.CONTACT)


@command("shelters.hold", needs=Permission.SHELTER_HOLD)
def hold_place(actor: Actor, *, id: UUID, told: NewHold, now: datetime, about: UUID | None = None) -> Hold:
    """Keep a place for somebody on the way, in an area the network names. Which shelter it is, is not told.

    `about` is the subject of the case it is for, which the actor sees: kept as a mark, and whoever is shut out of that
    is shut out of this. Refuses with `shelters.taken` when no place that suits is left, also when somebody else was
    faster by a moment. The shelter's posts are told.
    """
    content = [asdict(told), str(about or "")]
    if again := repeated(Hold, actor, id=id, content=content):
        return again
    if about is not None and not access.sees(actor, about, now=now):
        raise AccessDenied("shelters.unknown")
    rules.check_wish(told.wish)
    note = rules.check_text(told.note, name="note")
    effects.end_over(now=now)
    fitting = selectors.free_in(actor, told.area, told.wish.needed, now=now)
    subject_id, until = new_id(), now + house().hold
    taking = bedding.take_first(
        fitting,
        kind=Kind.HOLD,
        file=subject_id,
        now=now,
        until=until,
        about=bedding.mark(about),
        post_id=actor.post_id,
    )
    keys = new_keys(subject_id, KLASSES)
    hold = Hold(
        **written(actor, id=id, subject_id=subject_id, content=content, now=now),
        **_wished(told.wish),
        ref=new_ref(),
        taking=taking,
    )
    for name, said in (("note", note), ("phone", told.phone)):
        if said:
            keys.put(hold, name, said)
    hold.save(force_insert=True)
    effects.wall_as_the_case(hold.subject_id, about, now=now)
    effects.tell_of_hold(actor, hold, until, now=now)
    return hold


@command("shelters.release", needs=Permission.SHELTER_HOLD)
def release_hold(actor: Actor, *, hold_id: UUID, now: datetime) -> Hold:
    """She is not coming: the place is free at once. Refuses with `shelters.hold_is_over` one that does not run."""
    hold = selectors.get_hold(actor, hold_id, now=now)
    if not bedding.end(hold.taking_id, How.RELEASED, now=now):
        raise Stale("shelters.hold_is_over")
    return hold


@command("shelters.release_over", needs=Permission.SYSTEM)
def release_over(actor: Actor, *, now: datetime) -> list[Taking]:
    """End what has run out, and tell whoever asked for it."""
    return effects.end_over(now=now)


@command("shelters.turn_away", needs=Permission.SHELTER_HOLD)
def turn_away(actor: Actor, *, id: UUID, told: NewTurnAway, now: datetime, shelter_id: UUID | None = None) -> TurnAway:
    """Write down that somebody asked and did not get shelter, and why. Codes alone: there is no room for a name.

    `shelter_id`: turned away by a shelter of the actor's own, whose region it then is.
    """
    shelter = selectors.get_shelter(actor, shelter_id, now=now) if shelter_id else None
    content = [asdict(told), str(shelter_id or "")]
    if again := repeated(TurnAway, actor, id=id, content=content):
        return again
    rules.check_wish(told.wish)
    rules.known("reason", told.reason, list(rules.Reason))
    if shelter is None:
        rules.known("region", told.region, [code for code, _label in selectors.region_choices(actor)])
    subject_id = shelter.subject_id if shelter else new_id()
    row = TurnAway(
        **written(actor, id=id, subject_id=subject_id, content=content, now=now),
        **_wished(told.wish),
        shelter=shelter,
        region=shelter.region if shelter else told.region,
        on=day_of(now),
        reason=told.reason,
    )
    row.save(force_insert=True)
    if shelter is None and actor.post_id is not None:
        grants.grant(subject_id, post_holder(actor.post_id), why="turn_away", now=now)
    return row


def _wished(wish: Wish) -> dict[str, Any]:
    return {
        "who": wish.who,
        "children": wish.children,
        "sons_over_12": wish.sons_over_12,
        "disability": wish.disability,
        "pets": wish.pets,
    }
