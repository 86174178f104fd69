from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from kalka.cases import selectors, services
from kalka.cases.forms import AttachForm, DemandForm, NoteForm
from kalka.cases.views.task import Task, show
from kalka.core.refs import read_ref
from kalka.files import serving
from kalka.ui.http import Request

NOTE = Task(_("Note"), _("Save the note"))
DEMAND = Task(_("Demand for a note"), _("Write the demand down"))
ATTACH = Task(_("Attach a file"), _("Attach"))


def note(request: Request, ref: str) -> HttpResponse:
    form = NoteForm(
        request.POST or None,
        role=request.actor.role,
        colleagues=selectors.reader_choices(request.actor, ref, now=request.now),
    )
    if (
        form.is_valid()
        and form.attempt(
            lambda: services.write_note(
                request.actor, id=form.cleaned_data["key"], case_ref=ref, told=form.told(), now=request.now
            )
        )
        is not None
    ):
        return redirect("desk:case", read_ref(ref))
    return show(request, ref, form, NOTE)


def demand(request: Request, ref: str) -> HttpResponse:
    notes = selectors.note_choices(request.actor, ref, now=request.now)
    form = DemandForm(request.POST or None, now=request.now, notes=notes)
    if (
        form.is_valid()
        and form.attempt(
            lambda: services.record_demand(
                request.actor, id=form.cleaned_data["key"], case_ref=ref, told=form.told(), now=request.now
            )
        )
        is not None
    ):
        return redirect("desk:case", read_ref(ref))
    return show(request, ref, form, DEMAND)


def attach(request: Request, ref: str) -> HttpResponse:
    selectors.get_case(request.actor, ref, now=request.now)
    form = AttachForm(request.POST or None, request.FILES or None)
    if (
        form.is_valid()
        and form.attempt(
            lambda: services.attach(
                request.actor,
                id=form.cleaned_data["key"],
                case_ref=ref,
                name=form.cleaned_data["file"].name,
                content=form.cleaned_data["file"].content,
                now=request.now,
            )
        )
        is not None
    ):
        return redirect("desk:case", read_ref(ref))
    return show(request, ref, form, ATTACH)


def file(request: Request, ref: str, file: UUID) -> HttpResponse:
    return serving.download(selectors.attachment(request.actor, ref, file, now=request.now))
