from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from kalka.cases import selectors, services
from kalka.cases.forms import OpenForm
from kalka.cases.labels import KINDS, STAGES
from kalka.cases.listed import lang
from kalka.cases.selectors import CaseList, State
from kalka.core.refs import show_ref
from kalka.intake import selectors as intake
from kalka.people.rules import NewPerson
from kalka.places import selectors as places
from kalka.ui import writing
from kalka.ui.http import Request, address_of

STATES = {"open": State.OPEN, "closed": State.CLOSED, "all": State.ALL}
TABS = {"open": _("Open cases"), "closed": _("Closed cases"), "all": _("All")}


def listing(request: Request) -> HttpResponse:
    state = request.GET.get("state", "open")
    state = state if state in STATES else "open"
    after = request.GET.get("after", "")
    start = int(after) if after.isascii() and after.isdecimal() and len(after) < 19 else 0
    found = selectors.list_cases(request.actor, now=request.now, state=STATES[state], after=start)
    named = places.names({line.place for line in found.lines}, lang())
    case_at = address_of("desk:case")
    rows = [
        {
            "url": case_at(line.ref),
            "code": show_ref(line.ref),
            "place": named[line.place],
            "kind": KINDS[line.kind] if line.kind != "violence" else "",
            "stage": STAGES[line.stage],
            "opened_on": line.opened_on,
        }
        for line in found.lines
    ]
    tabs = [{"url": f"?state={code}", "label": label, "current": code == state} for code, label in TABS.items()]
    following = f"{reverse('cases:list')}?state={state}&after={found.following}" if found.following else ""
    context = {"rows": rows, "tabs": tabs, "following": following, "total": _total(found), "state": state}
    return render(request, "cases/list.html", context)


def _total(found: CaseList) -> str:
    if found.total is None:
        return ""
    if found.capped:
        return f"{writing.number(selectors.MOST_COUNTED)}+"
    return ngettext("%(n)s case", "%(n)s cases", found.total) % {"n": writing.number(found.total)}


def _reach(told: intake.ReportPage) -> dict[str, object]:
    """How she may be reached, where she told it herself: to be looked at again, and ticked, by whoever opens."""
    if not told.by_herself:
        return {}
    return {"phone": told.contact.get("phone", ""), "say": told.contact.get("safe", "")}


def open_report(request: Request, report: UUID) -> HttpResponse:
    """From a report to a case; whatever is known of the protected person may be said at once, or later."""
    told = intake.report_page(request.actor, report, now=request.now)
    form = OpenForm(request.POST or None, initial=_reach(told))
    if form.is_valid():
        said = form.person()
        case = form.attempt(
            lambda: services.open_case(
                request.actor,
                id=form.cleaned_data["key"],
                report_id=report,
                protected=said if said != NewPerson() else None,
                now=request.now,
            )
        )
        if case:
            return redirect("desk:case", case.ref)
    context = {"form": form, "report": report, "asked": form.asked, "folded": form.folded}
    return render(request, "cases/open.html", context, status=form.status)
