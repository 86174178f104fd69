"""A case with an inspector who visits, and whoever leads above."""

from datetime import datetime, timedelta
from types import SimpleNamespace
from uuid import UUID

from kalka.cases.models import Case
from kalka.cases.tests.factories import NOW, in_a_command, join, opened, raion
from kalka.core.actors import Actor
from kalka.core.refs import new_id
from kalka.directory.models import Post
from kalka.duties import services as duties
from kalka.duties.models import Duty
from kalka.followup import services
from kalka.followup.models import Visit
from kalka.followup.rules import NewVisit
from kalka.orders.models import ProtectionOrder
from kalka.orders.rules import NewOrder, Numbered
from kalka.orders.services import register_order
from kalka.risk.rules import NewAssessment
from kalka.risk.services import confirm, record_judgement
from tests.standing import stands

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WORDS = "Эшикти өзү ачты, коркпойт экен"


@stands
def world() -> SimpleNamespace:
    """As for a case; the officer leads the inspector's organisation. The case is open and nobody went there yet."""
    made = raion()
    Post.objects.filter(pk=made.officer.post_id).update(leads=True, organisation=made.inspector.organisation_id)
    made.case = opened(made)
    join(made.inspector, made.case, made.worker)
    return made


def visit(actor: Actor, case: Case, *, now: datetime = NOW, id: UUID | None = None, **told: object) -> Visit:
    given = {"visited_at": now, "found": "protected", **told}
    return services.log_visit(actor, id=id or new_id(), case_ref=case.ref, told=NewVisit(**given), now=now)


def planned(
    case: Case, actor: Actor, *, due_at: datetime | None, level: str = "", kind: str = "visit.make", now: datetime = NOW
) -> Duty:
    return in_a_command(
        lambda: duties.assign(
            kind,
            subject_id=case.subject_id,
            post_id=actor.post_id,
            due_at=due_at,
            basis=None,
            now=now,
            level=level,
            about=case.ref,
        )
    )


def standing(case: Case) -> dict[str, Duty]:
    return {duty.kind: duty for duty in Duty.objects.standing().filter(subject_id=case.subject_id)}


def ordered(actor: Actor, case: Case, *, number: str = "17", now: datetime = NOW) -> ProtectionOrder:
    told = NewOrder(issued_at=now - HOUR, numbered=Numbered(actor.organisation_id, number))
    return register_order(actor, id=new_id(), case_ref=case.ref, told=told, now=now)


def assessed(actor: Actor, case: Case, level: str, *, now: datetime = NOW) -> None:
    told = NewAssessment(judged=level, reason="Өз көзүм менен көрдүм")
    judged = record_judgement(actor, id=new_id(), case_ref=case.ref, told=told, now=now)
    confirm(actor, id=new_id(), judgement_id=judged.pk, level=level, now=now)
