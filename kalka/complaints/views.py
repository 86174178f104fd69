from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from kalka.complaints import labels, selectors, services
from kalka.complaints.forms import CallForm, ReplyForm
from kalka.core.permissions import Permission
from kalka.ui.http import Request


def call_new(request: Request, ref: str) -> HttpResponse:
    page = selectors.note_page(request.actor, ref, now=request.now)
    form = CallForm(request.POST or None, now=request.now)
    if form.done(
        lambda said: services.note_call(
            request.actor, id=said["key"], case_ref=page.case_ref, told=form.call(), now=request.now
        )
    ):
        return redirect("desk:case", page.case_ref)
    return render(request, "complaints/call_new.html", {"page": page, "form": form})


def call(request: Request, ref: str, part: UUID) -> HttpResponse:
    page = selectors.call_page(request.actor, ref, part, now=request.now)
    form = ReplyForm(request.POST or None, now=request.now)
    if form.done(
        lambda said: services.reply(
            request.actor, id=said["key"], case_ref=ref, call_id=part, told=form.reply(), now=request.now
        )
    ):
        return redirect("desk:case", page.line.case_ref)
    context = {
        "page": page,
        "form": form,
        "now": request.now,
        "may_answer": request.actor.may(Permission.CALL_ANSWER),
        "what": labels.WHAT[page.line.what],
        "by": labels.BY[page.line.by],
    }
    return render(request, "complaints/call.html", context)
