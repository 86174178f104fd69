"""What is still to be done, and what was: for closing and for the time of a case."""

from datetime import datetime
from uuid import UUID

from django.urls import reverse

from kalka.access import selectors as access
from kalka.cases import selectors as cases
from kalka.cases.rules import Kind
from kalka.core.actors import Actor
from kalka.core.blockers import Blocker
from kalka.core.permissions import Permission
from kalka.core.timeline import TimelineItem
from kalka.history import selectors as history
from kalka.risk import tables
from kalka.risk.levels import level_of
from kalka.risk.models import Assessment, NotAlone, Trigger
from kalka.risk.offered import words
from kalka.risk.rules import place, raised
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
    """Newest first: each level with the one before it, and what lifted it.

    With `keys` also the officer's reasons, for whoever may read an assessment.
    """
    keys = keys if actor.may(Permission.RISK_READ) else None
    rows = _rows(actor, subject_id, now)
    items = [
        *_assessed(actor, rows, subject_id, now, keys),
        *_countersigned(rows, keys),
        *_not_alone(actor, subject_id, now),
        *_called(actor, rows, subject_id, now),
    ]
    return sorted(items, key=lambda item: item.at, reverse=True)


def _rows(actor: Actor, subject_id: UUID, now: datetime) -> list[Assessment]:
    """The oldest first, each with its judgement and with whether a second person agreed."""
    found = Assessment.objects.filter(subject_id=subject_id).select_related("judgement", "countersigned")
    return list(access.visible(actor, found, now=now).order_by("recorded_at", "id"))


def _stood(rows: list[Assessment], at: datetime) -> Assessment | None:
    """The level in force at a moment, without what lifted it."""
    return next((row for row in reversed(rows) if (since := _since(row)) is not None and since < at), None)


def _since(row: Assessment) -> datetime | None:
    """Since when it is in force; a lower one from the moment a second person agreed."""
    if not row.proposed:
        return row.recorded_at
    signed = getattr(row, "countersigned", None)
    return signed.recorded_at if signed is not None and signed.agreed else None


def _assessed(
    actor: Actor, rows: list[Assessment], subject_id: UUID, now: datetime, keys: Keys | None
) -> list[TimelineItem]:
    refs = cases.refs(actor, {subject_id}, now=now) if rows else {}
    return [_assessment(row, _stood(rows, row.recorded_at), refs.get(subject_id, ""), now, keys) for row in rows]


def _assessment(row: Assessment, before: Assessment | None, ref: str, now: datetime, keys: Keys | None) -> TimelineItem:
    shown = level_of(row, place(row.level), now=now)
    was = level_of(before, place(before.level), now=now).title() if before else ""
    why = [keys.get(row.judgement, "judged")["reason"], keys.get(row, "raised_reason")] if keys else []
    return TimelineItem(
        at=row.recorded_at,
        what="risk.proposed" if row.proposed else "risk.changed" if _differs(row, before) else "risk.assessed",
        icon="shield",
        facts={
            "level": row.level,
            "title": shown.title(),
            "before": was,
            "edition": shown.edition,
            "status": row.status,
        },
        who_post=row.post_id,
        lines=tuple(one for one in why if one),
        key=True,
        alarm=place(row.level).is_high,
        url=reverse("risk:show", args=[ref, row.pk]) if ref else "",
    )


def _differs(row: Assessment, before: Assessment | None) -> bool:
    return before is not None and place(before.level).on(place(row.level).of) != place(row.level)


def _countersigned(rows: list[Assessment], keys: Keys | None) -> list[TimelineItem]:
    signed = [row.countersigned for row in rows if hasattr(row, "countersigned")]
    return [
        TimelineItem(
            at=row.recorded_at,
            what="risk.countersigned" if row.agreed else "risk.not_countersigned",
            icon="shield",
            who_post=row.post_id,
            lines=(keys.get(row, "reason"),) if keys else (),
            key=True,
        )
        for row in signed
    ]


def _not_alone(actor: Actor, subject_id: UUID, now: datetime) -> list[TimelineItem]:
    rows = access.visible(actor, NotAlone.objects.filter(subject_id=subject_id), now=now)
    return [
        TimelineItem(at=row.recorded_at, what="risk.not_alone", icon="lock", who_post=row.post_id, alarm=True)
        for row in rows
    ]


def _called(actor: Actor, rows: list[Assessment], subject_id: UUID, now: datetime) -> list[TimelineItem]:
    """What asked for a new assessment; and what the history says by itself, where it lifted the level."""
    triggers = access.visible(actor, Trigger.objects.filter(subject_id=subject_id), now=now)
    called = {(row.kind, row.recorded_at): row.post_id for row in triggers if not tables.trigger(row.kind).quiet}
    items = [_call(kind, at, post, _lift(rows, kind, at, now)) for (kind, at), post in called.items()]
    of_history = tables.triggers().of_history
    for event in history.timeline(actor, subject_id, now=now):
        kind, at = of_history.get(event.kind, ""), event.recorded_at
        if kind and (kind, at) not in called and (lift := _lift(rows, kind, at, now)):
            items.append(_call(kind, at, event.post_id, lift))
    return items


def _lift(rows: list[Assessment], kind: str, at: datetime, now: datetime) -> str:
    """The level it lifted to, in words; empty where it lifted nothing."""
    stood, floor = _stood(rows, at), tables.trigger(kind).floor
    if stood is None or floor is None:
        return ""
    level = raised(place(stood.level), [floor])
    return level_of(stood, level, now=now).title() if level != place(stood.level) else ""


def _call(kind: str, at: datetime, post_id: int | None, lift: str) -> TimelineItem:
    trigger = tables.trigger(kind)
    return TimelineItem(
        at=at,
        what="risk.lifted" if lift else "risk.called",
        icon="warn",
        facts={"why": words(trigger.title), "title": lift},
        who_post=post_id,
        key=bool(lift),
        alarm=trigger.floor is not None,
    )
