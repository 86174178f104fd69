from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kalka.core.permissions import Permission
from kalka.directory import selectors as directory
from kalka.training import labels, selectors, services, shown
from kalka.training.forms import FocalForm, LearntForm, PeriodForm
from kalka.training.views.task import Task, show
from kalka.ui.http import Request

LEARNT = Task(_("Was trained"), _("Save the day"))
PERIOD = Task(
    _("How often they are trained"),
    _("Save the period"),
    _("No term is known here from the law. Set one only by an act of your institution."),
)


def focal(request: Request) -> HttpResponse:
    """Those the own organisation keeps, whoever is due first; and one more."""
    bodies = [(str(one.id), one.name()) for one in directory.organisations()]
    form = FocalForm(request.POST or None, choices={"organisation": bodies}, now=request.now)
    if form.done(lambda said: services.name_focal(request.actor, id=said["key"], told=form.told(), now=request.now)):
        return redirect("training:focal")
    context = {
        "form": form,
        "lines": [(one, labels.PARTS[one.part]) for one in selectors.focal_points(request.actor, now=request.now)],
        "period": selectors.period(request.actor),
        "may_set": request.actor.may(Permission.TRAINING_SET),
    }
    return render(request, "training/focal.html", context, status=form.status)


def learnt(request: Request, focal: UUID) -> HttpResponse:
    selectors.get_focal(request.actor, focal, now=request.now)
    held = [shown.row(one) for one in selectors.courses(request.actor, now=request.now) if not one.to_come]
    courses = [(str(one.line.id), f"{one.when} · {one.place} · {one.name}") for one in held]
    form = LearntForm(request.POST or None, choices={"course": courses}, now=request.now)
    if form.done(
        lambda said: services.note_learning(
            request.actor, id=said["key"], focal_id=focal, on=said["on"], course_id=form.course_id(), now=request.now
        )
    ):
        return redirect("training:focal")
    return show(request, form, LEARNT, back=reverse("training:focal"))


def period(request: Request) -> HttpResponse:
    form = PeriodForm(request.POST or None)
    if form.done(
        lambda said: services.set_period(
            request.actor, id=said["key"], months=said["months"], cite=said["cite"], now=request.now
        )
    ):
        return redirect("training:focal")
    return show(request, form, PERIOD, back=reverse("training:focal"))
