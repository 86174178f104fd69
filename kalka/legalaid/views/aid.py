from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from kalka.cases import selectors as cases
from kalka.core.permissions import Permission
from kalka.core.refs import read_ref, show_ref
from kalka.legalaid import labels, selectors, services
from kalka.legalaid.duty import ANSWER_TERM, APPOINT_TERM, term
from kalka.legalaid.forms import AnswerForm, AppointForm, RequestForm, ResultForm
from kalka.legalaid.views.task import Task, first, show, to_case
from kalka.ui.forms import Form
from kalka.ui.http import Request

NEW = Task(_("Ask for an advocate"), _("Ask"), _("Legal aid that the state guarantees. She pays nothing."))
APPOINT = Task(
    _("Ask an advocate"),
    _("Ask this advocate"),
    _("Only offices she agreed to tell stand here. If there are none, write down her consent first."),
)
NO_OFFICE, CONSENT = _("She has not agreed yet that an office is told"), _("Write down her consent")
ANSWER = Task(_("You were asked to take it"), _("Answer"))
WITHDRAW = Task(
    _("She does not want to go on"),
    _("Write it down"),
    _("Nobody is asked any more. Another advocate is asked for anew."),
)
RESULT = Task(_("How it ended"), _("Write it down"))


def case(request: Request, ref: str) -> HttpResponse:
    actor, known = request.actor, read_ref(ref)
    may_read = actor.may(Permission.LEGAL_READ)
    may_wait = actor.may(Permission.COUNSEL_ASK)
    counselled = selectors.counselled(actor, ref, now=request.now) if may_wait else None
    context = {
        "ref": known,
        "shown_ref": show_ref(known),
        "requests": [_said(one) for one in selectors.requests(actor, ref, now=request.now)] if may_read else [],
        "may_read": may_read,
        "may_ask": actor.may(Permission.LEGAL_ASK),
        "may_wait": may_wait,
        "may_counsel": actor.may(Permission.COUNSEL_WORK),
        "counselled": counselled,
        "now": request.now,
    }
    return render(request, "legalaid/case.html", context)


def new(request: Request, ref: str) -> HttpResponse:
    choices = selectors.client_choices(request.actor, ref, now=request.now)
    form = RequestForm(request.POST or None, choices=choices)
    if form.done(
        lambda said: services.request_aid(
            request.actor, id=said["key"], case_ref=ref, told=form.content(), now=request.now
        )
    ):
        return to_case(ref)
    return show(request, form, NEW, ref=ref)


def one(request: Request, ref: str, request_id: UUID) -> HttpResponse:
    line = selectors.request_line(request.actor, ref, request_id, now=request.now)
    may_appoint = request.actor.may(Permission.LEGAL_ASK) and line.state in ("asked", "declined")
    may_withdraw = request.actor.may(Permission.LEGAL_ASK) and line.state != "done"
    due = {"asked": APPOINT_TERM, "declined": APPOINT_TERM, "appointed": ANSWER_TERM}.get(line.state)
    unset = due is not None and term(due, request.now)[0] is None
    may = {"may_appoint": may_appoint, "may_withdraw": may_withdraw, "unset": unset}
    context = {**_said(line), **may, "shown_ref": show_ref(line.case_ref), "now": request.now}
    return render(request, "legalaid/request.html", context)


def appoint(request: Request, ref: str, request_id: UUID) -> HttpResponse:
    selectors.get_request(request.actor, ref, request_id, now=request.now)
    choices = selectors.advocate_choices(request.actor, ref, now=request.now)
    form = AppointForm(request.POST or None, choices=choices)
    if form.done(
        lambda said: services.appoint(
            request.actor,
            id=said["key"],
            case_ref=ref,
            request_id=request_id,
            advocate=int(said["advocate"]),
            now=request.now,
        )
    ):
        return redirect("legalaid:request", read_ref(ref), request_id)
    return show(
        request, form, APPOINT, ref=ref, first=None if choices else first(NO_OFFICE, CONSENT, "cases:consent", ref)
    )


def answer(request: Request, ref: str, appointment: UUID) -> HttpResponse:
    row = selectors.get_appointment(request.actor, ref, appointment, now=request.now)
    line = selectors.request_line(request.actor, ref, row.request_id, now=request.now)
    form = AnswerForm(request.POST or None, now=request.now)
    if form.done(
        lambda said: services.answer_appointment(
            request.actor,
            id=said["key"],
            case_ref=ref,
            appointment_id=appointment,
            accepted=said["accepted"] == "yes",
            reason=said["reason"] or "",
            until=said["until"],
            now=request.now,
        )
    ):
        return to_case(ref)
    return show(request, form, ANSWER, ref=ref, **_said(line))


def result(request: Request, ref: str, request_id: UUID) -> HttpResponse:
    cases.get_case(request.actor, ref, now=request.now)
    selectors.get_request(request.actor, ref, request_id, now=request.now)
    form = ResultForm(request.POST or None, now=request.now)
    if form.done(
        lambda said: services.record_result(
            request.actor,
            id=said["key"],
            case_ref=ref,
            request_id=request_id,
            how=said["how"],
            on=said["on"],
            now=request.now,
        )
    ):
        return to_case(ref)
    return show(request, form, RESULT, ref=ref)


def withdraw(request: Request, ref: str, request_id: UUID) -> HttpResponse:
    line = selectors.get_request(request.actor, ref, request_id, now=request.now)
    form = Form(request.POST or None)
    if form.done(
        lambda said: services.withdraw(
            request.actor, id=said["key"], case_ref=ref, request_id=request_id, now=request.now
        )
    ):
        return redirect("legalaid:request", line.case_ref, request_id)
    return show(request, form, WITHDRAW, ref=ref)


def _said(line: selectors.RequestLine) -> dict[str, Any]:
    return {
        "line": line,
        "category": labels.CATEGORIES[line.category],
        "ground": labels.GROUNDS[line.ground],
        "state": labels.STATES[line.state],
        "reason": {**labels.REFUSALS, **labels.SILENT}.get(line.reason, ""),
        "result": labels.RESULTS.get(line.result, ""),
    }
