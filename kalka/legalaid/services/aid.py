"""An advocate whom the state pays: asked for, appointed, accepted or not, and how it ended."""

from dataclasses import asdict
from datetime import date, datetime
from uuid import UUID

from kalka.access import selectors as access
from kalka.cases import selectors as cases
from kalka.core import clock
from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.errors import DomainError, Stale
from kalka.core.permissions import Permission
from kalka.directory import selectors as directory
from kalka.duties import services as duties
from kalka.legalaid import effects, rules, selectors, sides
from kalka.legalaid.duty import ANSWER, ANSWER_TERM, APPOINT, APPOINT_TERM, RESULT, about, term
from kalka.legalaid.models import Appointment, AppointmentAnswer, LegalRequest, LegalResult
from kalka.legalaid.rules import NewRequest, State
from kalka.legalaid.states import last_appointment, state
from kalka.vault.rows import repeated, written

PURPOSE = "legal"


@command("legalaid.request", needs=Permission.LEGAL_ASK)
def request_aid(actor: Actor, *, id: UUID, case_ref: str, told: NewRequest, now: datetime) -> LegalRequest:
    """Ask for an advocate for somebody who may speak in the case. The law's term to appoint is a duty.

    Refuses whoever is said to have done it.
    """
    case = selectors.open_case(actor, case_ref, now=now)
    content = asdict(told)
    if again := repeated(LegalRequest, actor, id=id, content=content):
        return again
    rules.check_request(told, speakers=cases.speakers(actor, case.subject_id, now=now))
    row = LegalRequest(
        **written(actor, id=id, subject_id=case.subject_id, content=content, now=now),
        case_ref=case.ref,
        client_id=told.client,
        category=told.category,
        ground=told.ground,
    )
    if told.told.strip():
        access.keys_for(actor, case.subject_id, now=now).put(row, "told", told.told.strip())
    row.save(force_insert=True)
    _to_appoint(actor, row, now)
    return row


@command("legalaid.appoint", needs=Permission.LEGAL_ASK)
def appoint(actor: Actor, *, id: UUID, case_ref: str, request_id: UUID, advocate: int, now: datetime) -> Appointment:
    """Ask an advocate to take it, with the person's consent to tell that office.

    Refuses `legalaid.both_sides` for an office or an advocate who acts for the other side, or against this one, in any
    file: without a word of whose. Refuses `cases.no_consent`, `legalaid.is_appointed`.
    """
    request = selectors.get_request(actor, case_ref, request_id, now=now)
    if again := repeated(Appointment, actor, id=id, content=[request_id, advocate]):
        return again
    _held(request)
    if state(request) not in (State.ASKED, State.DECLINED):
        raise Stale("legalaid.is_appointed")
    post = selectors.get_advocate(actor, advocate, now=now)
    cases.require_consent(actor, case_ref, organisation_id=post.organisation_id, purpose=PURPOSE, now=now)
    client, others = sides.of_request(actor, request, now=now)
    holders = directory.holders_of(post.id, clock.day_of(now))
    sides.ensure_one(post.organisation_id, holders, client, others)
    number = Appointment.objects.filter(request=request).count() + 1
    row = Appointment(
        **written(actor, id=id, subject_id=request.subject_id, content=[request_id, advocate], now=now),
        request=request,
        number=number,
        advocate_id=post.id,
        organisation_id=post.organisation_id,
    )
    row.save(force_insert=True)
    sides.mark(row, client, others)
    part = about(request.case_ref, request.pk)
    duties.end_for(APPOINT, subject_id=request.subject_id, about=part, actor=actor, now=now)
    due, basis = term(ANSWER_TERM, now)
    given = {"subject_id": request.subject_id, "post_id": post.id, "now": now}
    duties.assign(ANSWER, due_at=due, basis=basis, about=about(request.case_ref, row.pk), **given)  # type: ignore[arg-type]  # as named
    return row


