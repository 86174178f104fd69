from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kalka.cases import selectors as cases
from kalka.core.permissions import Permission
from kalka.core.refs import show_ref
from kalka.programmes import offered, selectors, services, shown
from kalka.programmes.forms import SendForm
from kalka.programmes.views.task import Task, show
from kalka.ui.http import Request

SEND = Task(
    _("Corrective programme"),
    _("Send him"),
    _("Whoever leads the programme gets his name and his telephone. Nothing of her, and nothing of the case."),
)
CASE = _("Case")


def case(request: Request, ref: str) -> HttpResponse:
    """Who of the case was sent and how far he is; and the form that sends."""
    found = cases.get_case(request.actor, ref, now=request.now)
    people = selectors.person_choices(request.actor, ref, now=request.now)
    organisations = offered.organisation_choices(found.place)
    form = SendForm(request.POST or None, people=people, organisations=organisations)
    if form.done(
        lambda said: services.send(request.actor, id=said["key"], case_ref=found.ref, told=form.told(), now=request.now)
    ):
        return redirect("programmes:case", found.ref)
    known = selectors.of_case(request.actor, ref, now=request.now)
    context = {
        "sent": [shown.row(one) for one in known.sent],
        "owed": known.owed,
        "code": show_ref(found.ref),
        "nobody": not people,
    }
    return show(request, form, SEND, back=reverse("desk:case", args=[found.ref]), way=CASE, **context)


def never(request: Request) -> HttpResponse:
    """Who must go and was never sent."""
    may_send = request.actor.may(Permission.PROGRAMME_SEND)
    found = selectors.never_enrolled(request.actor, now=request.now)
    return render(request, "programmes/never.html", {"rows": [shown.never(one, may_send) for one in found]})
