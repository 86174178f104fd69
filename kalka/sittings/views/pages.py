from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kalka.core.errors import AccessDenied, DomainError
from kalka.papers import docx
from kalka.sittings import documents, labels, rules, selectors, services, shown
from kalka.sittings.forms import PlanForm, PutForm, RollForm
from kalka.sittings.views.task import Task, show
from kalka.ui import between
from kalka.ui.forms import Form
from kalka.ui.http import Request
from kalka.ui.words import say

NEW = Task(
    _("Call a sitting"),
    _("Call the sitting"),
    _("Each member is told that there is a sitting. What it is about is told to nobody in a message."),
)
PUT = Task(_("Add an item"), _("Add the item"), _("A family stands on the agenda by its code, and only if she agreed."))
ROLL = Task(_("Who came"), _("Save who came"))
PAPERS = (("ky", _("in Kyrgyz")), ("ru", _("in Russian")))
TYPES = {"pdf": "application/pdf", "docx": docx.TYPE}


def listing(request: Request) -> HttpResponse:
    kind = request.GET.get("kind", "")
    kind = kind if kind in list(rules.Kind) else ""
    days = between.asked(request.GET.dict())
    page = selectors.calendar(request.actor, between=days, kind=kind, now=request.now)
    context = {"page": page, "kind": labels.KINDS[kind] if kind else "", **shown.calendar(page)}
    return render(request, "sittings/list.html", context)


def new(request: Request) -> HttpResponse:
    form = PlanForm(request.POST or None, now=request.now)
    if form.is_valid():
        made = form.attempt(
            lambda: services.plan_sitting(request.actor, id=form.cleaned_data["key"], told=form.told(), now=request.now)
        )
        if made is not None:
            return redirect("sittings:sitting", made.pk)
    return show(request, form, NEW, back=reverse("sittings:list"))


def sitting(request: Request, sitting: UUID) -> HttpResponse:
    """The whole of it; sent: it was held, or is called off."""
    return _page(request, sitting)


def _page(request: Request, sitting: UUID, *, problem: str = "") -> HttpResponse:
    form = Form(request.POST or None)
    if form.done(
        lambda said: services.end_sitting(
            request.actor, id=said["key"], sitting_id=sitting, how=request.POST.get("how", ""), now=request.now
        )
    ):
        return redirect("sittings:sitting", sitting)
    page = selectors.sitting(request.actor, sitting, now=request.now)
    context = {"page": page, "form": form, "problem": problem, "papers": PAPERS, **shown.whole(page)}
    return render(request, "sittings/sitting.html", context, status=form.status)


def put(request: Request, sitting: UUID) -> HttpResponse:
    page = selectors.sitting(request.actor, sitting, now=request.now)
    offered = selectors.proposals(request.actor, page, now=request.now)
    kind, may_keep = page.line.kind, page.may_keep
    form = PutForm(request.POST or None, proposals=offered, kind=kind, may_keep=may_keep, now=request.now)
    if form.is_valid():
        told, until = form.told()
        made = form.attempt(
            lambda: services.put_item(
                request.actor,
                id=form.cleaned_data["key"],
                sitting_id=sitting,
                told=told,
                agreed_until=until,
                now=request.now,
            )
        )
        if made is not None:
            return redirect("sittings:sitting", sitting)
    return show(request, form, PUT, back=reverse("sittings:sitting", args=[sitting]))


def roll(request: Request, sitting: UUID) -> HttpResponse:
    page = selectors.sitting(request.actor, sitting, now=request.now)
    members = shown.with_names(request.actor, page)
    form = RollForm(request.POST or None, members=members)
    if form.done(
        lambda said: services.hold_sitting(
            request.actor,
            id=said["key"],
            sitting_id=sitting,
            came=[int(one) for one in said["came"]],
            now=request.now,
        )
    ):
        return redirect("sittings:sitting", sitting)
    return show(request, form, ROLL, back=reverse("sittings:sitting", args=[sitting]))


def minutes(request: Request, sitting: UUID, kind: str, lang: str) -> HttpResponse:
    """The bytes; the name of the file says nothing."""
    try:
        made = documents.minutes(request.actor, sitting, kind=kind, lang=lang, now=request.now)
    except AccessDenied:
        raise
    except DomainError as refusal:
        return _page(request, sitting, problem=say(refusal))
    response = HttpResponse(made, content_type=TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="minutes-{lang}.{kind}"'
    return response
