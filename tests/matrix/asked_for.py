"""She called during an order, and appealed: looked at by the parts of their addresses."""

from collections.abc import Mapping
from datetime import datetime

from kalka.complaints import services as complaints
from kalka.complaints.models import Addressee
from kalka.complaints.rules import NewCall, NewPaper
from kalka.core import clock
from kalka.core.actors import Actor
from kalka.core.refs import new_id
from kalka.orders.models import ProtectionOrder

Parts = dict[str, object]


def asked_for(who: Mapping[str, Actor], ref: str, at: datetime) -> Parts:
    by, named = who["sotsial"], {"case_ref": ref, "now": at}
    call = complaints.note_call(by, id=new_id(), told=NewCall(at, "contact", "phone"), **named)
    order = ProtectionOrder.objects.filter(case_ref=ref).earliest("recorded_at")
    # A complaint of inaction is not there for the inspector it is about (kalka/complaints/tests).
    told = NewPaper("appeal", clock.day_of(at), order=order.pk, told="Эч ким келген жок")
    paper = complaints.file_paper(by, id=new_id(), told=told, **named)
    superior = Addressee.objects.get(paper=paper, part="superior")
    return {
        "complaints:call part": call.pk,
        "complaints:paper part": superior.pk,
        "complaints:print part": paper.pk,
    }
