"""The paper of a certificate, for whoever keeps the roll."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from kalka.access import selectors as access
from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied
from kalka.training.models import Certificate, Course, TakenBack
from kalka.training.selectors.rows import own_course
from kalka.vault.classes import Klass


@dataclass(frozen=True, slots=True)
class Paper:
    course: Course
    code: str
    issued: date
    name: str = field(repr=False)


def paper_of(actor: Actor, course_id: UUID, certificate_id: UUID, *, now: datetime) -> Paper:
    """AccessDenied for another organisation's, for one that was taken back, and where the name is gone. Leaves the read
    entry `training.certificate`."""
    course = own_course(actor, course_id)
    rows = Certificate.objects.filter(pk=certificate_id, course=course).select_related("participant")
    row = access.visible(actor, rows, now=now).first()
    if row is None or row.participant.gone or TakenBack.objects.filter(of_id=row.pk).exists():
        raise AccessDenied("training.unknown")
    keys = access.unlock(actor, [course.roll_id], what="training.certificate", now=now, klasses=[Klass.IDENTITY])
    return Paper(course, str(keys.get(row, "code")), row.on, str(keys.get(row.participant, "name") or ""))
