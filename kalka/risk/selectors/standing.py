"""Where the risk stands: the level in force, what happened since, and what waits."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from kalka.access import selectors as access
from kalka.access.rules import Scope
from kalka.core.actors import Actor
from kalka.core.permissions import Permission
from kalka.history import selectors as history
from kalka.risk import tables
from kalka.risk.levels import Level, Waiting, level_of
from kalka.risk.models import Assessment, NotAlone, Trigger
from kalka.risk.rules import place, raised


class Subject(Protocol):
    """A case, or its head."""

    @property
    def subject_id(self) -> UUID: ...
    @property
    def ref(self) -> str: ...


@dataclass(frozen=True, slots=True)
class RiskPanel:
    """The part of a case's card. Without a level nothing was assessed, which is never «no risk»."""

    ref: str
    level: Level | None
    waiting: Waiting | None
    not_alone_at: datetime | None  # since the last assessment
    may_assess: bool
    may_countersign: bool


def current(actor: Actor, subject_id: UUID, *, now: datetime, scope: Scope = Scope.FILE) -> Level | None:
    """The level in force; None while nothing was assessed. An expired level is shown as such and goes on standing."""
    rows = access.visible(actor, Assessment.objects.in_force().filter(subject_id=subject_id), now=now, scope=scope)
    row = rows.order_by("-recorded_at", "-id").first()
    if row is None:
        return None
    since = happened_since(actor, subject_id, row.recorded_at, now=now, scope=scope)
    floors = [kind.floor for code in since if (kind := tables.trigger(code)).floor]
    return level_of(row, raised(place(row.level), floors), now=now, since=since)


def happened_since(
    actor: Actor, subject_id: UUID, since: datetime, *, now: datetime, scope: Scope = Scope.FILE
) -> tuple[str, ...]:
    """The triggers after a moment: those called for, and what the history says by itself."""
    called = Trigger.objects.filter(subject_id=subject_id, recorded_at__gt=since).order_by("recorded_at")
    found = list(access.visible(actor, called, now=now, scope=scope).values_list("kind", flat=True))
    of_history = tables.triggers().of_history
    for event in history.timeline(actor, subject_id, now=now):
        if event.kind in of_history and event.recorded_at > since:
            found.append(of_history[event.kind])
    covered = {tables.trigger(code).covers for code in found}
    return tuple(code for code in dict.fromkeys(found) if code not in covered)


def waiting(actor: Actor, subject_id: UUID, *, now: datetime) -> Waiting | None:
    rows = access.visible(actor, Assessment.objects.waiting().filter(subject_id=subject_id), now=now)
    row = rows.order_by("-recorded_at", "-id").first()
    if row is None:
        return None
    shown = level_of(row, place(row.level), now=now)
    return Waiting(row.pk, row.level, shown.title(), own=row.author_id == actor.user_id)


def panel(actor: Actor, case: Subject, *, now: datetime) -> RiskPanel:
    level = current(actor, case.subject_id, now=now)
    found = waiting(actor, case.subject_id, now=now)
    stopped = access.visible(actor, NotAlone.objects.filter(subject_id=case.subject_id), now=now)
    at = stopped.order_by("-recorded_at").values_list("recorded_at", flat=True).first()
    return RiskPanel(
        ref=case.ref,
        level=level,
        waiting=found,
        not_alone_at=at if at and (level is None or at > level.assessed_at) else None,
        may_assess=actor.may(Permission.RISK_ASSESS),
        may_countersign=found is not None and not found.own and leads(actor),
    )


def leads(actor: Actor) -> bool:
    """Whether the actor may be the second person."""
    return actor.may(Permission.RISK_ASSESS) and (actor.leads or actor.may(Permission.DUTY_OVERSEE))
