from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kalka.accounts import drafts
from kalka.duties import selectors as duties
from kalka.intake import labels, receipts, selectors, services, shown
from kalka.intake.forms import CorrectionForm, ReceiptForm, ReporterForm, ReportForm, TriageForm
from kalka.ui import writing
from kalka.ui.forms import SWITCH
from kalka.ui.http import Request

DRAFT = "intake.report"
_NOT_KEPT = {"csrfmiddlewaretoken", SWITCH, "next"}


def new(request: Request) -> HttpResponse:
    form = ReportForm(
        request.POST or _draft_asked_for(request),
        now=request.now,
        role=request.actor.role,
        places=selectors.places_near(request.actor),
        initial={"place": request.actor.place} | _way_of(request.GET.get("way", "")),
    )
    if form.is_valid():
        received = form.attempt(
            lambda: services.receive_report(
                request.actor, id=form.cleaned_data["key"], told=form.told(), now=request.now
            )
        )
        if received:
            return redirect("intake:report", received.pk)
    unsent = None if form.is_bound else drafts.latest_draft(request.actor, kind=DRAFT, now=request.now)
    return render(request, "intake/new.html", {"form": form, "unsent": unsent})


def draft(request: Request) -> HttpResponse:
    """Keep what is half written, and say so in the words the page shows; or throw it away."""
    id = _uuid(request.POST.get("key", ""))
    if id is None:
        return HttpResponse(status=400)
    if "discard" in request.POST:
        drafts.drop_draft(request.actor, id=id)
        return redirect("intake:new")
    values = {name: request.POST.getlist(name) for name in request.POST if name not in _NOT_KEPT}
    drafts.keep_draft(request.actor, id=id, kind=DRAFT, values=values, now=request.now)
    said = _("Saved, {time}").format(time=writing.clock_time(request.now))
    return HttpResponse(said, content_type="text/plain; charset=utf-8")


def listing(request: Request) -> HttpResponse:
    state = request.GET.get("state", "mine")
    if state not in labels.STATES:
        state = "mine"
    found = selectors.list_reports(
        request.actor, now=request.now, state=state, after=_uuid(request.GET.get("after", ""))
    )
    here = reverse("intake:list")
    return render(
        request,
        "intake/list.html",
        {
            "lines": [shown.line(line) for line in found.lines],
            "tabs": [shown.Tab(f"{here}?state={s}", name, s == state) for s, name in labels.STATES.items()],
            "following": f"{here}?state={state}&after={found.after}" if found.after else "",
            "state": state,
        },
    )


def report(request: Request, report: UUID) -> HttpResponse:
    return render(request, "intake/report.html", _page(request, report))


def correct(request: Request, report: UUID) -> HttpResponse:
    form = CorrectionForm(request.POST or None)
    if form.is_valid():
        added = form.attempt(
            lambda: services.correct_report(
                request.actor,
                id=form.cleaned_data["key"],
                report_id=report,
                text=form.cleaned_data["text"],
                now=request.now,
            )
        )
        if added:
            return redirect("intake:report", report)
    return render(request, "intake/correct.html", {**_page(request, report), "form": form})


def triage(request: Request, report: UUID) -> HttpResponse:
    form = TriageForm(request.POST or None, places=selectors.places_near(request.actor))
    if form.is_valid():
        said = form.cleaned_data
        done = form.attempt(
            lambda: services.triage_report(
                request.actor,
                id=said["key"],
                report_id=report,
                outcome=said["outcome"],
                reason=said["reason"],
                to_role=said["to_role"],
                to_place=said["to_place"],
                now=request.now,
            )
        )
        if done:
            return redirect(f"{reverse('intake:list')}?state=to_triage")
    page = _page(request, report)
    duty = duties.standing_of(request.actor, page["report"].subject_id, "intake.triage", now=request.now)
    return render(request, "intake/triage.html", {**page, "form": form, "duty": duty}, status=form.status)


def reporter(request: Request, report: UUID) -> HttpResponse:
    """The reason, and then, in the answer to it alone, who reported. The page cannot be opened again."""
    selectors.get_report(request.actor, report, now=request.now)
    form = ReporterForm(request.POST or None)
    if form.is_valid():
        read = form.attempt(lambda: _opened(request, form, report))
        if read:
            who = labels.label(labels.TELLERS, read.by_whom)
            return render(request, "intake/reporter_shown.html", {"reporter": read, "who": who, "id": report})
    return render(request, "intake/reporter.html", {"form": form, "id": report})


def receipt(request: Request, report: UUID) -> HttpResponse:
    """A number for whoever told, in the answer to the press alone. The page cannot be opened again."""
    given_on = selectors.receipt_given(request.actor, report, now=request.now)
    form = ReceiptForm(request.POST or None)
    if form.is_valid():
        made = form.attempt(
            lambda: services.give_receipt(request.actor, id=form.cleaned_data["key"], report_id=report, now=request.now)
        )
        if made:
            number, until = receipts.shown(made[1]), made[0].until
            where = request.build_absolute_uri(reverse("portal:receipt"))
            given = {"id": report, "number": number, "until": until, "where": where}
            return render(request, "intake/receipt_given.html", given)
    return render(request, "intake/receipt.html", {"form": form, "id": report, "given_on": given_on})


def _way_of(said: str) -> dict[str, str]:
    """How it was told, where the page that led here knows; nothing else comes along."""
    return {"way": said} if said in labels.WAYS else {}


def _opened(request: Request, form: ReporterForm, report: UUID) -> services.Reporter:
    said = form.cleaned_data
    opened = services.open_reporter(
        request.actor, id=said["key"], report_id=report, reason=said["reason"], now=request.now
    )
    return services.read_reporter(request.actor, opened_id=opened.pk, now=request.now)[1]


def _page(request: Request, id: UUID) -> dict[str, Any]:
    page = selectors.report_page(request.actor, id, now=request.now)
    return shown.page(page, lang=(get_language() or "ky")[:2])


def _draft_asked_for(request: Request) -> QueryDict | None:
    """The draft of the address, as a form that is shown and not judged."""
    id = _uuid(request.GET.get("draft", ""))
    values = drafts.draft(request.actor, id=id, now=request.now) if id else None
    if values is None:
        return None
    form = QueryDict(mutable=True)
    for name, said in values.items():
        form.setlist(name, said)
    form[SWITCH] = ""
    return form


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
