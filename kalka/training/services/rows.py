"""One row of a spreadsheet, with the programme and the course it names."""

from datetime import datetime
from uuid import UUID, uuid5

from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.permissions import Permission
from kalka.people.rules import fold
from kalka.training.columns import Told
from kalka.training.models import Course, Entry, Programme
from kalka.training.rules import NewCourse, NewProgramme
from kalka.training.services.courses import enrol, hold_course, note_results, start_programme


@command("training.take_row", needs=Permission.TRAINING_KEEP)
def take_row(actor: Actor, *, id: UUID, told: Told, now: datetime) -> Entry:
    """All of the row or nothing. Refuses what entering it by hand would refuse."""
    programme = _programme(actor, told.programme, id, now)
    course = _course(actor, programme, told.course, id, now)
    entry = enrol(actor, id=id, course_id=course.pk, told=told.entry, now=now)
    if told.tests is not None:
        note_results(actor, id=uuid5(id, "tests"), course_id=course.pk, told=told.tests, now=now)
    return entry


def _programme(actor: Actor, told: NewProgramme, row: UUID, now: datetime) -> Programme:
    same = fold(told.name["ky"])
    for one in Programme.objects.order_by("recorded_at", "pk"):
        if any(fold(name) == same for name in one.name.values()):
            return one
    return start_programme(actor, id=uuid5(row, "programme"), told=told, now=now)


def _course(actor: Actor, programme: Programme, told: NewCourse, row: UUID, now: datetime) -> Course:
    same = Course.objects.filter(programme=programme, place=told.place, on=told.on, days=told.days)
    found = same.filter(organisation_id=actor.organisation_id or 0).first()
    if found is not None:
        return found
    return hold_course(actor, id=uuid5(row, "course"), programme_id=programme.pk, told=told, now=now)
