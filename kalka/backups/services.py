"""What is written down of backups: each attempt, each drill, and that an installation began again out of one."""

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from kalka.accounts import services as accounts
from kalka.backups.models import Backup, Drill
from kalka.backups.rules import Attempt, Result
from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.permissions import Permission
from kalka.custody import services as custody


@command("backups.record", needs=Permission.SYSTEM)
def record_backup(
    actor: Actor, *, id: UUID, told: Attempt, by_night: bool, started_at: datetime, now: datetime
) -> Backup:
    return Backup.objects.create(id=id, by_night=by_night, started_at=started_at, ended_at=now, **asdict(told))


@command("backups.drill", needs=Permission.SYSTEM)
def record_drill(actor: Actor, *, id: UUID, told: Result, seconds: int, now: datetime) -> Drill:
    return Drill.objects.create(id=id, started_at=now, seconds=seconds, **asdict(told))


@command("backups.begin_again", needs=Permission.SYSTEM)
def begin_again(actor: Actor, *, now: datetime) -> list[Any]:
    """In a restored database: whoever was signed in when the backup was made is no longer, and what was destroyed since
    is nobody's."""
    custody.settle(actor, now=now)
    return list(accounts.end_every_session(actor, now=now))
