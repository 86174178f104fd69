from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kalka.core.refs import show_ref
from kalka.proceedings import selectors as proceedings
from kalka.proceedings import services as decided
from kalka.programmes import selectors
from kalka.programmes.forms import EvasionForm
from kalka.programmes.views.task import Task, show
from kalka.ui.http import Request

EVASION = Task(
    _("He evades the programme: proceedings"),
    _("Write down the proceedings"),
    _("The programme says so after asking him. An absence alone is not evasion: you decide."),
)
CASE = _("Case")


def evasion(request: Request, ref: str, person: UUID) -> HttpResponse:
    """What the duty to decide opens: the form of proceedings, filled in from what the programme wrote down."""
    found = selectors.evading(request.actor, ref, person, now=request.now)
    if request.method != "POST" and found.duty is None:
        return redirect("proceedings:case", found.ref)
    orders = proceedings.order_choices(request.actor, ref, now=request.now)
    form = EvasionForm(request.POST or None, now=request.now, found=found, orders=orders)
    if form.done(
        lambda said: decided.open_proceeding(
            request.actor, id=said["key"], case_ref=found.ref, told=form.content(), now=request.now
        )
    ):
        return redirect("proceedings:case", found.ref)
    back = reverse("desk:case", args=[found.ref])
    return show(request, form, EVASION, back=back, way=CASE, code=show_ref(found.ref), evading=found)
