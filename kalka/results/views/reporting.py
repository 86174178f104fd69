from django.http import HttpResponse
from django.shortcuts import redirect, render

from kalka.core.permissions import Permission
from kalka.results import selectors, services, shown
from kalka.results.forms import AcknowledgeForm, QuarterForm
from kalka.results.rules import read_quarter
from kalka.ui.http import Request


def reports(request: Request) -> HttpResponse:
    quarters = selectors.own_quarters(request.actor, now=request.now)
    form = QuarterForm(request.POST or None, quarters=shown.quarter_choices(quarters), now=request.now)
    if form.done(
        lambda said: services.send_report(
            request.actor, id=said["key"], quarter=read_quarter(said["quarter"]), now=request.now
        )
    ):
        return redirect("results:reports")
    return _page(request, form, status=form.status)


def acknowledge(request: Request) -> HttpResponse:
    form = AcknowledgeForm(request.POST)
    if form.done(
        lambda said: services.acknowledge_report(
            request.actor, id=said["key"], report_id=said["report"], now=request.now
        )
    ):
        return redirect("results:reports")
    return _page(request, QuarterForm(None, quarters=[], now=request.now), status=form.status, failed=form)


def _page(
    request: Request, form: QuarterForm, *, status: int = 200, failed: AcknowledgeForm | None = None
) -> HttpResponse:
    context = {
        "form": form,
        "reports": shown.reports(selectors.reports(request.actor)),
        "may_send": bool(form.offered),
        "may_acknowledge": request.actor.may(Permission.RESULTS_ACKNOWLEDGE),
        "failed": failed,
    }
    return render(request, "results/reports.html", context, status=status)
