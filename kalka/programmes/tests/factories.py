"""A case with a man said to have done it, and two bodies that run programmes: probation and a prison."""

from collections.abc import Callable
from datetime import datetime, timedelta
from types import SimpleNamespace
from uuid import UUID

import pytest

from kalka.cases.models import Case
from kalka.cases.tests.factories import (
    FAR,
    NOW,
    RAION,
    TODAY,
    WOMAN,
    add,
    in_a_command,
    join,
    office,
    opened,
    post,
    raion,
)
from kalka.core.actors import Actor
from kalka.core.errors import DomainError
from kalka.core.models import AuditEntry
from kalka.core.refs import new_id
from kalka.duties.models import Duty
from kalka.people.rules import Name, NewPerson
from kalka.programmes import packs, services
from kalka.programmes.models import Attendance, Enrolment, Group, Owed, Sending, Session, StepTaken, Threat
from kalka.programmes.rules import Mark, NewGroup, NewSending, NewSession, NewStep, NewThreat
from tests.standing import stands

__all__ = ["FAR", "NOW", "RAION", "TODAY", "WOMAN", "add", "in_a_command", "join", "office", "opened", "post"]
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
TABLES = (Group, Session, Owed, Enrolment, Sending, StepTaken, Attendance, Threat, Duty)
HIM = NewPerson(sex="m", names=(Name("Токтосунов", "Эркин"),), birth_year=1988, pin="10101198800456")
OTHER = NewPerson(sex="m", names=(Name("Асанов", "Бакыт"),), birth_year=1979, pin="10202197900777")
ANOTHER = NewPerson(sex="f", names=(Name("Садыкова", "Айгүл"),), birth_year=1993, pin="20303199300888")


@stands
def world() -> SimpleNamespace:
    made = raion()
    made.probation, made.prison = office("probation", RAION), office("penitentiary", RAION)
    made.leader = post("probation_officer", place=RAION, organisation=made.probation)
    made.guard = post("penitentiary_officer", place=RAION, organisation=made.prison)
    made.case = opened(made)
    made.man = add(made.inspector, made.case, HIM).person_id
    return made


def sent(
    at: SimpleNamespace,
    *,
    case: Case | None = None,
    person: UUID | None = None,
    by: Actor | None = None,
    to: int | None = None,
    ground: str = "order",
    phone: str = "",
    id: UUID | None = None,
    now: datetime = NOW,
) -> Sending:
    told = NewSending(person or at.man, to or at.probation.pk, ground, phone)
    ref = (case or at.case).ref
    return services.send(by or at.inspector, id=id or new_id(), case_ref=ref, told=told, now=now)


def another(at: SimpleNamespace, him: NewPerson = OTHER, her: NewPerson = ANOTHER) -> Sending:
    """A man of another case, sent as well."""
    case = opened(at, protected=her)
    return sent(at, case=case, person=add(at.inspector, case, him).person_id)


def group(at: SimpleNamespace, *, by: Actor | None = None, seats: int = 8, audience: str = "men") -> Group:
    told = NewGroup(audience, "ky", seats, TODAY)
    return services.begin_group(by or at.leader, id=new_id(), told=told, now=NOW)


def stepped(
    at: SimpleNamespace, sending: Sending, to: str, *, by: Actor | None = None, now: datetime = NOW, **more: object
) -> StepTaken:
    told = NewStep(to, **more)  # type: ignore[arg-type]  # as the test says
    return services.take_step(by or at.leader, id=new_id(), enrolment_id=sending.enrolment_id, told=told, now=now)


def placed(at: SimpleNamespace, sending: Sending, into: Group) -> StepTaken:
    return stepped(at, sending, "placed", group=into.pk)


def held(
    at: SimpleNamespace,
    of: Group,
    marks: dict[UUID, Mark],
    *,
    days: int = 0,
    module: str = "agreement",
    by: Actor | None = None,
    now: datetime = NOW,
) -> Session:
    told = NewSession(TODAY + days * DAY, module, marks)
    return services.hold_session(by or at.leader, id=new_id(), group_id=of.pk, told=told, now=now + days * DAY)


def attended(at: SimpleNamespace, of: Group, sending: Sending, *, but: int = 0) -> datetime:
    """Every session of the pack, a day each, less the last `but`. Returns when the last was."""
    modules = [code for code, one in packs.pack(of.audience).modules.items() for _ in range(one.sessions)]
    for day, module in enumerate(modules[: len(modules) - but]):
        held(at, of, {sending.enrolment_id: Mark("came")}, days=day, module=module)
    return NOW + (len(modules) - but) * DAY


def threatened(at: SimpleNamespace, sending: Sending, words: str = "Үйгө барсам өлтүрөм деди.") -> Threat:
    told = NewThreat("her", NOW, words)
    return services.report_threat(at.leader, id=new_id(), enrolment_id=sending.enrolment_id, told=told, now=NOW)


def standing(subject_id: UUID) -> dict[str, Duty]:
    """The duties of programmes that stand about a subject."""
    rows = Duty.objects.standing().filter(subject_id=subject_id, kind__startswith="programme.")
    return {row.kind: row for row in rows}


def refusal(do: Callable[[], object]) -> DomainError:
    """What was refused; nothing may have been written but the refusal."""
    before = [model.objects.count() for model in TABLES]
    with pytest.raises(DomainError) as refused:
        do()
    assert [model.objects.count() for model in TABLES] == before
    assert AuditEntry.objects.latest("id").refusal == refused.value.code
    return refused.value
