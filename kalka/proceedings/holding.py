"""Somebody is held, and his release is planned: the rows, and what they cause. Inside commands only."""

from dataclasses import asdict
from datetime import datetime, timedelta
from uuid import UUID

from kalka.core import commands
from kalka.core.actors import Actor
from kalka.core.clock import day_of
from kalka.core.errors import AccessDenied, Stale
from kalka.core.refs import derived
from kalka.lawbook.book import Law, Provision
from kalka.proceedings import effects
from kalka.proceedings.models import Custody, ProceedingEnd, ReleasePlan
from kalka.proceedings.rules import DETENTION, NewCustody
from kalka.risk import services as risk
from kalka.vault.rows import written

LONGEST_DETENTION = "liability.detention_max_hours"


def hold(
    actor: Actor,
    subject_id: UUID,
    case_ref: str,
    told: NewCustody,
    *,
    id: UUID,
    end: ProceedingEnd | None = None,
    now: datetime,
) -> Custody:
    """Refuses somebody who is held already."""
    if not commands.inside():
        raise AccessDenied("proceedings.outside_a_command")
    if Custody.objects.filter(subject_id=subject_id, person=told.person, release=None).exists():
        raise Stale("proceedings.is_held", field="person")
    basis = Law(day_of(told.begun_at)).get(LONGEST_DETENTION) if told.kind == DETENTION else None
    row = Custody(
        **written(actor, id=id, subject_id=subject_id, content=asdict(told), now=now),
        case_ref=case_ref,
        person_id=told.person,
        kind=told.kind,
        keeper=told.keeper,
        begun_at=told.begun_at,
        basis=basis.as_json() if basis else None,
        end=end,
    )
    row.save(force_insert=True)
    effects.note("detained", actor, subject_id, told.person, told.begun_at, now=now)
    until = told.until or _until(told.begun_at, basis)
    if until is not None:
        plan(actor, row, until, id=derived(id, "plan"), content=[id, until], now=now)
    effects.to_tell_the_release(actor, row, until, now=now)
    return row


def _until(begun_at: datetime, basis: Provision | None) -> datetime | None:
    return begun_at + timedelta(hours=basis.whole()) if basis is not None and basis.is_set else None


def plan(actor: Actor, row: Custody, until: datetime, *, id: UUID, content: object, now: datetime) -> ReleasePlan:
    new = ReleasePlan(
        **written(actor, id=id, subject_id=row.subject_id, content=content, now=now),
        custody=row,
        number=row.plans.count() + 1,
        until=until,
    )
    new.save(force_insert=True)
    effects.note("release_planned", actor, row.subject_id, row.person_id, now, now=now)
    risk.require_reassessment(actor, "planned_release", subject_id=row.subject_id, now=now, event_at=until)
    return new
