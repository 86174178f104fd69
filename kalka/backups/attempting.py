"""One attempt at a backup, written down whatever becomes of it; and the one the worker makes each night."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from django.conf import settings

from kalka.backups import making, services, standing
from kalka.backups.making import Made
from kalka.backups.rules import Attempt
from kalka.core import clock
from kalka.core.actors import SYSTEM
from kalka.core.refs import new_id
from kalka.jobs.rules import failure_of


def attempt(to: Path, recipients: Sequence[str], *, data_days: int, by_night: bool, now: datetime) -> tuple[Made, int]:
    """The pair, and how many old streams went. Raises what it could not do, after it was written down."""
    try:
        made = making.make(to, recipients, now=now)
    except Exception as error:
        why = failure_of(error)
        _record(Attempt(error=why.error, fault=why.fault), now, by_night)
        raise
    removed = making.prune(to, data_days=data_days, now=now)
    data, keys = made.pair.data.size, made.pair.keys.size
    _record(Attempt(made.rows, data, keys, removed), now, by_night)
    return made, removed


def nightly(now: datetime) -> bool:
    """Whether one was due and made. A demo and an installation without a folder and recipients make none."""
    to, days = settings.BACKUP_TO, settings.BACKUP_DAYS
    if settings.DEMO or to is None or not standing.is_configured() or not standing.is_due(now):
        return False
    try:
        attempt(to, settings.BACKUP_RECIPIENTS, data_days=days, by_night=True, now=now)
    except Exception:
        making.prune(to, data_days=days, now=now)  # keys are not kept for longer because nothing new came
        raise
    return True


def _record(told: Attempt, started_at: datetime, by_night: bool) -> None:
    services.record_backup(SYSTEM, id=new_id(), told=told, by_night=by_night, started_at=started_at, now=clock.now())
