"""A case with a team, two offices of advocates, and a centre with psychologists."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from uuid import UUID

import pytest

from kalka.cases.models import Case
from kalka.cases.rules import NewConsent
from kalka.cases.services import give_consent
from kalka.cases.tests.factories import NOW, RAION, TODAY, add, join, office, opened, post, protected_of, raion
from kalka.core.actors import Actor
from kalka.core.errors import DomainError
from kalka.core.models import AuditEntry
from kalka.core.refs import new_id
from kalka.duties.models import Duty
from kalka.legalaid import services
from kalka.legalaid.models import (
    Appointment,
    AppointmentAnswer,
    ConsultationDay,
    ConsultationHeld,
    CounselSession,
    Group,
    GroupMeeting,
    GroupMember,
    GroupPresence,
    LegalRequest,
    LegalResult,
    OfficeMark,
    Waiting,
    WaitingEnd,
)
from kalka.legalaid.rules import NewRequest
from kalka.people.rules import Name, NewPerson
from tests.standing import stands

__all__ = ["DAY", "NOW", "TODAY", "add", "agreed", "appointed", "asked", "post", "refusal", "standing", "took", "world"]
DAY = timedelta(days=1)
TABLES = (LegalRequest, Appointment, AppointmentAnswer, LegalResult, OfficeMark, ConsultationDay, ConsultationHeld)
TABLES += (Waiting, WaitingEnd, CounselSession, Group, GroupMember, GroupMeeting, GroupPresence)
HER = NewPerson(sex="f", names=(Name("Токтосунова", "Гүлнара"),), birth_year=1991, pin="20101199100123")
HIM = NewPerson(sex="m", names=(Name("Токтосунов", "Эркин"),), birth_year=1988, pin="10101198800456")


@stands
def world() -> SimpleNamespace:
    made = raion()
    made.office = office("legal_aid", RAION)
    made.advocate = post("lawyer", place=RAION, organisation=made.office)
    made.partner = post("lawyer", place=RAION, organisation=made.office)
    made.other = post("lawyer", place=RAION)
    made.case = a_case(made)
    return made


def a_case(made: SimpleNamespace, her: NewPerson = HER, him: NewPerson | None = HIM) -> Case:
    """The social worker and the psychologist work on it."""
    case = opened(made, protected=her)
    join(made.inspector, case, made.worker)
    join(made.inspector, case, made.psychologist)
    if him is not None:
        add(made.inspector, case, him)
    return case


def agreed(made: SimpleNamespace, case: Case, organisation_id: int) -> None:
    """She lets an office know of the case for legal help."""
    told = NewConsent(
        organisation_id=organisation_id,
        purpose="legal",
        scope="file",
        given_by=protected_of(case),
        until=TODAY + 90 * DAY,
    )
    give_consent(made.worker, id=new_id(), case_ref=case.ref, told=told, now=NOW)


def asked(made: SimpleNamespace, case: Case | None = None, *, id: UUID | None = None, **said: object) -> LegalRequest:
    case = case or made.case
    told = {"client": protected_of(case), "category": "civil", "ground": "violence", **said}
    return services.request_aid(made.worker, id=id or new_id(), case_ref=case.ref, told=NewRequest(**told), now=NOW)


def appointed(
    made: SimpleNamespace, request: LegalRequest, advocate: Actor, *, id: UUID | None = None, by: Actor | None = None
) -> Appointment:
    return services.appoint(
        by or made.worker,
        id=id or new_id(),
        case_ref=request.case_ref,
        request_id=request.pk,
        advocate=advocate.post_id or 0,
        now=NOW,
    )


def took(row: Appointment, advocate: Actor, *, accepted: bool = True, **said: object) -> AppointmentAnswer:
    told = {"accepted": accepted, "until": TODAY + 30 * DAY} if accepted else {"accepted": False, "reason": "no_time"}
    given = {"id": new_id(), "case_ref": row.request.case_ref, "appointment_id": row.pk, "now": NOW}
    return services.answer_appointment(advocate, **given | told | said)


def standing(case: Case) -> dict[str, Duty]:
    return {duty.kind: duty for duty in Duty.objects.standing().filter(subject_id=case.subject_id)}


def refusal(do: Callable[[], object]) -> DomainError:
    """What was refused; nothing may have been written but the refusal."""
    before = [table.objects.count() for table in TABLES]
    with pytest.raises(DomainError) as refused:
        do()
    assert [table.objects.count() for table in TABLES] == before
    assert AuditEntry.objects.latest("id").refusal == refused.value.code
    return refused.value
