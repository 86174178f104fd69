"""What an organisation keeps of its courses: a seminar with a roll, a certificate and a plan, and a focal point."""

from datetime import datetime, timedelta
from uuid import UUID

from kalka.core import clock
from kalka.core.actors import Actor
from kalka.core.refs import new_id
from kalka.training import services as training
from kalka.training.models import Programme
from kalka.training.rules import NewCourse, NewEntry, NewFocal, NewMeasure, NewName, NewProgramme, NewTests


def trained(by: Actor, at: datetime) -> dict[str, object]:
    today, named = clock.day_of(at), {"now": at}
    one = Programme.objects.first() or training.start_programme(
        by, id=new_id(), told=NewProgramme("interagency", {"ky": "Биргелешкен жыйын"}), **named
    )
    course = training.hold_course(by, id=new_id(), programme_id=one.pk, told=NewCourse(by.place, today), **named)
    told = NewEntry("state", names=(NewName("Гүлнара Эсенова"),))
    entry = training.enrol(by, id=new_id(), course_id=course.pk, told=told, **named)
    (certificate,) = training.certify(by, id=new_id(), course_id=course.pk, **named)
    focal = training.name_focal(by, id=new_id(), told=NewFocal("focal", by.organisation_id or 0, today), **named)
    return {"course": course.pk, "thing": entry.pk, "certificate": certificate.pk, "focal": focal.pk}


def trained_more(by: Actor, course_id: UUID, number: int, at: datetime) -> None:
    """One more course beside it, and one more of everything in it."""
    today, named = clock.day_of(at), {"now": at}
    before = NewCourse(by.place, today - timedelta(days=number + 1))
    programme = Programme.objects.first()
    assert programme is not None
    training.hold_course(by, id=new_id(), programme_id=programme.pk, told=before, **named)
    told = NewEntry("state", names=(NewName("Гүлнара Эсенова", "0700 12 34 56"), NewName("Айсулуу Эсенова")))
    training.enrol(by, id=new_id(), course_id=course_id, told=told, **named)
    training.note_results(by, id=new_id(), course_id=course_id, told=NewTests((50,), (70,), whole=False), **named)
    line = NewMeasure("Чогулабыз", "court", today)
    training.plan_measure(by, id=new_id(), course_id=course_id, told=line, **named)
    training.certify(by, id=new_id(), course_id=course_id, **named)
    training.name_focal(by, id=new_id(), told=NewFocal("head", by.organisation_id or 0, today), **named)
