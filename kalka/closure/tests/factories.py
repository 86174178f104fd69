"""A case in which everything was done, and what can still be open in it."""

from datetime import datetime, timedelta
from types import SimpleNamespace

from kalka.core.refs import new_id
from kalka.duties import services as duties
from kalka.duties.kinds import BY_HAND
from kalka.followup.rules import NewSaid
from kalka.followup.services import record_said
from kalka.followup.tests import factories as followup
from kalka.followup.tests.factories import DAY, HOUR, assessed, ordered, planned, standing, visit
from kalka.orders.models import ProtectionOrder
from kalka.orders.rules import NewRevocation
from kalka.orders.services import revoke_order
from kalka.support.rules import NewWord
from kalka.support.services import record_word

NOW = followup.NOW
AFTER = NOW + timedelta(hours=3)
WORD = "Бардык чаралар көрүлдү, аял эжесиникинде"
__all__ = [
    "AFTER",
    "DAY",
    "HOUR",
    "NOW",
    "WORD",
    "assessed",
    "done",
    "ordered",
    "planned",
    "revoked",
    "safe",
    "visit",
    "world",
]


def world() -> SimpleNamespace:
    return followup.world()


def done(at: SimpleNamespace) -> SimpleNamespace:
    """Assessed, visited, and she says so where she is asked; every duty by hand is done, and she is safe."""
    assessed(at.inspector, at.case, "medium")
    made = visit(at.inspector, at.case, now=NOW + HOUR)
    if "visit.ask" in standing(at.case):  # of some visits, drawn
        named = {"case_ref": at.case.ref, "visit_id": made.pk, "now": NOW + HOUR}
        record_said(at.worker, id=new_id(), told=NewSaid("came", "safe_contact"), **named)
    safe(at)
    for duty in standing(at.case).values():
        if duty.kind in BY_HAND:
            holder = next(one for one in vars(at).values() if getattr(one, "post_id", 0) == duty.assignee_id)
            duties.finish_duty(holder, id=new_id(), duty_id=duty.pk, now=NOW + HOUR)
    return at


def safe(at: SimpleNamespace, *, now: datetime = NOW + HOUR) -> None:
    record_word(at.worker, id=new_id(), case_ref=at.case.ref, told=NewWord("safe", alone=True), now=now)


def revoked(at: SimpleNamespace, order: ProtectionOrder) -> None:
    told = NewRevocation(at=NOW + 2 * HOUR, by="issuer", reason="Өзү суранды, коопсуз жайда")
    revoke_order(at.inspector, id=new_id(), case_ref=at.case.ref, order_id=order.pk, told=told, now=NOW + 2 * HOUR)
