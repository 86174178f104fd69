from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from kalka.followup import selectors, services
from kalka.followup.forms import CorrectionForm, VisitForm
from kalka.followup.rules import NewVisit
from kalka.ui.forms import Form
from kalka.ui.http import Request


def visit(request: Request, ref: str) -> HttpResponse:
    page = selectors.visit_page(request.actor, ref, now=request.now)
    form = VisitForm(request.POST or None, order_runs=page.order_runs, now=request.now)
    if _done(
        form,
        lambda: services.log_visit(
            request.actor,
            id=form.cleaned_data["key"],
            case_ref=page.case_ref,
            told=_told(form),
            now=request.now,
        ),
    ):
        return redirect("desk:case", page.case_ref)
    return render(request, "followup/visit.html", {"page": page, "form": form})


def correct(request: Request, ref: str, visit_id: UUID) -> HttpResponse:
    line = selectors.visit_line(request.actor, ref, visit_id, now=request.now)
    form = CorrectionForm(request.POST or None, now=request.now)
    if _done(
        form,
        lambda: services.correct_visit(
            request.actor,
            id=form.cleaned_data["key"],
            case_ref=line.case_ref,
            visit_id=visit_id,
            text=form.cleaned_data["told"],
            now=request.now,
        ),
    ):
        return redirect("desk:case", line.case_ref)
    return render(request, "followup/correct.html", {"line": line, "form": form, "now": request.now})


def _told(form: Form) -> NewVisit:
    given = form.cleaned_data
    return NewVisit(
        visited_at=given["visited_at"],
        found=given["found"],
        kept=given.get("kept", ""),
        where=given["where"],
        told=given["told"],
    )


def _done(form: Form, do: Callable[[], object]) -> bool:
    return form.is_valid() and form.attempt(do) is not None