@command("legalaid.answer", needs=Permission.LEGAL_WORK)
def answer_appointment(
    actor: Actor,
    *,
    id: UUID,
    case_ref: str,
    appointment_id: UUID,
    accepted: bool,
    reason: str = "",
    until: date | None = None,
    now: datetime,
) -> AppointmentAnswer:
    """The advocate takes it until a day, or does not and says why: then another one is to be found.

    Asks once more whether the office stands on one side alone: somebody may have been written into a file since.
    """
    row = selectors.get_appointment(actor, case_ref, appointment_id, now=now)
    content = [appointment_id, accepted, reason, until]
    if again := repeated(AppointmentAnswer, actor, id=id, content=content):
        return again
    if row.advocate_id != actor.post_id:
        raise DomainError("legalaid.not_your_case")
    _held(row.request)
    _ensure_open(row)
    rules.check_answer(accepted, reason, until, today=clock.day_of(now))
    client, others = sides.of_request(actor, row.request, now=now)
    if accepted:
        sides.ensure_one(row.organisation_id, [actor.user_id], client, others, but=row.pk)
        sides.taken(row, actor.user_id, client, others)
    answer = AppointmentAnswer(
        **written(actor, id=id, subject_id=row.subject_id, content=content, now=now),
        appointment=row,
        accepted=accepted,
        reason="" if accepted else reason,
        until=until if accepted else None,
    )
    answer.save(force_insert=True)
    effects.after_answer(actor, row, answer, now=now)
    return answer


@command("legalaid.result", needs=Permission.LEGAL_WORK)
def record_result(
    actor: Actor, *, id: UUID, case_ref: str, request_id: UUID, how: str, on: date, now: datetime
) -> LegalResult:
    """How it ended, by the advocate who took it. Refuses `legalaid.not_your_case`, `legalaid.has_result`."""
    request = selectors.get_request(actor, case_ref, request_id, now=now)
    content = [request_id, how, on]
    if again := repeated(LegalResult, actor, id=id, content=content):
        return again
    rules.known("how", how, tuple(rules.Result))
    rules.past("on", on, clock.day_of(now))
    _held(request)
    last = last_appointment(request)
    if state(request) == State.DONE:
        raise Stale("legalaid.has_result")
    if state(request) != State.ACCEPTED or last is None or last.advocate_id != actor.post_id:
        raise DomainError("legalaid.not_your_case")
    row = LegalResult(
        **written(actor, id=id, subject_id=request.subject_id, content=content, now=now),
        request=request,
        how=how,
        on=on,
    )
    row.save(force_insert=True)
    part = about(request.case_ref, request.pk)
    duties.end_for(RESULT, subject_id=request.subject_id, about=part, actor=actor, now=now)
    return row


@command("legalaid.withdraw", needs=Permission.LEGAL_ASK)
def withdraw(actor: Actor, *, id: UUID, case_ref: str, request_id: UUID, now: datetime) -> LegalResult:
    """She does not want to go on: with this advocate, or at all. Another one is asked for by a new request.

    By whoever works on the case, wherever it stands: nobody is kept to an advocate. Refuses `legalaid.has_result`.
    """
    request = selectors.get_request(actor, case_ref, request_id, now=now)
    if again := repeated(LegalResult, actor, id=id, content=[request_id]):
        return again
    _held(request)
    stood, last = state(request), last_appointment(request)
    if stood == State.DONE:
        raise Stale("legalaid.has_result")
    row = LegalResult(
        **written(actor, id=id, subject_id=request.subject_id, content=[request_id], now=now),
        request=request,
        how=rules.Result.WITHDRAWN,
        on=clock.day_of(now),
    )
    row.save(force_insert=True)
    if stood == State.APPOINTED and last is not None:
        sides.unmark(last)  # nobody took it
    parts = [(kind, request.pk) for kind in (APPOINT, RESULT)] + [(ANSWER, last.pk if last else request.pk)]
    for kind, part in parts:
        said = about(request.case_ref, part)
        duties.end_for(kind, subject_id=request.subject_id, about=said, actor=actor, now=now)
    return row


def _ensure_open(row: Appointment) -> None:
    if AppointmentAnswer.objects.filter(appointment=row).exists():
        raise Stale("legalaid.answered")
    if state(row.request) == State.DONE:  # she does not want it any more
        raise Stale("legalaid.has_result")


def _held(request: LegalRequest) -> None:
    """Two steps of one request wait for each other."""
    LegalRequest.objects.select_for_update().get(pk=request.pk)


def _to_appoint(actor: Actor, request: LegalRequest, now: datetime) -> None:
    """By whoever asked, else by the coordinator of the place."""
    post_id = actor.post_id if actor.may(Permission.LEGAL_ASK) else None
    post_id = post_id or cases.team_post(actor, request.subject_id, "window_coordinator", now=now)
    if post_id is None:
        raise DomainError("legalaid.nobody_to_appoint")
    due, basis = term(APPOINT_TERM, now)
    duties.assign(
        APPOINT,
        subject_id=request.subject_id,
        post_id=post_id,
        due_at=due,
        basis=basis,
        now=now,
        about=about(request.case_ref, request.pk),
    )
