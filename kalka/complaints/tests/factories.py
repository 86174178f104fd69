"""A case with an order that runs, an inspector and whoever leads above, and somebody who writes with her."""

from datetime import datetime, timedelta
from types import SimpleNamespace
from uuid import UUID

from kalka.cases.models import Case
from kalka.cases.tests.factories import NOW
from kalka.complaints import services
from kalka.complaints.models import Call, Reply
from kalka.complaints.rules import NewCall, NewReply
from kalka.core.actors import Actor
from kalka.core.refs import new_id
from kalka.followup.tests.factories import ordered
from kalka.followup.tests.factories import world as followed
from tests.standing import stands

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
WORDS = "Эшиктин алдында турат, балдар коркуп жатат"


@stands
def world() -> SimpleNamespace:
    """As for a visit, and an order runs. The officer leads the inspector's organisation."""
    made = followed()
    made.order = ordered(made.inspector, made.case).pk
    return made


def called(actor: Actor, case: Case, *, now: datetime = NOW, id: UUID | None = None, **told: object) -> Call:
    given = {"at": now, "what": "contact", "by": "phone", **told}
    return services.note_call(actor, id=id or new_id(), case_ref=case.ref, told=NewCall(**given), now=now)


def replied(actor: Actor, call: Call, *, now: datetime, id: UUID | None = None, **told: object) -> Reply:
    given = {"at": now, "how": "spoke", "broken": "no", **told}
    new = NewReply(**given)
    return services.reply(actor, id=id or new_id(), case_ref=call.case_ref, call_id=call.pk, told=new, now=now)
