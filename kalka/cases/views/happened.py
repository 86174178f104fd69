from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from kalka.cases import selectors, services
from kalka.cases.forms import IncidentForm, WordForm
from kalka.cases.listed import place_choices
from kalka.cases.rules import Part
from kalka.cases.views.task import Task, show
from kalka.core.refs import read_ref
from kalka.ui.http import Request

INCIDENT = Task(
    _("Incident of violence"),
    _("Save the incident"),
    more=_("For counting only: the type of violence by GBVIMS"),
)
WORD = Task(
    _("Withdrawal, reconciliation or hearing"),
    _("Write it down"),
    _("It changes nothing: the case stays open, the level stays as it is, every duty stands."),
)


def incident(request: Request, ref: str) -> HttpResponse:
    case = selectors.get_case(request.actor, ref, now=request.now)
    form = IncidentForm(
        request.POST or None,
        now=request.now,
        places=place_choices(case.place),
        alleged=selectors.part_choices(request.actor, ref, Part.ALLEGED, now=request.now),
        children=selectors.part_choices(request.actor, ref, Part.CHILD, now=request.now),
        initial={"place": case.place, "amends": _uuid(request.GET.get("amends", ""))},
    )
    if (
        form.is_valid()
        and form.attempt(
            lambda: services.record_incident(
                request.actor, id=form.cleaned_data["key"], case_ref=ref, told=form.told(), now=request.now
            )
        )
        is not None
    ):
        return redirect("desk:case", case.ref)
    return show(request, ref, form, INCIDENT)


def word(request: Request, ref: str) -> HttpResponse:
    selectors.get_case(request.actor, ref, now=request.now)
    form = WordForm(request.POST or None, now=request.now)
    if (
        form.is_valid()
        and form.attempt(
            lambda: services.record_word(
                request.actor, id=form.cleaned_data["key"], case_ref=ref, told=form.word(), now=request.now
            )
        )
        is not None
    ):
        return redirect("desk:case", read_ref(ref))
    return show(request, ref, form, WORD)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
