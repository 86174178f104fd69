"""What statistics may know of what happened: days, by the persons asked for. No file, no place."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from uuid import UUID

from kalka.history.models import Event
from kalka.history.rules import EventKind


def days_of(person_ids: Collection[UUID], kind: EventKind) -> dict[UUID, frozenset[date]]:
    """On which days it happened with each, in whatever file. One statement."""
    found: dict[UUID, set[date]] = defaultdict(set)
    rows = Event.objects.filter(person__in=person_ids, kind=kind)
    for person, on in rows.values_list("person_id", "on"):
        assert person is not None  # asked for
        found[person].add(on)
    return {one: frozenset(found[one]) for one in person_ids}
