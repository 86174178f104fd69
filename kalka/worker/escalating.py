"""Late duties move up, and whoever they came to is told of it."""

from datetime import datetime

from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.permissions import Permission
from kalka.duties import services as duties
from kalka.duties.services.rolling import Moved
from kalka.notices import services as notices


@command("worker.escalate", needs=Permission.SYSTEM)
def escalate(actor: Actor, *, now: datetime) -> tuple[Moved, ...]:
    moved = duties.roll(actor, now=now)
    for duty in moved:
        notices.alert(duty.to_post, duty.notice, subject_id=duty.subject_id, now=now)
    return moved
