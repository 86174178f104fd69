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
from kalka.programmes.rules import Mark, NewGroup, NewSending, NewSession, NewStep

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
    """Sent by the inspector to the office of the file, which says that he evades."""
    by, named = who["inspektor"], {"case_ref": ref, "now": at}
    him = NewPerson(sex="m", names=(Name("Эсенов", "Бакыт"),), band="35-44")
    man = cases.add_participant(by, id=new_id(), person=him, part=Part.ALLEGED, relation="spouse", **named)
    told = NewSending(man.person_id, who["probatsiya"].organisation_id or 0, "order")
    sending = programmes.send(by, id=new_id(), told=told, **named)
    parts: Parts = {"enrolment": sending.enrolment_id, "programmes:paper kind": "referral"}
    _evades(who["probatsiya"], sending.enrolment_id, at)
    parts["programmes:evasion person"] = man.person_id
    return parts, [sending.enrolment.subject_id]


def _evades(by: Actor, one: UUID, at: datetime) -> None:
    named = {"enrolment_id": one, "now": at}
    group = programmes.begin_group(by, id=new_id(), told=NewGroup("men", "ky", 8, clock.day_of(at)), now=at).pk
    programmes.take_step(by, id=new_id(), told=NewStep("placed", group=group), **named)
    absent = NewSession(clock.day_of(at), "agreement", {one: Mark("unexcused")})
    programmes.hold_session(by, id=new_id(), group_id=group, told=absent, now=at)
    programmes.take_step(by, id=new_id(), told=NewStep("evasion", asked=True, told="Барбайм деди"), **named)
