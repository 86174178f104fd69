"""Free places by region, holding one, and writing down who found none."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kalka.core.permissions import Permission
from kalka.places import selectors as places
from kalka.shelters import labels, selectors, services
from kalka.shelters.forms import ButtonForm, HoldForm, TurnAwayForm
from kalka.shelters.rules import NewHold, NewTurnAway, Suits
from kalka.shelters.selectors import AreaLine
from kalka.shelters.views.task import Back, Task, show
from kalka.ui.http import Request
from kalka.ui.text import StrOrPromise

HOLD = Task(
    _("Hold a place in a shelter"),
    _("Hold a place"),
    _("The shelter is told at once and calls you back. Where it is, is told to nobody before they speak with you."),
)
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
    lines = selectors.network(request.actor, now=request.now)
    areas = [(line.code, area_name(line)) for line in lines if not line.none]
    asked = {"area": request.GET.get("area", "")}
    form = HoldForm(request.POST or None, areas=areas, initial=asked, now=request.now)
    if form.is_valid():
        said = form.cleaned_data
        told = NewHold(said["area"], form.wish(), said["note"], said["phone"])
        made = form.attempt(lambda: services.hold_place(request.actor, id=said["key"], told=told, now=request.now))
        if made:
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


def area_name(line: AreaLine) -> str:
    """A region by its name; a group by its own, with the regions it stands for."""
    if line.code in labels.GROUPS:
        names = places.names(line.regions)
        listed = ", ".join(names[code] for code in line.regions)
        return str(labels.GROUPS[line.code]) if line.code == "country" else f"{labels.GROUPS[line.code]}: {listed}"
    return places.name(line.code)


def _fit(line: AreaLine) -> list[tuple[StrOrPromise, int]]:
    return [(words, line.suits.get(Suits(code), 0)) for code, words in labels.SUITS.items()]


def _to_network() -> Back:
    return Back(reverse("shelters:network"), _("Free places"))
