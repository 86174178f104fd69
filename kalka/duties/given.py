"""Which duties were given already, and whose one is: for steps and jobs that give or move them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kalka.core import sight
from kalka.duties.models import Duty, DutyQuerySet


def ever(kind: str, subject_ids: Collection[UUID]) -> frozenset[tuple[UUID, str]]:
    """File and thing of each, however they ended."""
    return _of(Duty.objects.filter(kind=kind), subject_ids)


def standing(kind: str, subject_ids: Collection[UUID]) -> frozenset[tuple[UUID, str]]:
    """File and thing of each."""
    return _of(Duty.objects.standing().filter(kind=kind), subject_ids)


@dataclass(frozen=True, slots=True)
class Raised:
    post_id: int
    since: datetime


def raised(kind: str, subject_id: UUID) -> Raised | None:
    """Who has the standing duty of a kind that somebody moved up; None where there is none, or it never moved."""
    with sight.beyond():
        rows = Duty.objects.standing().filter(kind=kind, subject_id=subject_id, escalations__gt=0)
        found = rows.values_list("assignee_id", "recorded_at").order_by("due_at").first()
    return Raised(*found) if found else None


def is_of(kind: str, subject_id: UUID, post_id: int | None, *, about: str = "") -> bool:
    """Whether a duty of the kind stands in a file, about this thing where one is named, and is this post's."""
    with sight.beyond():
        rows = Duty.objects.standing().filter(kind=kind, subject_id=subject_id, assignee_id=post_id)
        return (rows.filter(about=about) if about else rows).exists()


def _of(rows: DutyQuerySet, subject_ids: Collection[UUID]) -> frozenset[tuple[UUID, str]]:
    if not subject_ids:
        return frozenset()
    with sight.beyond():
        return frozenset(rows.filter(subject_id__in=subject_ids).values_list("subject_id", "about"))
