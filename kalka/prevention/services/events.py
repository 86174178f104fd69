"""An event is written down whole, and never edited: a wrong one is withdrawn and written anew."""

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from kalka.access import services as grants
from kalka.core import clock, commands
from kalka.core.actors import Actor, organisation_holder
from kalka.core.commands import command
from kalka.core.errors import AccessDenied, DomainError, Stale
from kalka.core.permissions import Permission
from kalka.core.refs import new_id
from kalka.places import selectors as places
from kalka.prevention import rules, selectors
from kalka.prevention.models import Event, EventNote, EventPartner, EventReach, EventTopic, EventWithdrawn
from kalka.prevention.rules import NewEvent
from kalka.vault.classes import Klass
from kalka.vault.keys import Keys, fingerprint, new_keys
from kalka.vault.rows import written

KLASSES = (Klass.NARRATIVE, Klass.IDENTITY, Klass.EVIDENCE)


@command("prevention.record_event", needs=Permission.EVENT_KEEP)
def record_event(actor: Actor, *, id: UUID, told: NewEvent, now: datetime) -> Event:
    """Of the own organisation. Refuses at its field what cannot be, and another's id like one nobody may use."""
    digest = fingerprint(str(id), _content(told))
    if again := _again(actor, id, digest):
        return again
    rules.check_event(told, today=clock.day_of(now))
    if told.place not in places.infos([told.place]):
        raise DomainError("prevention.not_an_answer", field="place")
    event = _made(actor, _office(actor), id, digest, told, now)
    event.save(force_insert=True)
    keys = new_keys(event.file, KLASSES)
    grants.grant(event.file, organisation_holder(_office(actor)), why="event", now=now)
    _parts(event, told)
    if told.told.strip():
        _note(actor, keys, event, told.told.strip(), now)
    return event


@command("prevention.withdraw_event", needs=Permission.EVENT_KEEP)
def withdraw_event(actor: Actor, *, event_id: UUID, why: str, now: datetime) -> EventWithdrawn:
    """It is not counted any more. Refuses one that was taken back already as overtaken."""
    event = selectors.own_event(actor, event_id)
    rules.known("why", why, list(rules.Withdrawn))
    if EventWithdrawn.objects.filter(event=event).exists():
        raise Stale("prevention.withdrawn_already")
    return EventWithdrawn.objects.create(event=event, why=why, author_id=actor.user_id, at=now)


def _content(told: NewEvent) -> dict[str, Any]:
    said = asdict(told)
    return said | {"reach": sorted([*key, number] for key, number in told.reach.items())}


def _again(actor: Actor, id: UUID, digest: bytes) -> Event | None:
    there = Event.objects.filter(pk=id).first()
    if there is None:
        commands.found_free(lambda: Event.objects.filter(pk=id).exists())
        return None
    if (there.author_id, bytes(there.digest)) != (actor.user_id, digest):
        raise AccessDenied("core.id_taken")
    return there


def _office(actor: Actor) -> int:
    if actor.organisation_id is None:
        raise AccessDenied("prevention.unknown")
    return actor.organisation_id


def _made(actor: Actor, office: int, id: UUID, digest: bytes, told: NewEvent, now: datetime) -> Event:
    return Event(
        id=id,
        file=new_id(),
        organisation_id=office,
        author_id=actor.user_id,
        post_id=actor.post_id,
        digest=digest,
        recorded_at=now,
        kind=told.kind,
        on=told.on,
        place=told.place,
        times=told.times,
        times_bound=told.times_bound,
        people=told.people,
        people_bound=told.people_bound,
        grades=sorted(told.grades),
    )


def _parts(event: Event, told: NewEvent) -> None:
    """Noughts are not kept."""
    EventReach.objects.bulk_create(
        EventReach(event=event, sex=sex, band=band, count=number)
        for (sex, band), number in told.reach.items()
        if number
    )
    EventTopic.objects.bulk_create(
        EventTopic(event=event, topic=topic, count=number) for topic, number in told.topics.items() if number
    )
    EventPartner.objects.bulk_create(
        EventPartner(event=event, name=one.name.strip(), whence=one.whence) for one in told.partners
    )


def _note(actor: Actor, keys: Keys, event: Event, text: str, now: datetime) -> None:
    note = EventNote(**written(actor, id=new_id(), subject_id=event.file, content=[], now=now), event=event)
    keys.put(note, "told", text)
    note.save(force_insert=True)
