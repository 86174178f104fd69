"""A visit as a page shows it: codes and times, nothing that was said."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kalka.core.refs import show_ref
from kalka.followup.models import Visit


@dataclass(frozen=True, slots=True)
class VisitLine:
    id: UUID
    case_ref: str
    visited_at: datetime
    recorded_at: datetime
    late: bool
    clock: str
    found: str
    kept: str
    where: str
    post_id: int | None

    @property
    def ref(self) -> str:
        return show_ref(self.case_ref)


def line_of(visit: Visit) -> VisitLine:
    return VisitLine(
        id=visit.pk,
        case_ref=visit.case_ref,
        visited_at=visit.visited_at,
        recorded_at=visit.recorded_at,
        late=visit.late,
        clock=visit.clock,
        found=visit.found,
        kept=visit.kept,
        where=visit.where,
        post_id=visit.post_id,
    )
