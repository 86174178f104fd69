"""Lines about single persons, without identity: asked for by one, decided by another, taken for seven days."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render

from kalka.core.errors import AccessDenied, DomainError
from kalka.sheets.streaming import csv_response
from kalka.sheets.writing import Table, xlsx_bytes
from kalka.statistics import forms, selectors, services
from kalka.statistics.exports import MOST_IN_A_SHEET, NewExport
from kalka.statistics.selectors import Download
from kalka.statistics.views.asking import asking, nothing_yet
from kalka.statistics.views.files import as_xlsx
from kalka.ui.http import Request
from kalka.ui.words import say


def exports(request: Request) -> HttpResponse:
    context = {"exports": selectors.exports(request.actor, now=request.now), "now": request.now}
    return render(request, "statistics/exports.html", context)


def export_ask(request: Request) -> HttpResponse:
    found = asking(lambda: selectors.summaries(request.actor, now=request.now))
    if found is None:
        return nothing_yet(request)
    chosen = request.POST.get("indicator", "")
    known = chosen if chosen in {one.indicator for one in found} else found[0].indicator
    choices = selectors.choices(request.actor, known, now=request.now)
    form = forms.ExportForm(
        request.POST or None,
        indicators=[(one.indicator, one.title) for one in found],
        periods=choices.periods,
        places=choices.places,
    )
    if form.is_valid():
        told = NewExport(**{name: form.cleaned_data[name] for name in forms.ExportForm.ASKED})
        made = form.attempt(
            lambda: services.ask_export(request.actor, id=form.cleaned_data["key"], told=told, now=request.now)
        )
        if made is not None:
            return redirect("statistics:export", made.pk)
    return render(request, "statistics/export_ask.html", {"form": form})


def export(request: Request, export: UUID) -> HttpResponse:
    return _page(request, export)


def export_approve(request: Request, export: UUID) -> HttpResponse:
    """The second person's page: what is asked for, by whom and why; yes or no."""
    page = selectors.export_page(request.actor, export, now=request.now)
    form = forms.DecisionForm(request.POST or None)
    if form.is_valid():
        decided = form.attempt(
            lambda: services.decide_export(
                request.actor,
                id=form.cleaned_data["key"],
                export_id=export,
                approved=form.cleaned_data["decision"] == "yes",
                reason=form.cleaned_data["reason"],
                now=request.now,
            )
        )
        if decided is not None:
            return redirect("statistics:export", export)
    shown = {"page": page, "form": form, "now": request.now}
    return render(request, "statistics/export_approve.html", shown, status=form.status)


def export_csv(request: Request, export: UUID) -> HttpResponse | StreamingHttpResponse:
    return _given(request, export, lambda found: csv_response(found.name, found.headings, found.rows()))


def export_xlsx(request: Request, export: UUID) -> HttpResponse | StreamingHttpResponse:
    return _given(request, export, _workbook)


def _workbook(found: Download) -> HttpResponse:
    if len(found.found.lines) > MOST_IN_A_SHEET:
        raise DomainError("statistics.too_long_for_a_sheet", most=MOST_IN_A_SHEET)
    return as_xlsx(found.name, xlsx_bytes(Table("", found.headings, tuple(found.rows()))))


def _given(
    request: Request, export: UUID, make: Callable[[Download], HttpResponse | StreamingHttpResponse]
) -> HttpResponse | StreamingHttpResponse:
    try:
        return make(selectors.download(request.actor, export, now=request.now))
    except AccessDenied:
        raise
    except DomainError as refusal:
        return _page(request, export, problem=say(refusal))


def _page(request: Request, export: UUID, *, problem: str = "") -> HttpResponse:
    page = selectors.export_page(request.actor, export, now=request.now)
    context = {"page": page, "open": page.line.open(request.now), "problem": problem, "now": request.now}
    return render(request, "statistics/export.html", context)
