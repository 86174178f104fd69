"""The level in force of many files at once, for jobs of the installation, which read no file."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission
from kalka.history import selectors as history
from kalka.risk import tables
from kalka.risk.models import Assessment, Trigger
from kalka.risk.rules import Place, place, raised


def positions(actor: Actor, subject_ids: Collection[UUID]) -> dict[UUID, str]:
    """As `current`: 3/4, lifted by what happened since. A file that was not assessed is missing."""
    if not actor.may(Permission.SYSTEM):
        raise AccessDenied("core.not_permitted")
    rows = Assessment.objects.in_force().filter(subject_id__in=subject_ids).order_by("recorded_at", "id")
    standing = {row.subject_id: row for row in rows}
    if not standing:
        return {}
    first = min(row.recorded_at for row in standing.values())
    since: dict[UUID, list[Place]] = defaultdict(list)
    called = Trigger.objects.filter(subject_id__in=standing, recorded_at__gt=first)
    happened = list(called.values_list("subject_id", "recorded_at", "kind"))
    for event, trigger in tables.triggers().of_history.items():
        if tables.trigger(trigger).floor is not None:
            found = history.lately(actor, event, since=first, subjects=standing)
            happened += [(subject, at, trigger) for subject, at in found]
    for subject, at, trigger in happened:
        floor = tables.trigger(trigger).floor
        if floor is not None and at > standing[subject].recorded_at:
            since[subject].append(floor)
    return {subject: str(raised(place(row.level), since[subject])) for subject, row in standing.items()}
