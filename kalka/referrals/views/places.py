"""A place in a shelter for somebody of a case. The case knows of it; where it is, nobody learns here."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from kalka.cases import selectors as cases
from kalka.referrals.views.task import Task, show
from kalka.shelters import asking
from kalka.ui.http import Request

PLACE = Task(asking.TITLE, asking.BUTTON, asking.LEAD)


def place(request: Request, ref: str) -> HttpResponse:
    case = cases.get_case(request.actor, ref, now=request.now)
    form = asking.form(request, near=case.place)
    if made := asking.send(request, form, about=case.subject_id):
        return redirect("shelters:held", made.pk)
    return show(request, form, PLACE, back=reverse("desk:case", args=[case.ref]))
