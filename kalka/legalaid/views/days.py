from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from kalka.core.permissions import Permission
from kalka.legalaid import selectors, services
from kalka.legalaid.forms import DayForm, HeldForm
from kalka.legalaid.views.task import Task, show
from kalka.places import selectors as places
from kalka.ui.http import Request

VILLAGES = ("village", "city_village")
NEW = Task(_("A consultation day in a village"), _("Plan the day"))
HELD = Task(_("What the day came to"), _("Write it down"), _("Numbers alone. Nobody's name is written."))


def days(request: Request) -> HttpResponse:
    found = selectors.days(request.actor, now=request.now)
    may_plan = request.actor.may(Permission.LEGAL_WORK)
    return render(request, "legalaid/days.html", {"days": found, "may_plan": may_plan, "now": request.now})


def day_new(request: Request) -> HttpResponse:
    form = DayForm(request.POST or None, choices=places.choices(request.actor.place, VILLAGES), now=request.now)
    if form.done(
        lambda said: services.plan_day(
            request.actor, id=said["key"], place=said["place"], on=said["on"], now=request.now
        )
    ):
        return redirect("legalaid:days")
    return show(request, form, NEW, back="legalaid:days")


def day(request: Request, day: UUID) -> HttpResponse:
    selectors.get_day(request.actor, day, now=request.now)
    form = HeldForm(request.POST or None)
    if form.done(
        lambda said: services.note_held(request.actor, id=said["key"], day_id=day, told=form.told(), now=request.now)
    ):
        return redirect("legalaid:days")
    return show(request, form, HELD, back="legalaid:days")
