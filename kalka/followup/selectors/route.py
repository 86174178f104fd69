"""Where a post goes today: each family once, whoever is in most danger first."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kalka.cases import facts as cases
from kalka.core.actors import Actor
from kalka.duties import selectors as duties
from kalka.duties.lines import DutyLine
from kalka.duties.rules import read_level
from kalka.followup.selectors.visits import COMPLIANCE, VISIT


@dataclass(frozen=True, slots=True)
class Stop:
    subject_id: UUID
    case_ref: str
    ref: str
    place: str  # a code: the village, never an address
    level: str
    due_at: datetime | None
    order: bool  # an order is to be checked
    url: str


def route(actor: Actor, *, now: datetime) -> tuple[Stop, ...]:
    """What is late or due today. Who was not assessed comes with the highest: unknown is never no."""
    today = duties.today(actor, now=now)
    lines = [one for one in (*today.late, *today.today) if one.kind in (VISIT, COMPLIANCE) and one.case_ref]
    by_file: dict[UUID, list[DutyLine]] = {}
    for one in lines:
        by_file.setdefault(one.subject_id, []).append(one)
    places = cases.places(set(by_file))
    stops = [_stop(found, places.get(subject, "")) for subject, found in by_file.items()]
    return tuple(sorted(stops, key=_urgency))


def _stop(found: list[DutyLine], place: str) -> Stop:
    first = min(found, key=lambda one: (one.due_at is None, one.due_at))
    return Stop(
        subject_id=first.subject_id,
        case_ref=first.case_ref,
        ref=first.ref,
        place=place,
        level=next((one.level for one in found if one.level), ""),
        due_at=first.due_at,
        order=any(one.kind == COMPLIANCE for one in found),
        url=first.url,
    )


def _urgency(stop: Stop) -> tuple[float, bool, datetime | None, str]:
    level = read_level(stop.level)
    share = level.position / level.count if level else 1.0
    return (-share, stop.due_at is None, stop.due_at, stop.case_ref)
