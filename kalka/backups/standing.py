"""How things stand, as the rules judge it: what the environment says, and the last successes.

What began ahead of the clock, which was wrong then or is now, proves nothing: it would keep every alarm still until the
clock is there, and no night would find its backup made.
"""

from datetime import datetime

from django.conf import settings

from kalka.backups import rules
from kalka.backups.models import Backup, Drill
from kalka.backups.rules import Standing
from kalka.core import clock


def is_configured() -> bool:
    return settings.BACKUP_TO is not None and bool(settings.BACKUP_RECIPIENTS)


def last_made(now: datetime) -> Backup | None:
    return Backup.objects.filter(error="", started_at__lte=now + clock.SKEW).order_by("-started_at").first()


def last_proven(now: datetime) -> Drill | None:
    return Drill.objects.filter(error="", started_at__lte=now + clock.SKEW).order_by("-started_at").first()


def standing(now: datetime) -> Standing:
    return of(last_made(now), last_proven(now))


def of(made: Backup | None, proven: Drill | None) -> Standing:
    return Standing(
        configured=is_configured(),
        demo=settings.DEMO,
        made_at=made.started_at if made else None,
        drilled_at=proven.started_at if proven else None,
    )


def is_due(now: datetime) -> bool:
    tries = Backup.objects.filter(by_night=True, started_at__lte=now + clock.SKEW)
    made, tried = last_made(now), tries.order_by("-started_at").first()
    return rules.is_due(made.started_at if made else None, tried.started_at if tried else None, now)
