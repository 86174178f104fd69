"""What stands on the paper of a visit."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from kalka.access import selectors as access
from kalka.core.actors import Actor
from kalka.directory import selectors as directory
from kalka.followup.lines import VisitLine, line_of
from kalka.followup.models import VisitCorrection
from kalka.followup.selectors.visits import get_visit
from kalka.vault.classes import Klass


@dataclass(frozen=True, slots=True)
class VisitPaper:
    """Nothing of what she says of the visit: whoever wrote it may hold the paper."""

    line: VisitLine
    post: str
    zone: str = field(repr=False)
    told: str = field(repr=False)
    added: tuple[tuple[datetime, str], ...] = field(repr=False)


def visit_paper(actor: Actor, ref: str, visit_id: UUID, *, now: datetime) -> VisitPaper:
    """One read entry."""
    visit = get_visit(actor, ref, visit_id, now=now)
    keys = access.unlock(actor, [visit.subject_id], what="followup.paper", now=now, klasses=[Klass.NARRATIVE])
    corrections = VisitCorrection.objects.filter(visit=visit).order_by("recorded_at", "id")
    post = directory.post(visit.post_id) if visit.post_id else None
    return VisitPaper(
        line=line_of(visit),
        post=post.label() if post else "",
        zone=keys.get(visit, "zone") or "",
        told=keys.get(visit, "told") or "",
        added=tuple((one.recorded_at, keys.get(one, "told") or "") for one in corrections),
    )
