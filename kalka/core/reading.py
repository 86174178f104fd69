"""Reading the record, for its auditor: codes, posts and times, never content."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from kalka.core import clock
from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied
from kalka.core.models import AuditEntry
from kalka.core.permissions import Permission

PAGE = 50


@dataclass(frozen=True, slots=True)
class LogLine:
    id: int
    at: datetime
    kind: str
    actor_id: int
    post_id: int | None
    command: str
    steps: str
    count: int
    refusal: str


def entries(actor: Actor, *, kind: str = "", day: date | None = None, before: int | None = None) -> Sequence[LogLine]:
    """A page of the record, newest first. Needs AUDIT_READ; being read is itself no secret and is not recorded."""
    if not actor.may(Permission.AUDIT_READ):
        raise AccessDenied("core.not_permitted")
    rows = AuditEntry.objects.order_by("-id")
    if kind:
        rows = rows.filter(kind=kind)
    if day is not None:
        start = datetime(day.year, day.month, day.day, tzinfo=clock.BISHKEK)
        rows = rows.filter(at__gte=start, at__lt=start + clock.DAY)
    if before is not None:
        rows = rows.filter(id__lt=before)
    fields = ("id", "at", "kind", "actor_id", "post_id", "command", "steps", "count", "refusal")
    return [LogLine(*row) for row in rows.values_list(*fields)[:PAGE]]
