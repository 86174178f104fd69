"""What is known to have happened: counts for risk, a list for the page."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Max, Q

from kalka.access import selectors as access
from kalka.core import audit, sight
from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission
from kalka.history.models import Event
from kalka.history.rules import EventKind
from kalka.people import selectors as people


@dataclass(frozen=True, slots=True)
class Entry:
    kind: EventKind
    on: date
    recorded_at: datetime
    person_id: UUID | None
    source: str
    post_id: int | None


def counts(
    actor: Actor,
    subject_id: UUID,
    kinds: Iterable[str],
    *,
    since: date | None = None,
    now: datetime,
    person_id: UUID | None = None,
) -> dict[str, int]:
    """How often each kind happened since a day: 0 for what never did. With a person also in files not opened here.

    Counts only, and one entry in the record. Of files the actor is walled off from, nothing is counted. Raises
    AccessDenied when the file, or the person in it, is not visible.
    """
    if not access.sees(actor, subject_id, now=now):
        raise AccessDenied("history.not_visible")
    whose = Q(subject_id=subject_id)
    if person_id is not None:
        if people.get_person(actor, person_id, now=now).subject_id != subject_id:
            raise AccessDenied("history.not_visible")
        whose |= Q(person=person_id)
    wanted = [EventKind(kind) for kind in kinds]
    audit.read(actor, "history.counts", [subject_id])
    rows = access.unwalled(actor, Event.objects.filter(whose, kind__in=wanted))
    if since is not None:
        rows = rows.filter(on__gte=since)
    with sight.beyond():
        counted = dict(rows.values_list("kind").annotate(times=Count("id")).order_by("kind"))
    return {str(kind): counted.get(kind, 0) for kind in wanted}


def most_of(
    actor: Actor, subject_id: UUID, kinds: Iterable[str], *, persons: Collection[UUID], now: datetime
) -> dict[str, int]:
    """As `counts` with each of the persons of the file, the most of any of them; as many queries for ten as for one."""
    wanted = [EventKind(kind) for kind in kinds]
    here = counts(actor, subject_id, wanted, now=now)
    if not set(persons) <= people.codes(actor, subject_id, now=now).keys():
        raise AccessDenied("history.not_visible")
    others = Event.objects.filter(person__in=list(persons), kind__in=wanted).exclude(subject_id=subject_id)
    elsewhere = access.unwalled(actor, others).values_list("kind", "person").annotate(times=Count("id"))
    most = {str(kind): 0 for kind in wanted}
    with sight.beyond():
        for kind, _person, times in elsewhere.order_by("kind"):
            most[str(kind)] = max(most[str(kind)], times)
    return {kind: here[kind] + most[kind] for kind in most}


def last_of(
    actor: Actor, subject_id: UUID, kinds: Iterable[str], *, persons: Collection[UUID], now: datetime
) -> dict[str, date]:
    """The last day of each kind, in the file or of the persons of it elsewhere; what never happened is missing.

    Days of codes and nothing else, as counts are: whose file another one is stays unknown.
    """
    if (
        not access.sees(actor, subject_id, now=now)
        or not set(persons) <= people.codes(actor, subject_id, now=now).keys()
    ):
        raise AccessDenied("history.not_visible")
    audit.read(actor, "history.counts", [subject_id])
    wanted = [EventKind(kind) for kind in kinds]
    rows = Event.objects.filter(Q(subject_id=subject_id) | Q(person__in=list(persons)), kind__in=wanted)
    with sight.beyond():
        found = access.unwalled(actor, rows).values_list("kind").annotate(last=Max("on")).order_by("kind")
        return {str(kind): last for kind, last in found}


def timeline(actor: Actor, subject_id: UUID, *, now: datetime) -> list[Entry]:
    """The latest first. Empty for a file the actor does not see."""
    rows = access.visible(actor, Event.objects.filter(subject_id=subject_id), now=now)
    return [
        Entry(EventKind(row.kind), row.on, row.recorded_at, row.person_id, row.source, row.post_id)
        for row in rows.order_by("-on", "-recorded_at", "id")
    ]


def lately(
    actor: Actor, kind: str, *, since: datetime, subjects: Collection[UUID] | None = None, source: str = ""
) -> list[tuple[UUID, datetime]]:
    """In which files something of a kind was written down since a moment, and when. For jobs alone.

    `subjects`: of these files alone; `source`: as this step or register said it.
    """
    if not actor.may(Permission.SYSTEM):
        raise AccessDenied("core.not_permitted")
    rows = Event.objects.filter(kind=EventKind(kind), recorded_at__gte=since).order_by("recorded_at", "id")
    if subjects is not None:
        rows = rows.filter(subject_id__in=subjects)
    if source:
        rows = rows.filter(source=source)
    return list(rows.values_list("subject_id", "recorded_at"))
