"""What counts of what was entered: not what was taken back, and of results the last whole sheet and what came after."""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import QuerySet

from kalka.training.models import Entry, ResultSheet, TakenBack

Results = tuple[tuple[int, ...], tuple[int, ...]]


def counted(courses: Collection[UUID] | None = None) -> QuerySet[Entry]:
    """Entries that were not taken back."""
    rows = Entry.objects.exclude(pk__in=taken_back("entry"))
    return rows if courses is None else rows.filter(course__in=courses)


def taken_back(what: str) -> QuerySet[TakenBack, UUID]:
    return TakenBack.objects.filter(what=what).values_list("of_id", flat=True)


def results(courses: Iterable[UUID]) -> dict[UUID, Results]:
    """Before and after, of each course that was tested."""
    found: dict[UUID, Results] = {}
    for row in ResultSheet.objects.filter(course__in=list(courses)).order_by("recorded_at", "pk"):
        before, after = ((), ()) if row.whole else found.get(row.course_id, ((), ()))
        found[row.course_id] = (*before, *row.before), (*after, *row.after)
    return found
