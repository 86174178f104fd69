from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kalka.cases import selectors as cases
from kalka.referrals import selectors, services
from kalka.referrals.forms import CarryForm, ConferenceForm, MinutesForm
from kalka.referrals.selectors import ConferencePage
from kalka.referrals.views.task import Task, show
from kalka.ui.http import Request

CALL = Task(
    _("Call a joint conference"),
    _("Ask them to come"),
    _("Those who help one person agree on who does what. The person's own word comes first."),
)
MINUTES = Task(
    _("Minutes"),
    _("Save the minutes"),
    _("What was said is sealed with the case. Each decision becomes a duty of whoever takes it on."),
    _("More decisions"),
)


def conference_new(request: Request, ref: str) -> HttpResponse:
    case = cases.get_case(request.actor, ref, now=request.now)
    guests = selectors.guest_choices(request.actor, ref, now=request.now)
    form = ConferenceForm(request.POST or None, now=request.now, guests=guests)
    if form.is_valid():
        made = form.attempt(
            lambda: services.call_conference(
                request.actor, id=form.cleaned_data["key"], case_ref=ref, told=form.conference(), now=request.now
            )
        )
        if made:
            return redirect("referrals:conference", case.ref, made.pk)
    return show(request, form, CALL, back=reverse("desk:case", args=[case.ref]))


def conference(request: Request, ref: str, conference: UUID) -> HttpResponse:
    return _page(request, selectors.conference_page(request.actor, ref, conference, now=request.now))


def invited(request: Request, seat: UUID) -> HttpResponse:
    return _page(request, selectors.invited_page(request.actor, seat, now=request.now))


def minutes(request: Request, ref: str, conference: UUID) -> HttpResponse:
    row = selectors.get_conference(request.actor, ref, conference, now=request.now)
    seats = selectors.seat_choices(request.actor, selectors.seats(request.actor, row))
    form = MinutesForm(request.POST or None, now=request.now, seats=seats)
    if form.done(
        lambda said: services.write_minutes(
            request.actor, id=said["key"], case_ref=ref, conference_id=conference, told=form.minutes(), now=request.now
        )
    ):
        return redirect("referrals:conference", row.case_ref, row.pk)
    return show(request, form, MINUTES, back=reverse("referrals:conference", args=[row.case_ref, row.pk]))


def decision(request: Request, decision: UUID) -> HttpResponse:
    page = selectors.decision_page(request.actor, decision, now=request.now)
    form = CarryForm(request.POST or None)
    if form.done(
        lambda said: services.carry_out(
            request.actor, id=said["key"], decision_id=decision, told=said["told"], now=request.now
        )
    ):
        return redirect("desk:today")
    shown = {"page": page, "form": form, "now": request.now}
    return render(request, "referrals/decision.html", shown, status=form.status)


def _page(request: Request, page: ConferencePage) -> HttpResponse:
    return render(request, "referrals/conference.html", {"page": page, "line": page.line, "now": request.now})
