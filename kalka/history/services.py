"""Appending to what happened. There is no service that changes or removes."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from kalka.core import clock, commands
from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.inserting import insert, insert_many
from kalka.history.models import Event
from kalka.history.rules import EventKind


def append(
    actor: Actor,
    *,
    subject_id: UUID,
    kind: str,
    at: date,
    now: datetime,
    person_id: UUID | None = None,
    source: str = "",
) -> Event:
    """Primitive of the step that made it true. `at` is the day it happened, in Bishkek when a moment is given.

    Refuses a day to come.
    """
    _inside_a_command()
    return insert(event(actor, subject_id=subject_id, kind=kind, at=at, now=now, person_id=person_id, source=source))


def append_all(
    actor: Actor, happened: Collection[tuple[UUID, date]], *, kind: str, now: datetime, source: str = ""
) -> None:
    """As `append`, of many files at once: each with the day or the moment. One statement."""
    _inside_a_command()
    insert_many(
        event(actor, subject_id=subject_id, kind=kind, at=at, now=now, source=source) for subject_id, at in happened
    )


def event(
    actor: Actor,
    *,
    subject_id: UUID,
    kind: str,
    at: date,
    now: datetime,
    person_id: UUID | None = None,
    source: str = "",
) -> Event:
    """As `append`, for a command that writes the row together with others of its own."""
    _inside_a_command()
    on = clock.day_of(at) if isinstance(at, datetime) else at
    if on > clock.day_of(now):
        raise DomainError("history.day_to_come", field="on")
    return Event(
        subject_id=subject_id,
        person_id=person_id,
        kind=EventKind(kind),
        on=on,
        recorded_at=now,
        source=source,
        author_id=actor.user_id,
        post_id=actor.post_id,
    )


def _inside_a_command() -> None:
    if not commands.inside():
        raise AccessDenied("history.outside_a_command")
