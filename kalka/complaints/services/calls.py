"""She called while an order ran: the inspector and whoever supervises know at once, and somebody answers."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID, uuid5

from kalka.access import selectors as access
from kalka.cases import selectors as cases
from kalka.cases.rules import Stage
from kalka.cases.selectors import Known
from kalka.complaints import effects, rules, selectors
from kalka.complaints.causing import answering, cause, heard, knowing
from kalka.complaints.coming import LOOKED_BACK
from kalka.complaints.effects import ANSWER, WATCH
from kalka.complaints.models import Call, Reply
from kalka.complaints.rules import ANSWERS, Broken, How, NewCall, NewReply, What
from kalka.core.actors import Actor
from kalka.core.clock import day_of
from kalka.core.commands import command
from kalka.core.errors import DomainError
from kalka.core.permissions import Permission
from kalka.core.refs import derived
from kalka.duties import services as duties
from kalka.history import selectors as history_told
from kalka.intake.hers import HERS, HERS_NOW
from kalka.orders import selectors as orders
from kalka.orders import services as order_services
from kalka.orders.rules import Breached, NewBreach
from kalka.vault.rows import repeated, written

SOURCES = {What.REPORT_NOW: HERS_NOW, What.REPORT: HERS}
BREACHES = {
    What.HERE: Breached.CAME,
    What.CAME: Breached.CAME,
    What.CONTACT: Breached.CONTACT,
    What.THREAT: Breached.CONTACT,
    What.VIOLENCE: Breached.VIOLENCE,
}


@command("complaints.note_call", needs=Permission.CALL_NOTE)
def note_call(actor: Actor, *, id: UUID, case_ref: str, told: NewCall, now: datetime) -> Call:
    """A possible breach. The inspector of the case and whoever is above are alerted at once, each with a clock.

    What speaks against the order raises the risk until it is assessed again. Refuses `complaints.no_order_runs`:
    without an order it is a report or an incident, and a closed case.
    """
    case = cases.get_case(actor, case_ref, now=now)
    content = asdict(told)
    if again := repeated(Call, actor, id=id, content=content):
        return again
    rules.check_call(told, now=now)
    if case.stage == Stage.CLOSED:
        raise DomainError("complaints.case_closed")
    if not orders.runs(actor, case.subject_id, now=now):
        raise DomainError("complaints.no_order_runs")
    call = Call(
        **written(actor, id=id, subject_id=case.subject_id, content=content, now=now),
        case_ref=case.ref,
        at=told.at,
        what=told.what,
        by=told.by,
    )
    if told.told.strip():
        access.keys_for(actor, case.subject_id, now=now).put(call, "told", told.told.strip())
    call.save(force_insert=True)
    cause(actor, call, case.place, now=now)
    return call


@command("complaints.hear_reports", needs=Permission.SYSTEM)
def hear_reports(actor: Actor, *, now: datetime) -> tuple[Call, ...]:
    """A report by her telephone while an order runs is her call: the inspector and whoever is above know at once.

    It began when it was taken down. Once for each report.
    """
    since = now - LOOKED_BACK
    found = [
        (derived(subject_id, f"report {at.isoformat()}"), subject_id, at, what)
        for what, source in SOURCES.items()
        for subject_id, at in history_told.lately(actor, "report_received", since=since, source=source)
    ]
    there = set(Call.objects.filter(pk__in=[one[0] for one in found]).values_list("pk", flat=True))
    new = {one[0]: one for one in found if one[0] not in there}
    files = cases.known(actor, {one[1] for one in new.values()}, now=now)
    calls = (_heard(actor, files[one[1]], one, now) for one in new.values() if one[1] in files)
    return tuple(call for call in calls if call is not None)


def _heard(actor: Actor, file: Known, report: tuple[UUID, UUID, datetime, What], now: datetime) -> Call | None:
    """None where no order ran when it was taken down, or nobody of the police is there: then the report is looked at
    as any other, and the next file is not kept waiting."""
    id, subject_id, at, what = report
    eyes = knowing(actor, file)
    if not orders.runs(eyes, subject_id, now=at) or not any(answering(eyes, subject_id, file.place, now)):
        return None
    return heard(eyes, subject_id, file, id=id, at=at, what=what, now=now)


@command("complaints.reply", needs=Permission.CALL_ANSWER)
def reply(actor: Actor, *, id: UUID, case_ref: str, call_id: UUID, told: NewReply, now: datetime) -> Reply:
    """Somebody went, or spoke with her: her call is answered. Who was not reached is still to be answered.

    Whoever watches ends that duty alone, by an answer of their own or by saying that they saw to it: no word of the
    post the order is with ends it. Refuses `complaints.watched_by_another` and `complaints.nobody_answered`.
    An order found broken is a breach of each order that ran. Another answer may follow the first.
    """
    call = selectors.get_call(actor, case_ref, call_id, now=now)
    content = [call_id, asdict(told)]
    if again := repeated(Reply, actor, id=id, content=content):
        return again
    rules.check_reply(told, called_at=call.at, now=now)
    watching = selectors.watches(actor, call)
    if told.how == How.SEEN:
        _check_seen(call, watching)
    row = Reply(
        **written(actor, id=id, subject_id=call.subject_id, content=content, now=now),
        call=call,
        at=told.at,
        how=told.how,
        broken=told.broken,
    )
    if told.told.strip():
        access.keys_for(actor, call.subject_id, now=now).put(row, "told", told.told.strip())
    row.save(force_insert=True)
    ended = [ANSWER] if told.how in ANSWERS else []
    if watching and told.how != How.UNREACHED:
        ended.append(WATCH)
    for kind in ended:
        part = effects.about(call.case_ref, call.pk)
        duties.end_for(kind, subject_id=call.subject_id, now=now, actor=actor, about=part)
    if told.broken == Broken.YES:
        _breach(actor, call, row, now=now)
    return row


def _check_seen(call: Call, watching: bool) -> None:
    if not watching:
        raise DomainError("complaints.watched_by_another", field="how")
    if not Reply.objects.filter(call=call, how__in=ANSWERS).exists():
        raise DomainError("complaints.nobody_answered", field="how")


def _breach(actor: Actor, call: Call, row: Reply, *, now: datetime) -> None:
    """Of each order that ran on the day she called, also where it has ended since."""
    on = day_of(call.at)
    for order in orders.of_case(actor, call.subject_id, now=now):
        if order.starts <= on <= order.last_day and (order.revoked_at is None or on <= day_of(order.revoked_at)):
            order_services.record_breach(
                actor,
                id=uuid5(row.pk, str(order.id)),
                case_ref=call.case_ref,
                order_id=order.id,
                told=NewBreach(on=on, how=BREACHES.get(What(call.what), Breached.UNKNOWN)),
                now=now,
            )
