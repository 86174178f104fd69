from datetime import datetime
from uuid import UUID

from ninja import Query, Router

from kalka.api import shown
from kalka.api.routers import answers
from kalka.api.routers.orders import item as order
from kalka.api.schemas import CaseItem, CasePerson, Cases, CasesAsked, CaseState, NextDuty, OrderItem, Risk
from kalka.cases import selectors as cases
from kalka.cases.selectors import State
from kalka.core.actors import Actor
from kalka.core.permissions import Permission
from kalka.duties import selectors as duties
from kalka.orders import selectors as orders
from kalka.risk import selectors as risk
from kalka.ui.http import Request

router = Router(tags=["cases"])


@router.get("", response=answers(Cases), url_name="cases", operation_id="list_cases", summary="Cases")
def list_cases(request: Request, asked: Query[CasesAsked]) -> Cases:
    """The cases whose file the post may see, fifty at a time, those it came to see last first."""
    found = cases.list_cases(request.actor, now=request.now, state=State[asked.state.upper()], after=asked.after)
    return Cases(
        items=[CaseItem.model_validate(line) for line in found.lines],
        next=found.following or None,
        total=None if found.total is None else min(found.total, cases.MOST_COUNTED),
        total_is_more=found.capped,
    )


@router.get(
    "/{ref}", response=answers(CaseState), url_name="case", operation_id="get_case", summary="Where a case stands"
)
def get_case(request: Request, ref: str) -> CaseState:
    """Stage, who has which part, level of risk, running orders and the next duty, in codes and days.

    The level is shown to who may read assessments, the orders to a token that may read orders. Nothing is decrypted.
    """
    actor, now = request.actor, request.now
    case = cases.get_case(actor, ref, now=now)
    return CaseState(
        ref=case.ref,
        kind=case.kind,
        place=case.place,
        opened_on=case.opened_on,
        stage=case.stage,
        people=_people(actor, case.subject_id, now),
        risk=_risk(actor, case.subject_id, now),
        orders=_orders(actor, case.subject_id, now),
        next_duty=_next_duty(actor, case.subject_id, now),
    )


def _people(actor: Actor, subject_id: UUID, now: datetime) -> list[CasePerson]:
    parts = sorted(cases.cast_of(actor, subject_id, now=now).parts, key=lambda one: (one[1], one[0]))
    return [CasePerson(id=person, part=part) for person, part in parts]


def _risk(actor: Actor, subject_id: UUID, now: datetime) -> Risk:
    if not actor.may(Permission.RISK_READ):
        return Risk(state="not_shown", level=None, assessed_at=None, expires_at=None, expired=False)
    found = risk.current(actor, subject_id, now=now)
    if found is None:
        return Risk(state="not_assessed", level=None, assessed_at=None, expires_at=None, expired=False)
    return Risk(
        state="assessed",
        level=shown.level(found.position),
        assessed_at=found.assessed_at,
        expires_at=found.expires_at,
        expired=found.expired,
    )


def _orders(actor: Actor, subject_id: UUID, now: datetime) -> list[OrderItem] | None:
    if not actor.may(Permission.ORDER_READ):
        return None
    return [order(line) for line in orders.running(actor, subject_id, now=now)]


def _next_duty(actor: Actor, subject_id: UUID, now: datetime) -> NextDuty | None:
    found = duties.next_for(actor, subject_id, now=now)
    if found is None:
        return None
    return NextDuty(kind=found.kind, due_at=found.due_at, late=bool(found.late), basis=shown.basis(found.basis))
