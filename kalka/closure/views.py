from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kalka.closure import selectors, services
from kalka.closure.forms import CloseForm, ReopenForm
from kalka.closure.selectors import ClosingPage
from kalka.core.errors import DomainError
from kalka.ui.forms import Form
from kalka.ui.http import Request
from kalka.ui.words import say


@dataclass(frozen=True, slots=True)
class Open:
    """One thing that keeps the case open: what it is, and where it is done."""

    words: str
    url: str


def close(request: Request, ref: str) -> HttpResponse:
    page = selectors.closing_page(request.actor, ref, now=request.now)
    if page.closed and request.method != "POST":
        return redirect("desk:case", page.case_ref)
    form = CloseForm(request.POST or None)
    if _done(
        form,
        lambda: services.close_case(
            request.actor,
            id=form.cleaned_data["key"],
            case_ref=page.case_ref,
            reason=form.cleaned_data["reason"],
            word=form.cleaned_data["word"],
            now=request.now,
        ),
    ):
        return redirect("desk:case", page.case_ref)
    return render(request, "closure/close.html", {"page": page, "form": form, "open": _open(page)}, status=form.status)


def reopen(request: Request, ref: str) -> HttpResponse:
    page = selectors.closing_page(request.actor, ref, now=request.now)
    if not page.closed and request.method != "POST":
        return redirect("desk:case", page.case_ref)
    form = ReopenForm(request.POST or None)
    if _done(
        form,
        lambda: services.reopen_case(
            request.actor,
            id=form.cleaned_data["key"],
            case_ref=page.case_ref,
            why=form.cleaned_data["reason"],
            word=form.cleaned_data["word"],
            now=request.now,
        ),
    ):
        return redirect("desk:case", page.case_ref)
    return render(request, "closure/reopen.html", {"page": page, "form": form}, status=form.status)


def _done(form: Form, do: Callable[[], object]) -> bool:
    return form.is_valid() and form.attempt(do) is not None


def _open(page: ClosingPage) -> list[Open]:
    case = reverse("desk:case", args=[page.case_ref])
    return [Open(say(DomainError(one.code, **one.facts)), str(one.facts.get("url") or case)) for one in page.blockers]
