"""She called during an order, says that a visit was not made, and complains: for the browser."""

from datetime import timedelta
from typing import Any

from kalka.complaints import services as complaints
from kalka.complaints.models import Addressee
from kalka.complaints.rules import NewCall, NewOutcome, NewPaper, NewReply
from kalka.core.clock import day_of
from kalka.core.refs import new_id
from kalka.followup import services as followup
from kalka.followup.rules import NewSaid, NewVisit
from kalka.orders import services as orders
from kalka.orders.rules import NewOrder, Numbered
from kalka.people.rules import Name, NewPerson

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def asked_for(town: Any, opened: Any) -> dict[str, Any]:
    """One call was answered, one waits; three visits were written down at one time."""
    at = town.now - 6 * DAY
    case = opened(town, at, protected=NewPerson(sex="f", names=(Name("Сыдыкова", "Гүлнара"),)), danger="yes")
    named: dict[str, Any] = {"case_ref": case.ref}
    then = at + 2 * HOUR
    told = NewOrder(issued_at=then, numbered=Numbered(town.inspektor.organisation_id, "12/401"))
    orders.register_order(town.inspektor, id=new_id(), told=told, now=then, **named)
    for minutes, visited in ((0, 3 * HOUR), (3, 27 * HOUR), (6, 51 * HOUR)):
        seen = NewVisit(visited_at=then + visited, found="protected", kept="kept", told="Үйдө тынч.")
        now = then + 52 * HOUR + minutes * MINUTE
        visit = followup.log_visit(town.inspektor, id=new_id(), told=seen, now=now, **named)
    said = NewSaid("not_came", "safe_contact", "Эч ким келген жок, үч күн үйдө болдум.")
    followup.record_said(town.sotsial, id=new_id(), visit_id=visit.pk, told=said, now=then + 60 * HOUR, **named)
    first = then + 61 * HOUR
    call = complaints.note_call(town.sotsial, id=new_id(), told=NewCall(first, "came", "phone"), now=first, **named)
    reply = NewReply(first + 40 * MINUTE, "went", "yes", "Эшиктин алдынан кетирилди.")
    complaints.reply(town.inspektor, id=new_id(), call_id=call.pk, told=reply, now=first + HOUR, **named)
    lately = town.now - 25 * MINUTE
    words = NewCall(lately, "here", "phone", "Терезени сындырып жатат.")
    waits = complaints.note_call(town.sotsial, id=new_id(), told=words, now=lately, **named)
    on = day_of(town.now - DAY)
    written = NewPaper(
        "inaction", on, "visit", against=town.inspektor.post_id, told="Үч жолу чалдым, эч ким келген жок."
    )
    paper = complaints.file_paper(town.sotsial, id=new_id(), told=written, now=town.now - DAY, **named)
    asked = Addressee.objects.get(paper=paper, part="prosecutor")
    answer = NewOutcome("part", day_of(town.now), "Текшерүү дайындалды.")
    complaints.answer_paper(town.prokuror, id=new_id(), addressee_id=asked.pk, told=answer, now=town.now, **named)
    return {"ref": case.ref, "visit": str(visit.pk), "call": str(waits.pk), "paper": str(paper.pk)}
