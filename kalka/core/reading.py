"""Reading the record, for its auditor: codes, posts and times, never content."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from kalka.core import clock, record
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


def entries(
    actor: Actor,
    *,
    kind: str = "",
    day: date | None = None,
    before: int | None = None,
    hidden: Iterable[UUID] = (),
) -> Sequence[LogLine]:
    """A page of the record, newest first. Needs AUDIT_READ; being read is itself no secret and is not recorded.

    `hidden`: the subjects the reader is shut out of; a subquery will do.
    """
    if not actor.may(Permission.AUDIT_READ):
        raise AccessDenied("core.not_permitted")
    rows = AuditEntry.objects.exclude(subject_id__in=hidden).order_by("-id")
    if kind:
        rows = rows.filter(kind=kind)
    if day is not None:
        start = datetime(day.year, day.month, day.day, tzinfo=clock.BISHKEK)
        rows = rows.filter(at__gte=start, at__lt=start + clock.DAY)
    if before is not None:
        rows = rows.filter(id__lt=before)
    fields = ("id", "at", "kind", "actor_id", "post_id", "command", "steps", "count", "refusal")
    return [LogLine(*row) for row in rows.values_list(*fields)[:PAGE]]


@dataclass(frozen=True, slots=True)
class Opening:
    """An entry about a subject. `among`: of how many files, where it was one of several."""

    id: int
    at: datetime
    kind: str  # done or read
    actor_id: int
    post_id: int | None
    command: str
    among: int


# Pages that showed several files hold their ids packed: PostgreSQL has an index over them, SQLite reads those pages.
_SHOWN = {
    "postgresql": "core_subjects(ids) && %s::bytea[]",
    "sqlite": "id >= %s AND ({each})",
}
_COLUMNS = "SELECT id, at, kind, actor_id, post_id, command, ids FROM core_auditentry"


def openings(subject_ids: Collection[UUID]) -> list[Opening]:
    """All that was done to and seen of any of the subjects, the newest first. What was refused opened nothing.

    Whether the reader may know is asked above (`access.openings`). Of pages recorded before the tree a hash is left.
    """
    alone = AuditEntry.objects.filter(subject_id__in=subject_ids).exclude(kind="refused")
    found = {one.pk: one for one in alone.only("at", "kind", "actor_id", "post_id", "command", "ids")}
    found |= {one.pk: one for one in _shown(subject_ids, min(found, default=0))}
    rows = sorted(found.values(), key=lambda one: one.pk, reverse=True)
    return [Opening(r.pk, r.at, r.kind, r.actor_id, r.post_id, r.command, len(r.ids) // record.ID) for r in rows]


def _shown(subject_ids: Collection[UUID], since: int) -> Iterator[AuditEntry]:
    """`since`: before the first entry of its own no page can have shown a file, but for a day of a clock set back."""
    wanted, told = [one.bytes for one in subject_ids], _SHOWN[connection.vendor]
    if connection.vendor == "sqlite":
        told = told.format(each=" OR ".join(["instr(ids, %s) > 0"] * len(wanted)))
        values: list[object] = [max(since - record.span(clock.DAY), 0), *wanted]
    else:
        values = [wanted]
    empty = "''" if connection.vendor == "postgresql" else "x''"
    rows = AuditEntry.objects.raw(
        f"{_COLUMNS} WHERE key >= 0 AND ids <> {empty} AND kind <> 'refused' AND {told}", values
    )
    asked = {*subject_ids}
    return (row for row in rows if asked & {*record.unpacked(bytes(row.ids))})
