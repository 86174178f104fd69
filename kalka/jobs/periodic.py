"""Work that comes back every so many seconds. The worker says which: higher modules are not known here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q

from config.logs import log
from kalka.core import clock, sight
from kalka.jobs.models import PeriodicRun
from kalka.jobs.rules import failure_of


@dataclass(frozen=True, slots=True)
class Periodic:
    """`do` is given the present, and is safe to run twice."""

    name: str
    every: int  # seconds
    do: Callable[[datetime], object]


def run_due(table: Sequence[Periodic], now: datetime) -> list[str]:
    """Do what is due and is not being done by another worker. Returns the names. What one raises stops no other."""
    last = dict(PeriodicRun.objects.values_list("name", "started_at"))
    due = [entry for entry in table if _is_due(last.get(entry.name), entry.every, now)]
    return [entry.name for entry in due if _claimed(entry, now) and _done(entry, now)]


def _is_due(started_at: datetime | None, every: int, now: datetime) -> bool:
    """A start well ahead is due as well: the clock was set back."""
    return started_at is None or started_at > now + clock.SKEW or started_at + timedelta(seconds=every) <= now


def _claimed(entry: Periodic, now: datetime) -> bool:
    before = Q(started_at__lte=now - timedelta(seconds=entry.every)) | Q(started_at__gt=now + clock.SKEW)
    if PeriodicRun.objects.filter(before, name=entry.name).update(started_at=now, ended_at=None):
        return True
    try:
        with transaction.atomic():
            return PeriodicRun.objects.get_or_create(name=entry.name, defaults={"started_at": now})[1]
    except IntegrityError:
        return False


def _done(entry: Periodic, now: datetime) -> bool:
    error = fault = ""
    try:
        with sight.whole():
            entry.do(now)
    except Exception as raised:
        failure = failure_of(raised)
        error, fault = failure.error, failure.fault
        log.error("periodic work failed", job=entry.name, code=error, where=fault)
    PeriodicRun.objects.filter(name=entry.name).update(ended_at=clock.now(), error=error, fault=fault)
    return True
