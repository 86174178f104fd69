"""A roll is a paper beside the event: sealed, and never asked for."""

from datetime import datetime
from uuid import UUID

from kalka.access import selectors as access
from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.errors import DomainError, Stale
from kalka.core.permissions import Permission
from kalka.prevention import rules, selectors
from kalka.prevention.models import Event, EventWithdrawn, Roll
from kalka.vault.classes import Klass
from kalka.vault.fields import Sealed
from kalka.vault.rows import repeated, written


@command("prevention.keep_roll", needs=Permission.EVENT_KEEP)
def keep_roll(actor: Actor, *, id: UUID, event_id: UUID, names: str, now: datetime) -> Roll:
    """One name a line; the newest roll takes the place of the one before."""
    event = selectors.own_event(actor, event_id)
    said = [str(event_id), names]
    if again := repeated(Roll, actor, id=id, content=said):
        return again
    rules.check_more_than_numbers(event.kind, "names")
    listed = rules.names_of(names)
    if EventWithdrawn.objects.filter(event=event).exists():
        raise Stale("prevention.withdrawn_already")
    row = Roll(**written(actor, id=id, subject_id=event.file, content=said, now=now), event=event, count=len(listed))
    access.keys_for(actor, event.file, now=now, klasses=(Klass.IDENTITY,)).put(row, "names", listed)
    row.save(force_insert=True)
    return row


@command("prevention.destroy_roll", needs=Permission.EVENT_KEEP)
def destroy_roll(actor: Actor, *, event_id: UUID, now: datetime) -> Event:
    """The names of every roll of the event are gone; that there was one stays. Refuses where there is none."""
    event = selectors.own_event(actor, event_id)
    rows = access.visible(actor, Roll.objects.filter(event=event, count__gt=0), now=now)
    if not rows.update(names=Sealed(b""), count=0):
        raise DomainError("prevention.nobody_on_roll", field="destroy")
    return event
