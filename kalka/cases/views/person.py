from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from kalka.cases import labels, selectors, services
from kalka.cases.forms import CorrectForm, PersonForm
from kalka.cases.listed import relation
from kalka.cases.views.task import Task, back, show
from kalka.core.errors import AccessDenied
from kalka.core.refs import read_ref, show_ref
from kalka.ui.http import Request

ADD = Task(
    _("Somebody in the case"),
    _("Add the person"),
    _("Nothing has to be known: a person may have no name. Each child who was present is added by itself."),
    _("Address, school, work, difficulties"),
)
CORRECT = Task(_("What is known of the person"), _("Save"), more=_("Address, school, work, difficulties"))


def person(request: Request, ref: str) -> HttpResponse:
    inside = selectors.part_choices(request.actor, ref, now=request.now, by_person=True)
    form = PersonForm(request.POST or None, now=request.now, people=inside)
    if (
        form.is_valid()
        and form.attempt(
            lambda: services.add_participant(
                request.actor,
                id=form.cleaned_data["key"],
                case_ref=ref,
                person=form.somebody(),
                part=form.plays(),
                relation=form.cleaned_data["relation"] or "unknown",
                now=request.now,
            )
        )
        is not None
    ):
        return back(request, ref)
    return show(request, ref, form, ADD)


def correct(request: Request, ref: str, person: UUID) -> HttpResponse:
    shown = {one.person.id: one.person for one in selectors.identity(request.actor, ref, now=request.now)}
    if person not in shown:
        raise AccessDenied("cases.unknown")
    form = CorrectForm(request.POST or None, view=shown[person])
    if (
        form.is_valid()
        and form.attempt(
            lambda: services.correct_participant(
                request.actor,
                id=form.cleaned_data["key"],
                case_ref=ref,
                person_id=person,
                told=form.person(),
                corrects=form.version,
                now=request.now,
            )
        )
        is not None
    ):
        return back(request, ref)
    return show(request, ref, form, CORRECT)


def identity(request: Request, ref: str) -> HttpResponse:
    """Only on asking, by POST; the asking is recorded."""
    found = selectors.identity(request.actor, ref, now=request.now)
    people_ = [
        {
            "person": one.person,
            "part": labels.PARTS[one.part],
            "relation": relation(one.relation) if one.relation != "unknown" else "",
            "sex": labels.SEXES[one.person.sex],
            "band": labels.BANDS[one.person.age_band],
            "by_whom": labels.BY_WHOM[one.person.contact.safe.by_whom] if one.person.contact else "",
            "never": [labels.NEVER[code] for code in one.person.contact.safe.never] if one.person.contact else [],
        }
        for one in found
    ]
    context = {"people": people_, "ref": read_ref(ref), "shown_ref": show_ref(read_ref(ref))}
    return render(request, "cases/identity.html", context)
