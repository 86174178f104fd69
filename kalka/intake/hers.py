"""A report by the telephone of somebody a file protects: the file learns that there is one. Inside commands only."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission
from kalka.core.sight import beyond
from kalka.history import services as history
from kalka.intake.models import Report
from kalka.intake.rules import URGENT, NewReport
from kalka.people import identifiers

HERS, HERS_NOW = "intake.hers", "intake.hers_now"  # by which it is known in the history; the second: danger now


def note(actor: Actor, report: Report, told: NewReport, *, now: datetime) -> None:
    """While an order runs it is her call for help. Whoever writes the report down learns nothing of any file."""
    phones = [told.phone, told.reporter_phone if told.by_whom == "self" else ""]
    if report.late or told.way == "file" or not any(phones):
        return
    source = HERS_NOW if told.danger in URGENT else HERS
    with beyond():
        for subject_id in sorted(identifiers.protecting(phones)):
            history.append(
                actor, subject_id=subject_id, kind="report_received", at=told.told_on, now=now, source=source
            )


def in_danger(actor: Actor, report_ids: Collection[UUID]) -> frozenset[UUID]:
    """Which of these reports spoke of danger now. For jobs alone."""
    if not actor.may(Permission.SYSTEM):
        raise AccessDenied("core.not_permitted")
    rows = Report.objects.filter(pk__in=report_ids, danger__in=URGENT)
    return frozenset(rows.values_list("pk", flat=True))
