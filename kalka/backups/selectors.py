"""How things stand with backups and drills, for the administrator and the console."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from kalka.backups import rules, standing
from kalka.backups.models import Backup, Drill
from kalka.backups.rules import Alarm
from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission

SHOWN = 10


@dataclass(frozen=True, slots=True)
class State:
    demo: bool
    configured: bool
    alarms: tuple[Alarm, ...]
    folder: Path | None
    recipients: int
    data_days: int
    made: Backup | None  # the last that was made
    proven: Drill | None  # the last that succeeded
    backups: Sequence[Backup]
    drills: Sequence[Drill]


def state(actor: Actor, *, now: datetime) -> State:
    """Needs BACKUP_READ."""
    _may(actor)
    made, proven = standing.last_made(now), standing.last_proven(now)
    found = standing.of(made, proven)
    return State(
        demo=found.demo,
        configured=found.configured,
        alarms=rules.alarms(found, now),
        folder=settings.BACKUP_TO,
        recipients=len(settings.BACKUP_RECIPIENTS),
        data_days=settings.BACKUP_DAYS,
        made=made,
        proven=proven,
        backups=list(Backup.objects.order_by("-started_at")[:SHOWN]),
        drills=list(Drill.objects.order_by("-started_at")[:SHOWN]),
    )


def alarms(actor: Actor, *, now: datetime) -> tuple[Alarm, ...]:
    """What is wrong, for a first page. Needs BACKUP_READ."""
    _may(actor)
    return rules.alarms(standing.standing(now), now)


def _may(actor: Actor) -> None:
    if not actor.may(Permission.BACKUP_READ):
        raise AccessDenied("core.not_permitted")
