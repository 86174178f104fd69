from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kalka.programmes import selectors, services, shown
from kalka.programmes.forms import GroupForm, SessionForm
from kalka.programmes.views.task import Task, show
from kalka.ui.http import Request

GROUP = Task(_("A new group"), _("Begin the group"))
SESSION = Task(
    _("Who came"), _("Write it down"), _("The same day again corrects what was written. An absence is not evasion.")
)
PROGRAMMES, BACK = _("Programmes"), _("Group")


def overview(request: Request) -> HttpResponse:
    found = selectors.overview(request.actor, now=request.now)
    context = {
        "parts": [
            (title, [shown.row(one) for one in part])
            for title, part in (
                (_("Sent to you: answer"), found.asked),
                (_("Wait for a seat"), found.waiting),
                (_("Evade the programme"), found.evading),
                (_("Away"), found.away),
            )
            if part
        ],
        "groups": [(one, shown.group(one)) for one in found.groups],
    }
    return render(request, "programmes/list.html", context)


def group_new(request: Request) -> HttpResponse:
    form = GroupForm(request.POST or None, now=request.now)
    if form.done(lambda said: services.begin_group(request.actor, id=said["key"], told=form.told(), now=request.now)):
        return redirect("programmes:list")
    return show(request, form, GROUP, back=reverse("programmes:list"), way=PROGRAMMES)


def group(request: Request, group: UUID) -> HttpResponse:
    page = selectors.group_page(request.actor, group, now=request.now)
    context = {
        "page": page,
        "title": shown.group(page.group),
        "members": [shown.row(one) for one in page.members],
        "sessions": [(one, shown.module(page.pack, one.module)) for one in page.sessions],
    }
    return render(request, "programmes/group.html", context)


def session(request: Request, group: UUID) -> HttpResponse:
    page = selectors.group_page(request.actor, group, now=request.now)
    form = SessionForm(
        request.POST or None,
        members=[(one.id, one.name) for one in page.members],
        modules=shown.modules(page.pack),
        module=page.next_module,
        now=request.now,
    )
    if form.done(
        lambda said: services.hold_session(
            request.actor, id=said["key"], group_id=group, told=form.told(), now=request.now
        )
    ):
        return redirect("programmes:group", group)
    return show(request, form, SESSION, back=reverse("programmes:group", args=[group]), way=BACK)
