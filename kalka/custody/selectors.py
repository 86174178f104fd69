"""What waits for a second person, and what was destroyed. Codes and days alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from kalka.cases import selectors as cases
from kalka.core import sight
from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission
from kalka.custody import beside
from kalka.custody.models import Erasure
from kalka.findings import selectors as findings
from kalka.programmes import selectors as programmes
from kalka.shelters import selectors as shelters
from kalka.vault import erasing


@dataclass(frozen=True, slots=True)
class Asked:
    id: UUID
    ref: str
    ground: str
    paper: str
    paper_on: date
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Erased:
    """`ref`: of a case, or the id of what is beside them. Empty for a report, and for what only the keys tell of."""

    ref: str
    ground: str
    at: datetime


@sight.beyond()
def waiting(actor: Actor, *, now: datetime) -> list[Asked]:
    """Needs ERASE. Not what a wall shuts the actor out of."""
    _may(actor)
    rows = list(Erasure.objects.filter(decision=None).order_by("recorded_at", "id"))
    refs = names_of(actor, {row.subject_id for row in rows}, now=now)
    return [
        Asked(row.pk, refs[row.subject_id], row.ground, row.paper, row.paper_on, row.recorded_at)
        for row in rows
        if row.subject_id in refs
    ]


@sight.beyond()
def erased(actor: Actor, *, now: datetime) -> list[Erased]:
    """Everything that was ever destroyed here, oldest first; one line a case. Needs ERASE."""
    _may(actor)
    stones = erasing.stones()
    with_it = set(Erasure.objects.exclude(report_subject=None).values_list("report_subject", flat=True))
    refs = names_of(actor, {stone.subject_id for stone in stones}, now=now)
    with_it |= with_them(actor, refs, now=now)
    return [
        Erased(refs.get(stone.subject_id, ""), stone.ground, stone.at)
        for stone in stones
        if stone.subject_id not in with_it
    ]


def names_of(actor: Actor, files: set[UUID], *, now: datetime) -> dict[UUID, str]:
    """A case by its reference; an event, a story and the names of a course by the id of their page. Needs ERASE."""
    return cases.refs_of_erased(actor, files, now=now) | beside.names(actor, files)


def with_them(actor: Actor, refs: Mapping[UUID, str], *, now: datetime) -> set[UUID]:
    """What is destroyed with these cases, each by its subject with its reference: the requests to see it, the findings
    that name it, the stays that were for somebody of it, the programmes somebody was sent to. Needs ERASE."""
    papers = cases.papers_about(actor, set(refs), now=now)
    beside = shelters.files_about(actor, refs.keys()) | programmes.files_from(actor, refs.keys())
    return papers | findings.naming(actor, refs.values()) | beside


def _may(actor: Actor) -> None:
    if not actor.may(Permission.ERASE):
        raise AccessDenied("core.not_permitted")
