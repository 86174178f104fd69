from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kalka.committees import labels, selectors, services, shown
from kalka.committees.forms import CardForm, LeaveForm, MemberForm, OfficeForm, TaskForm, UndertakingForm
from kalka.committees.info import MemberView
from kalka.committees.views.own import OURS
from kalka.committees.views.task import Task, show
from kalka.core.clock import day_of
from kalka.duties.kinds import BY_HAND
from kalka.ui.http import Request

BACK = _("Back")
NEW = Task(_("A new member"), _("Add the member"), _("Everybody is counted once, in one line of the list."))
OFFICE = Task(_("Office of the member"), _("Save"), _("Whoever was chair or secretary hands it over the day before."))
LEAVE = Task(
    _("The member leaves"), _("Write it down"), _("What the member knows of families stays secret after that too.")
)


def member_new(request: Request) -> HttpResponse:
    form = MemberForm(request.POST or None, now=request.now)
    selectors.own(request.actor)
    if form.done(lambda said: services.add_member(request.actor, id=said["key"], told=form.told(), now=request.now)):
        return redirect("committees:own")
    return show(request, form, NEW, back=reverse("committees:own"), label=OURS)


def member(request: Request, holding_id: int) -> HttpResponse:
    """Who it is, which office, what was signed, and how to reach them."""
    found = _named(request, holding_id)
    card = selectors.card(request.actor, holding_id, now=request.now)
    names = ("on_paper", "channel", "hours", "phone", "discreet")
    form = CardForm(request.POST or None, now=request.now, initial={name: getattr(card, name) for name in names})
    if form.done(
        lambda said: services.change_card(
            request.actor, id=said["key"], holding_id=holding_id, card=form.card(), now=request.now
        )
    ):
        return redirect("committees:own")
    seats = [
        (labels.OFFICES[one.office], one.since, one.until, [labels.HANDED[code] for code in one.handed])
        for one in selectors.seats_of(request.actor, request.actor.organisation_id or 0)
        if one.holding_id == holding_id
    ]
    context = {"form": form, "one": shown.member_line(found), "keeps": found.keeps, "seats": seats}
    return render(request, "committees/member.html", context, status=form.status)


def office(request: Request, holding_id: int) -> HttpResponse:
    found = selectors.member(request.actor, holding_id, now=request.now)
    form = OfficeForm(
        request.POST or None, now=request.now, initial={"office": found.office, "since": day_of(request.now)}
    )
    if form.done(
        lambda said: services.take_office(
            request.actor,
            id=said["key"],
            holding_id=holding_id,
            office=said["office"],
            since=said["since"],
            handed=tuple(said["handed"]),
            now=request.now,
        )
    ):
        return redirect("committees:own")
    return show(request, form, OFFICE, back=_to_member(holding_id), label=BACK)


def undertaking(request: Request, holding_id: int) -> HttpResponse:
    """The paper to print and sign, and the day it was signed."""
    found = _named(request, holding_id)
    form = UndertakingForm(request.POST or None, now=request.now, initial={"signed_on": day_of(request.now)})
    if form.done(
        lambda said: services.sign_undertaking(
            request.actor, id=said["key"], holding_id=holding_id, signed_on=said["signed_on"], now=request.now
        )
    ):
        return redirect("committees:own")
    committee = selectors.own(request.actor)
    context = {"form": form, "one": shown.member_line(found), "committee": committee, "now": request.now}
    return render(request, "committees/undertaking.html", context, status=form.status)


def leave(request: Request, holding_id: int) -> HttpResponse:
    if selectors.has_left(request.actor, holding_id, now=request.now):
        return redirect("committees:own")
    selectors.member(request.actor, holding_id, now=request.now)
    form = LeaveForm(request.POST or None, now=request.now, initial={"until": day_of(request.now)})
    if form.done(
        lambda said: services.leave(request.actor, holding_id=holding_id, until=said["until"], now=request.now)
    ):
        return redirect("committees:own")
    return show(request, form, LEAVE, back=_to_member(holding_id), label=BACK)


def tasks(request: Request, holding_id: int) -> HttpResponse:
    """Of a member without a device: a sheet to print, by code; what was done is entered here for them."""
    found = _named(request, holding_id)
    lines = selectors.tasks(request.actor, holding_id, now=request.now)
    by_hand = [one for one in lines if one.kind in BY_HAND]
    form = TaskForm(request.POST or None, now=request.now, lines=by_hand)
    if form.done(
        lambda said: services.enter_for(
            request.actor,
            id=said["key"],
            holding_id=holding_id,
            duty_id=UUID(said["task"]),
            done_on=said["done_on"],
            now=request.now,
        )
    ):
        return redirect("committees:tasks", holding_id)
    context = {
        "form": form,
        "one": shown.member_line(found),
        "lines": shown.tasks(lines),
        "by_hand": by_hand,
        "entered": selectors.entered_for(request.actor, holding_id, now=request.now),
        "committee": selectors.own(request.actor),
        "now": request.now,
    }
    return render(request, "committees/tasks.html", context, status=form.status)


def _named(request: Request, holding_id: int) -> MemberView:
    found = selectors.member(request.actor, holding_id, now=request.now)
    return selectors.named(request.actor, [found])[0]


def _to_member(holding_id: int) -> str:
    return reverse("committees:member", args=[holding_id])
