"""Which duties were given already. For jobs that must not give one a second time."""

from collections.abc import Collection
from uuid import UUID

from kalka.core import sight
from kalka.duties.models import Duty, DutyQuerySet


def ever(kind: str, subject_ids: Collection[UUID]) -> frozenset[tuple[UUID, str]]:
    """File and thing of each, however they ended."""
    return _of(Duty.objects.filter(kind=kind), subject_ids)


def standing(kind: str, subject_ids: Collection[UUID]) -> frozenset[tuple[UUID, str]]:
    """File and thing of each."""
    return _of(Duty.objects.standing().filter(kind=kind), subject_ids)


def _of(rows: DutyQuerySet, subject_ids: Collection[UUID]) -> frozenset[tuple[UUID, str]]:
    if not subject_ids:
        return frozenset()
    with sight.beyond():
        return frozenset(rows.filter(subject_id__in=subject_ids).values_list("subject_id", "about"))
