"""What counts of what was entered, and what others may ask for by its id."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import QuerySet

from kalka.access import selectors as access
from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied
from kalka.training.models import Certificate, Course, Entry, FocalPoint, Measure, Participant, Programme
from kalka.training.standing import counted

R = TypeVar("R", Programme, Course)


def get_programme(actor: Actor, programme_id: UUID) -> Programme:
    return _found(Programme.objects.filter(pk=programme_id).first())


def get_course(actor: Actor, course_id: UUID) -> Course:
    return _found(Course.objects.select_related("programme").filter(pk=course_id).first())


def own_course(actor: Actor, course_id: UUID) -> Course:
    """Of the own organisation. AccessDenied for any other."""
    course = get_course(actor, course_id)
    if course.organisation_id != actor.organisation_id:
        raise AccessDenied("training.unknown")
    return course


@dataclass(frozen=True, slots=True)
class Thing:
    """What stands under an id, and of which course; of none where it is a focal point."""

    what: str
    course: UUID | None = None


def own_thing(actor: Actor, of_id: UUID, *, now: datetime) -> Thing:
    """What the own organisation entered under this id. AccessDenied for anything else."""
    entry = Entry.objects.filter(pk=of_id, organisation_id=actor.organisation_id or 0).first()
    if entry is not None:
        return Thing("entry", entry.course_id)
    for what, model in (("certificate", Certificate), ("measure", Measure), ("focal", FocalPoint)):
        rows: QuerySet[Certificate | Measure | FocalPoint] = model.objects.filter(pk=of_id)
        found = access.visible(actor, rows, now=now).first()
        if found is not None and _is_own(actor, found):
            return Thing(what, getattr(found, "course_id", None))
    raise AccessDenied("training.unknown")


def standing_roll(actor: Actor, course: Course, *, now: datetime) -> list[Participant]:
    """The people on the roll, as they were entered."""
    named = Participant.objects.filter(course=course, gone=False)
    rows = named.filter(entry__in=counted([course.pk])).select_related("entry")
    return list(access.visible(actor, rows, now=now).order_by("recorded_at", "entry", "pk"))


def _is_own(actor: Actor, row: Certificate | Measure | FocalPoint) -> bool:
    course = getattr(row, "course_id", None)
    if course is None:
        return True  # a focal point is shown to whoever entered it alone
    return Course.objects.filter(pk=course, organisation_id=actor.organisation_id or 0).exists()


def _found(row: R | None) -> R:
    if row is None:
        raise AccessDenied("training.unknown")
    return row
