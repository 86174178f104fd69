"""A visit that was not made: whoever is above and whoever coordinates are told of it within the hour."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.permissions import Permission
from kalka.core.refs import new_id
from kalka.duties import selectors as duty_list
from kalka.duties.lines import DutyLine
from kalka.followup import effects, selectors
from kalka.followup.models import MissedVisit
from kalka.history import services as history
from kalka.notices import services as notices
from kalka.risk import selectors as risk
from kalka.vault.rows import written

ALARM = "visit_missed_high"


@command("followup.missed", needs=Permission.SYSTEM)
def missed(actor: Actor, *, now: datetime) -> tuple[MissedVisit, ...]:
    """Alarm the superior and the coordinator of every visit and every check of an order that is late at a high level,
    once for each term.

    High is the upper half of the edition's levels. Not assessed counts as high: unknown is never no.
    """
    late = [
        duty
        for kind in (selectors.VISIT, selectors.COMPLIANCE)
        for duty in duty_list.late_of_kind(actor, kind, now=now)
    ]
    told = set(
        MissedVisit.objects.filter(subject_id__in={duty.subject_id for duty in late}).values_list(
            "subject_id", "planned_at"
        )
    )
    new = {(duty.subject_id, duty.due_at): duty for duty in late if (duty.subject_id, duty.due_at) not in told}
    levels = risk.positions(actor, {subject_id for subject_id, _due in new})
    return tuple(_alarm(actor, duty, now) for duty in new.values() if _is_high(duty, levels))


def _is_high(duty: DutyLine, levels: dict[UUID, str]) -> bool:
    """By the level the duty was given or the one in force, whichever says more; by neither, nobody knows."""
    said = [level for level in (duty.level, levels.get(duty.subject_id, "")) if level]
    return any(effects.is_high(level) for level in said or [""])


def _alarm(actor: Actor, duty: DutyLine, now: datetime) -> MissedVisit:
    assert duty.due_at is not None  # only what has a term is late
    above = effects.superior(duty.assignee_id, now=now)
    row = MissedVisit(
        **written(actor, id=new_id(), subject_id=duty.subject_id, content=[duty.id], now=now),
        planned_at=duty.due_at,
        alarmed_id=above or duty.assignee_id,
    )
    row.save(force_insert=True)
    for post_id in dict.fromkeys(_told(row, duty, now)):
        notices.alert(post_id, ALARM, subject_id=row.subject_id, now=now)
    history.append(actor, subject_id=row.subject_id, kind="visit_missed", at=row.planned_at, now=now, source="followup")
    return row


def _told(row: MissedVisit, duty: DutyLine, now: datetime) -> Iterator[int]:
    """Where nobody is above, the post itself."""
    yield row.alarmed_id
    yield from effects.coordinators(duty.assignee_id, now=now)
