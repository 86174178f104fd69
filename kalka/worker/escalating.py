"""Late duties move up, and whoever they came to is told of it."""

from datetime import datetime

from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.permissions import Permission
from kalka.duties import services as duties
from kalka.duties.batches import Batch, batches
from kalka.duties.services.rolling import Moved
from kalka.notices import services as notices


def escalate_all(actor: Actor, *, now: datetime) -> int:
    """All that is late by now, however much. What is done stays done if it is broken off. Returns how many moved."""
    return sum(len(escalate(actor, now=now, batch=batch)) for batch in batches(now))


@command("worker.escalate", needs=Permission.SYSTEM)
def escalate(actor: Actor, *, now: datetime, batch: Batch | None = None) -> tuple[Moved, ...]:
    moved = duties.roll(actor, now=now, batch=batch)
    notices.alert_all([(duty.to_post, duty.notice, duty.subject_id) for duty in moved], now=now)
    return moved
