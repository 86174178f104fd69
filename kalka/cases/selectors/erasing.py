"""What would be destroyed with a case. For whoever may erase, who sees no file."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kalka.access import selectors as access
from kalka.cases.models import Case, GlassRequest
from kalka.cases.rules import Stage
from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission
from kalka.core.refs import read_ref


@dataclass(frozen=True, slots=True)
class Doomed:
    subject_id: UUID
    report_subject: UUID | None  # what the case came from
    closed: bool


def to_be_erased(actor: Actor, *, now: datetime, ref: str = "", subject_id: UUID | None = None) -> Doomed:
    """By its reference, or by its subject. Needs ERASE; AccessDenied before a wall as for a case that is not there."""
    if not actor.may(Permission.ERASE):
        raise AccessDenied("core.not_permitted")
    cases = Case.objects.staged().filter(**({"subject_id": subject_id} if subject_id else {"ref": read_ref(ref)}))
    found = access.unwalled(actor, cases).first()
    if found is None:
        raise AccessDenied("cases.unknown")
    report = found.report.subject_id if found.report else None
    return Doomed(found.subject_id, report, found.stage == Stage.CLOSED)


def papers_about(actor: Actor, subject_ids: set[UUID], *, now: datetime) -> set[UUID]:
    """The requests to see any of these by break-glass, whose reasons tell of it: what is destroyed with them. Needs
    ERASE."""
    if not actor.may(Permission.ERASE):
        raise AccessDenied("core.not_permitted")
    return set(GlassRequest.objects.filter(about__in=subject_ids).values_list("subject_id", flat=True))


def refs_of_erased(actor: Actor, subject_ids: set[UUID], *, now: datetime) -> dict[UUID, str]:
    """The references of what was erased. Needs ERASE."""
    if not actor.may(Permission.ERASE):
        raise AccessDenied("core.not_permitted")
    rows = access.unwalled(actor, Case.objects.filter(subject_id__in=subject_ids))
    return dict(rows.values_list("subject_id", "ref"))
