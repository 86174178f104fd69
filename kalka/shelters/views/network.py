"""Free places by region, holding one, and writing down who found none."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kalka.core.permissions import Permission
from kalka.shelters import asking, labels, selectors, services
from kalka.shelters.asking import area_name
from kalka.shelters.forms import ButtonForm, TurnAwayForm
from kalka.shelters.rules import NewTurnAway, Suits
from kalka.shelters.selectors import AreaLine
from kalka.shelters.views.task import Back, Task, show
from kalka.ui.http import Request
from kalka.ui.text import StrOrPromise

HOLD = Task(asking.TITLE, asking.BUTTON, asking.LEAD)
TURN_AWAY = Task(
    _("Nobody had a place"),
    _("Write it down"),
    _("Without a name: only that somebody asked and got none. This is how it is seen that places are missing."),
)


def network(request: Request) -> HttpResponse:
    lines = selectors.network(request.actor, now=request.now)
    holds = request.actor.may(Permission.SHELTER_HOLD)
    shown = {
        "areas": [(line, area_name(line), _fit(line)) for line in lines],
        "mine": [(hold, labels.HOLDS[state]) for hold, state in selectors.my_holds(request.actor, now=request.now)]
        if holds
        else [],
        "may_hold": holds,
        "works": request.actor.may(Permission.SHELTER_WORK),
        "now": request.now,
    }
    return render(request, "shelters/network.html", shown)


def hold(request: Request) -> HttpResponse:
    """Without a case: by whoever answers the telephone. From a case it is asked on that one's own page."""
    form = asking.form(request, area=request.GET.get("area", ""))
    if made := asking.send(request, form):
        return redirect("shelters:held", made.pk)
    return show(request, form, HOLD, _to_network())


def held(request: Request, hold: UUID) -> HttpResponse:
    page = selectors.held_page(request.actor, hold, now=request.now)
    form = ButtonForm(request.POST or None)
    if form.done(lambda said: services.release_hold(request.actor, hold_id=hold, now=request.now)):
        return redirect("shelters:held", hold)
    shown = {
        "page": page,
        "form": form,
        "state": labels.HOLDS[page.state],
        "who": labels.WHO[page.hold.who],
        "needs": labels.named(labels.NEEDS, [code for code in labels.NEEDS if getattr(page.hold, code)]),
        "now": request.now,
    }
    return render(request, "shelters/held.html", shown, status=form.status)


def turn_away(request: Request) -> HttpResponse:
    form = TurnAwayForm(request.POST or None, regions=selectors.region_choices(request.actor))
    return _turned(request, form, None, _to_network())


def turned(request: Request, shelter: UUID) -> HttpResponse:
    """At a shelter of one's own: the region is the shelter's."""
    selectors.get_shelter(request.actor, shelter, now=request.now)
    form = TurnAwayForm(request.POST or None, regions=None)
    return _turned(request, form, shelter, Back(reverse("shelters:board"), _("Shelter")))


def _turned(request: Request, form: TurnAwayForm, shelter: UUID | None, back: Back) -> HttpResponse:
    if form.is_valid():
        said = form.cleaned_data
        told = NewTurnAway(said.get("region", ""), said["reason"], form.wish())
        if form.attempt(
            lambda: services.turn_away(request.actor, id=said["key"], told=told, shelter_id=shelter, now=request.now)
        ):
            return redirect(back.url)
    return show(request, form, TURN_AWAY, back)


def _fit(line: AreaLine) -> list[tuple[StrOrPromise, int]]:
    return [(words, line.suits.get(Suits(code), 0)) for code, words in labels.SUITS.items()]


def _to_network() -> Back:
    return Back(reverse("shelters:network"), _("Free places"))
