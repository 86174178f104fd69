"""A place in a shelter for somebody of a case. The case knows of it; where it is, nobody learns here."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kalka.cases import selectors as cases
from kalka.referrals.views.task import Task, show
from kalka.shelters import asking
from kalka.ui.http import Request

PLACE = Task(asking.TITLE, asking.BUTTON, asking.LEAD)
STAY = Task(
    _("Somebody of this case is in our shelter"),
    _("Save that it is so"),
    _("For whoever came to the door without a hold. The case then says that they are in a shelter; not where."),
)


def place(request: Request, ref: str) -> HttpResponse:
    case = cases.get_case(request.actor, ref, now=request.now)
    form = asking.form(request, near=case.place)
    if made := asking.send(request, form, about=case.subject_id):
        return redirect("shelters:held", made.pk)
    return show(request, form, PLACE, back=reverse("desk:case", args=[case.ref]))


def stay(request: Request, ref: str) -> HttpResponse:
    """By whoever works on the case and in the shelter."""
    case = cases.get_case(request.actor, ref, now=request.now)
    form = asking.stay_form(request)
    if asking.tell(request, form, about=case.subject_id):
        return redirect("desk:case", case.ref)
    return show(request, form, STAY, back=reverse("desk:case", args=[case.ref]))
