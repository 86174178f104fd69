"""How things stand, as the rules judge it: what the environment says, and the last successes."""

from datetime import datetime

from django.conf import settings

from kalka.backups import rules
from kalka.backups.models import Backup, Drill
from kalka.backups.rules import Standing


def is_configured() -> bool:
    return settings.BACKUP_TO is not None and bool(settings.BACKUP_RECIPIENTS)


def last_made() -> Backup | None:
    return Backup.objects.filter(error="").order_by("-started_at").first()


def last_proven() -> Drill | None:
    return Drill.objects.filter(error="").order_by("-started_at").first()


def standing() -> Standing:
    return of(last_made(), last_proven())


def of(made: Backup | None, proven: Drill | None) -> Standing:
    return Standing(
        configured=is_configured(),
        demo=settings.DEMO,
        made_at=made.started_at if made else None,
        drilled_at=proven.started_at if proven else None,
    )


def is_due(now: datetime) -> bool:
    made, tried = last_made(), Backup.objects.filter(by_night=True).order_by("-started_at").first()
    return rules.is_due(made.started_at if made else None, tried.started_at if tried else None, now)
