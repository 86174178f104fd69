"""Programmes: somebody of a file who was sent and has a seat, and a group of an office."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from kalka.cases import services as cases
from kalka.cases.rules import Part
from kalka.core import clock
from kalka.core.actors import Actor
from kalka.core.refs import new_id
from kalka.demo.staffing import found, seat
from kalka.people.rules import Name, NewPerson
from kalka.programmes import services as programmes
from kalka.programmes.rules import NewGroup, NewSending

Parts = dict[str, object]


def far_office(place: str, now: datetime) -> Actor:
    """A probation body that nobody of the matrix works in."""
    name = {"ky": "Башка пробация", "ru": "Другая пробация", "en": "Another probation body"}
    body = found(kind="probation", name=name, place=place, now=now)
    made = seat(
        body, role="probation_officer", place=place, login="probatsiya-far", name="Башка Адам", leads=True, now=now
    )
    return made.actor


def grouped(by: Actor, at: datetime) -> Parts:
    told = NewGroup("men", "ky", 8, clock.day_of(at))
    group = programmes.begin_group(by, id=new_id(), told=told, now=at)
    return {"programmes:group group": group.pk, "programmes:session group": group.pk}


def enrolled(who: Mapping[str, Actor], ref: str, at: datetime) -> tuple[Parts, list[UUID]]:
    """Sent by the inspector to the office of the file."""
    by, named = who["inspektor"], {"case_ref": ref, "now": at}
    him = NewPerson(sex="m", names=(Name("Эсенов", "Бакыт"),), band="35-44")
    man = cases.add_participant(by, id=new_id(), person=him, part=Part.ALLEGED, relation="spouse", **named)
    told = NewSending(man.person_id, who["probatsiya"].organisation_id or 0, "order")
    sending = programmes.send(by, id=new_id(), told=told, **named)
    parts: Parts = {"enrolment": sending.enrolment_id, "programmes:paper kind": "referral"}
    return parts, [sending.enrolment.subject_id]
