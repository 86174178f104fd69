"""What is still to be done, and what was: for closing and for the time of a case."""

from datetime import datetime
from uuid import UUID

from django.urls import reverse

from kalka.access import selectors as access
from kalka.cases import selectors as cases
from kalka.cases.rules import Kind
from kalka.core.actors import Actor
from kalka.core.blockers import Blocker
from kalka.core.timeline import TimelineItem
from kalka.risk import tables
from kalka.risk.levels import level_of
from kalka.risk.models import Assessment, Countersign, NotAlone, Trigger
from kalka.risk.offered import words
from kalka.risk.rules import place
from kalka.risk.selectors.practice import supervised
from kalka.risk.selectors.standing import current, waiting
from kalka.vault.keys import Keys


def open_work(actor: Actor, subject_id: UUID, *, now: datetime) -> tuple[Blocker, ...]:
    """What keeps a case open. A family at risk need not be assessed; once it was, it is like any other."""
    level = current(actor, subject_id, now=now)
    if level is None:
        case = cases.case_of(actor, subject_id, now=now)
        return (Blocker("risk.never_assessed"),) if case.kind == Kind.VIOLENCE else ()
    found = [Blocker("risk.called", {"what": words(tables.trigger(code).title)}) for code in level.since]
    if level.expired:
        found.insert(0, Blocker("risk.expired", {"since": level.expires_at}))
    if waiting(actor, subject_id, now=now):
        found.append(Blocker("risk.waiting"))
    if watch := supervised(actor, subject_id, now=now):
        found.append(Blocker("risk.supervised", {"until": watch.until, "found": watch.found, "of": watch.of}))
    return tuple(found)


def timeline(actor: Actor, subject_id: UUID, *, now: datetime, keys: Keys | None = None) -> list[TimelineItem]:
    """Newest first. With `keys` also why a level was raised, and why a second person agreed or did not."""
    items = [
        *_assessed(actor, subject_id, now, keys),
        *_countersigned(actor, subject_id, now, keys),
        *_not_alone(actor, subject_id, now),
        *_called(actor, subject_id, now),
    ]
    return sorted(items, key=lambda item: item.at, reverse=True)


def _assessed(actor: Actor, subject_id: UUID, now: datetime, keys: Keys | None) -> list[TimelineItem]:
    rows = list(access.visible(actor, Assessment.objects.filter(subject_id=subject_id), now=now))
    refs = cases.refs(actor, {subject_id}, now=now) if rows else {}
    return [_assessment(row, refs.get(subject_id, ""), now, keys) for row in rows]


def _assessment(row: Assessment, ref: str, now: datetime, keys: Keys | None) -> TimelineItem:
    shown = level_of(row, place(row.level), now=now)
    why = keys.get(row, "raised_reason") if keys else None
    return TimelineItem(
        at=row.recorded_at,
        what="risk.proposed" if row.proposed else "risk.assessed",
        icon="shield",
        facts={"level": row.level, "title": shown.title(), "edition": shown.edition, "status": row.status},
        who_post=row.post_id,
        lines=(why,) if why else (),
        key=True,
        alarm=place(row.level).is_high,
        url=reverse("risk:show", args=[ref, row.pk]) if ref else "",
    )


def _countersigned(actor: Actor, subject_id: UUID, now: datetime, keys: Keys | None) -> list[TimelineItem]:
    rows = access.visible(actor, Countersign.objects.filter(subject_id=subject_id), now=now)
    return [
        TimelineItem(
            at=row.recorded_at,
            what="risk.countersigned" if row.agreed else "risk.not_countersigned",
            icon="shield",
            who_post=row.post_id,
            lines=(keys.get(row, "reason"),) if keys else (),
            key=True,
        )
        for row in rows
    ]


def _not_alone(actor: Actor, subject_id: UUID, now: datetime) -> list[TimelineItem]:
    rows = access.visible(actor, NotAlone.objects.filter(subject_id=subject_id), now=now)
    return [
        TimelineItem(at=row.recorded_at, what="risk.not_alone", icon="lock", who_post=row.post_id, alarm=True)
        for row in rows
    ]


def _called(actor: Actor, subject_id: UUID, now: datetime) -> list[TimelineItem]:
    rows = access.visible(actor, Trigger.objects.filter(subject_id=subject_id), now=now)
    return [
        TimelineItem(
            at=row.recorded_at,
            what="risk.called",
            icon="warn",
            facts={"why": words(tables.trigger(row.kind).title), "due": row.due_at},
            who_post=row.post_id,
            alarm=bool(row.floor),
        )
        for row in rows
    ]
