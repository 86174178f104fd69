"""Somebody is held, and when the door opens again. Whoever is in danger by it must know before it does."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.errors import Stale
from kalka.core.permissions import Permission
from kalka.core.sight import beyond
from kalka.proceedings import effects, holding, rules, selectors
from kalka.proceedings.models import Custody, Release, ReleasePlan
from kalka.proceedings.rules import NewCustody
from kalka.risk import services as risk
from kalka.vault.rows import repeated, written


@command("proceedings.hold", needs=Permission.PROCEEDING_KEEP)
def take_into_custody(actor: Actor, *, id: UUID, case_ref: str, told: NewCustody, now: datetime) -> Custody:
    """Somebody said to have done it is held. Where nobody told until when, as long as the law allows, if it says.

    Refuses somebody who is held already.
    """
    case = selectors.open_case(actor, case_ref, now=now)
    if again := repeated(Custody, actor, id=id, content=asdict(told)):
        return again
    rules.check_custody(told, alleged=selectors.alleged(actor, case.subject_id, now=now), now=now)
    return holding.hold(actor, case.subject_id, case.ref, told, id=id, now=now)


@command("proceedings.plan_release", needs=Permission.CUSTODY_TELL)
def plan_release(
    actor: Actor, *, id: UUID, custody_id: UUID, until: datetime, seen: str | None = None, now: datetime
) -> ReleasePlan:
    """When the person will be released, said by whoever holds him; said again, it is the last word that holds.

    The risk is to be assessed again before. Refuses whoever is free already.
    """
    row = _held(selectors.get_custody(actor, custody_id, now=now))
    content = [custody_id, until]
    if again := repeated(ReleasePlan, actor, id=id, content=content):
        return again
    _ensure_held(row)
    if seen is not None and seen != str(row.plans.count()):
        raise Stale("proceedings.planned_meanwhile")
    rules.check_until(until, row.begun_at)
    with beyond():  # whoever holds him sees the custody, and nothing of the file it is in
        plan = holding.plan(actor, row, until, id=id, content=content, now=now)
        effects.to_tell_the_release(actor, row, until, now=now)
    return plan


@command("proceedings.release", needs=Permission.CUSTODY_TELL)
def release(actor: Actor, *, id: UUID, custody_id: UUID, at: datetime, how: str, now: datetime) -> Release:
    """The person is free. Where nobody could have been told in time, all who protect her are told now, and the risk
    is to be assessed within hours."""
    row = _held(selectors.get_custody(actor, custody_id, now=now))
    content = [custody_id, at, how]
    if again := repeated(Release, actor, id=id, content=content):
        return again
    _ensure_held(row)
    rules.check_freed(at, how, begun_at=row.begun_at, now=now)
    plan = row.plans.order_by("-number").first()
    freed = Release(
        **written(actor, id=id, subject_id=row.subject_id, content=content, now=now),
        custody=row,
        at=at,
        how=how,
        unforeseen=rules.came_unforeseen(at, how, plan.until if plan else None),
    )
    freed.save(force_insert=True)
    _told(actor, row, freed, now=now)
    return freed


@beyond()
def _told(actor: Actor, row: Custody, freed: Release, *, now: datetime) -> None:
    """Whoever holds him sees the custody, and nothing of the file it is in."""
    effects.note("released", actor, row.subject_id, row.person_id, freed.at, now=now)
    happened = "unplanned_release" if freed.unforeseen else "released"
    risk.require_reassessment(actor, happened, subject_id=row.subject_id, now=now)
    if freed.unforeseen:
        told = (effects.INSPECTOR, effects.SUPERVISOR, "social_worker")
        effects.alert("released_unforeseen", actor, row.subject_id, *told, now=now)
    effects.released(actor, row, now=now)


def _ensure_held(row: Custody) -> None:
    if Release.objects.filter(custody=row).exists():
        raise Stale("proceedings.is_free")


def _held(row: Custody) -> Custody:
    """Two who write of one custody wait for each other."""
    return Custody.objects.select_for_update().get(pk=row.pk)
