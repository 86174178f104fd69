"""Somebody of a case of whom whoever leads the programme says that he evades it: what a decision needs to know."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from kalka.access import selectors as access
from kalka.cases import selectors as cases
from kalka.core.actors import Actor
from kalka.core.clock import day_of
from kalka.core.errors import AccessDenied
from kalka.core.sight import beyond
from kalka.duties import selectors as duties
from kalka.programmes.attending import came_of
from kalka.programmes.effects import EVASION
from kalka.programmes.models import Enrolment, Sending, StepTaken
from kalka.programmes.packs import pack
from kalka.programmes.rules import How, Step


@dataclass(frozen=True, slots=True)
class Evading:
    """`asked_on`: the day it was written down that he was asked. `duty`: the decision that waits, if it still does."""

    ref: str
    person: UUID
    enrolment: UUID
    missed: int
    of: int
    asked_on: date
    duty: UUID | None


def evading(actor: Actor, ref: str, person_id: UUID, *, now: datetime) -> Evading:
    """Codes and days; nothing sealed is opened. AccessDenied where nobody said so of this person."""
    case = cases.get_case(actor, ref, now=now)
    rows = Sending.objects.filter(subject_id=case.subject_id, person=person_id)
    sent = list(access.visible(actor, rows, now=now).values_list("enrolment_id", flat=True))
    with beyond():  # of a case the actor sees: how often he was absent, without a name
        said = StepTaken.objects.filter(enrolment__in=sent, step=Step.EVASION).order_by("recorded_at", "number").last()
        if said is None:
            raise AccessDenied("programmes.unknown")
        audience = Enrolment.objects.values_list("audience", flat=True).get(pk=said.enrolment_id)
        missed = came_of([said.enrolment_id])[said.enrolment_id].count(How.UNEXCUSED)
    standing = duties.of_subject(actor, case.subject_id, now=now)
    waits = (one.id for one in standing if (one.kind, one.part) == (EVASION, str(person_id)))
    return Evading(
        ref=case.ref,
        person=person_id,
        enrolment=said.enrolment_id,
        missed=missed,
        of=max(pack(audience).sessions, missed),
        asked_on=day_of(said.recorded_at),
        duty=next(waits, None),
    )
