"""Gender focal points and their heads, and who is due."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from kalka.access import selectors as access
from kalka.core import clock
from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied
from kalka.directory import selectors as directory
from kalka.training import reckoning
from kalka.training.models import FocalPoint, Learning, Period
from kalka.training.standing import taken_back
from kalka.vault.classes import Klass


@dataclass(frozen=True, slots=True)
class FocalLine:
    """`by`: by when they are to be trained again; None while no period is set."""

    id: UUID
    part: str
    organisation: str
    since: date
    trained: tuple[date, ...]
    by: date | None
    due: bool
    name: str = field(default="", repr=False)


def period(actor: Actor) -> Period | None:
    """The one that holds; None: nobody has cited an act that sets one."""
    return Period.objects.order_by("-recorded_at", "-pk").first()


def get_focal(actor: Actor, focal_id: UUID, *, now: datetime) -> FocalPoint:
    """AccessDenied for one who is not shown, and one who left."""
    rows = FocalPoint.objects.filter(pk=focal_id).exclude(pk__in=taken_back("focal"))
    found = access.visible(actor, rows, now=now).first()
    if found is None:
        raise AccessDenied("training.unknown")
    return found


def focal_points(actor: Actor, *, now: datetime) -> list[FocalLine]:
    """Those the own organisation entered: whoever is due first. Leaves the read entry `training.focal`."""
    rows = FocalPoint.objects.exclude(pk__in=taken_back("focal"))
    found = list(access.visible(actor, rows, now=now))
    if not found:
        return []
    keys = access.unlock(
        actor, [row.subject_id for row in found], what="training.focal", now=now, klasses=[Klass.IDENTITY]
    )
    learnt: dict[UUID, list[date]] = {}
    learned = access.visible(actor, Learning.objects.filter(focal__in=found), now=now).order_by("on", "pk")
    for focal, on in learned.values_list("focal_id", "on"):
        learnt.setdefault(focal, []).append(on)
    held, today = period(actor), clock.day_of(now)
    bodies = {one.id: one.name() for one in directory.organisations()}
    lines = [
        _line(
            row,
            bodies.get(row.organisation_id, ""),
            learnt.get(row.pk, []),
            held,
            today,
            str(keys.get(row, "name") or ""),
        )
        for row in found
    ]
    return sorted(lines, key=lambda one: (one.by is None, one.by or one.since, one.organisation, one.part, str(one.id)))


def _line(row: FocalPoint, body: str, trained: list[date], held: Period | None, today: date, name: str) -> FocalLine:
    by = reckoning.due_on(row.since, trained, held.months if held else None)
    return FocalLine(row.pk, row.part, body, row.since, tuple(trained), by, by is not None and by <= today, name)
