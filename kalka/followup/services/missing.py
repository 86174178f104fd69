"""A visit that was not made: whoever is above and whoever coordinates are told of it within the hour."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.inserting import insert_many
from kalka.core.permissions import Permission
from kalka.core.refs import new_id
from kalka.duties import batches
from kalka.duties.lines import DutyLine
from kalka.followup import effects, selectors
from kalka.followup.models import MissedVisit
from kalka.history import services as history
from kalka.notices import services as notices
from kalka.risk import selectors as risk
from kalka.vault.rows import written

ALARM = "visit_missed_high"


@command("followup.missed", needs=Permission.SYSTEM)
def missed(actor: Actor, *, now: datetime, late: Sequence[DutyLine] | None = None) -> tuple[MissedVisit, ...]:
    """Alarm the superior and the coordinator of every visit and every check of an order that is late at a high level,
    once for each term.

    High is the upper half of the edition's levels. Not assessed counts as high: unknown is never no. `late`: some of
    them, to be kept by themselves; without it all there are, in one transaction.
    """
    found = [late] if late is not None else batches.late(selectors.MISSED, now)
    return tuple(row for some in found for row in _alarmed(actor, some, now))


def _alarmed(actor: Actor, late: Sequence[DutyLine], now: datetime) -> list[MissedVisit]:
    """In as many statements as one."""
    files = {duty.subject_id for duty in late}
    told = set(MissedVisit.objects.filter(subject_id__in=files).values_list("subject_id", "planned_at"))
    new = {(duty.subject_id, duty.due_at): duty for duty in late if (duty.subject_id, duty.due_at) not in told}
    levels = risk.positions(actor, {subject_id for subject_id, _due in new})
    high = [duty for duty in new.values() if _is_high(duty, levels)]
    above = {post: _above(post, now) for post in {duty.assignee_id for duty in high}}
    rows = insert_many(_row(actor, duty, above[duty.assignee_id][0], now) for duty in high)
    alarms = [(post, ALARM, duty.subject_id) for duty in high for post in dict.fromkeys(above[duty.assignee_id])]
    notices.alert_all(alarms, now=now)
    history.append_all(
        actor, [(row.subject_id, row.planned_at) for row in rows], kind="visit_missed", now=now, source="followup"
    )
    return rows


def _is_high(duty: DutyLine, levels: dict[UUID, str]) -> bool:
    """By the level the duty was given or the one in force, whichever says more; by neither, nobody knows."""
    said = [level for level in (duty.level, levels.get(duty.subject_id, "")) if level]
    return any(effects.is_high(level) for level in said or [""])


def _row(actor: Actor, duty: DutyLine, alarmed: int, now: datetime) -> MissedVisit:
    assert duty.due_at is not None  # only what has a term is late
    return MissedVisit(
        **written(actor, id=new_id(), subject_id=duty.subject_id, content=[duty.id], now=now),
        planned_at=duty.due_at,
        alarmed_id=alarmed,
    )


def _above(post_id: int, now: datetime) -> tuple[int, ...]:
    """Who is told of what a post did not do: its superior first. Where nobody is above, the post itself."""
    return (effects.superior(post_id, now=now) or post_id, *effects.coordinators(post_id, now=now))
