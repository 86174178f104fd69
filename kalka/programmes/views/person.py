from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kalka.core.errors import AccessDenied, DomainError
from kalka.core.refs import show_ref
from kalka.papers.packs import LANGUAGES
from kalka.programmes import documents, effects, offered, selectors, services, shown
from kalka.programmes.forms import StepForm, ThreatForm
from kalka.programmes.views.task import Task, show
from kalka.ui.http import Request
from kalka.ui.words import say

STEP = Task(_("What is it now?"), _("Write it down"))
THREAT = Task(
    _("He made a threat"),
    _("Send it now"),
    _("Whoever sent him warns her within the hour. Do not tell him, and do not ask where she is."),
)
BACK = _("Corrective programme")


def enrolment(request: Request, enrolment: UUID) -> HttpResponse:
    return _page(request, enrolment)


def _page(request: Request, enrolment: UUID, *, problem: str = "") -> HttpResponse:
    page = selectors.page(request.actor, enrolment, now=request.now)
    context = {
        "page": page,
        "row": shown.row(page.line),
        "cite": shown.basis(page.basis),
        "happened": [shown.item(one) for one in page.happened],
        "unset": effects.absences_of_law(request.now) is None,
        "problem": problem,
        "back": reverse("programmes:list") if page.leads else "",
    }
    return render(request, "programmes/enrolment.html", context)


def step(request: Request, enrolment: UUID) -> HttpResponse:
    page = selectors.page(request.actor, enrolment, now=request.now)
    if not page.may_step:
        raise AccessDenied("programmes.unknown")
    free = [one for one in selectors.groups(request.actor, now=request.now) if one.free]
    form = StepForm(
        request.POST or None,
        last=page.line.last,
        may_finish=page.may_finish,
        groups=[(str(one.id), shown.group(one)) for one in free if one.audience == page.line.audience],
        organisations=offered.other_organisations(page.line.runs_at),
    )
    if form.done(
        lambda said: services.take_step(
            request.actor, id=said["key"], enrolment_id=enrolment, told=form.told_step(), now=request.now
        )
    ):
        moved = form.cleaned_data["to"] == "moved"
        return redirect("programmes:list") if moved else redirect("programmes:enrolment", enrolment)
    back = reverse("programmes:enrolment", args=[enrolment])
    return show(request, form, STEP, back=back, way=BACK, code=show_ref(page.line.ref))


def threat(request: Request, enrolment: UUID) -> HttpResponse:
    row = selectors.get_led(request.actor, enrolment, now=request.now)
    form = ThreatForm(request.POST or None, now=request.now)
    if form.done(
        lambda said: services.report_threat(
            request.actor, id=said["key"], enrolment_id=enrolment, told=form.threat(), now=request.now
        )
    ):
        return redirect("programmes:enrolment", enrolment)
    back = reverse("programmes:enrolment", args=[enrolment])
    return show(request, form, THREAT, back=back, way=BACK, code=show_ref(row.ref))


def paper(request: Request, enrolment: UUID, kind: str, lang: str) -> HttpResponse:
    """The bytes, and never a name: not in the address, not in the name of the file."""
    if lang not in LANGUAGES:
        raise AccessDenied("programmes.unknown")
    try:
        pdf = documents.paper(request.actor, enrolment, kind=kind, lang=lang, now=request.now)
    except AccessDenied:
        raise
    except DomainError as refusal:
        return _page(request, enrolment, problem=say(refusal))
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="programme-{lang}.pdf"'
    return response
