"""A shelter to those who work in it: rooms and beds, rules, where it is."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kalka.core.errors import AccessDenied
from kalka.places import selectors as places
from kalka.shelters import labels, selectors, services
from kalka.shelters.forms import AddressForm, ButtonForm, CloseForm, PlaceForm, RulesForm, ShelterForm, WhereForm
from kalka.shelters.selectors import BedLine, HouseLine
from kalka.shelters.views.task import Back, Task, show
from kalka.ui.http import Request

NEW = Task(_("A new shelter"), _("Save the shelter"), _("Its address is written down later, and sealed."))
PLACE = Task(_("A new place"), _("Save the place"), _("One bed, and whom it suits. The network counts it at once."))
RULES = Task(_("Rules of the house"), _("Save the rules"))
ADDRESS = Task(
    _("Where it is"),
    _("Seal the address"),
    _("Only whoever holds a post of the shelter and types their own words can open it. Whoever runs Kalka cannot."),
)

ACTS = {"open": services.open_place, "retire": services.retire_place}


def board(request: Request) -> HttpResponse:
    found = selectors.houses(request.actor, now=request.now)
    shown = {"houses": [_house(one) for one in found], "now": request.now}
    return render(request, "shelters/board.html", shown)


def new(request: Request) -> HttpResponse:
    regions = selectors.region_choices(request.actor)
    here = selectors.region_of(request.actor, request.actor.place)
    form = ShelterForm(request.POST or None, regions=regions, initial={"region": here})
    if form.done(
        lambda said: services.register_shelter(
            request.actor, id=said["key"], name=said["name"], region=said["region"], now=request.now
        )
    ):
        return redirect("shelters:board")
    return show(request, form, NEW, _back())


def place_new(request: Request, shelter: UUID) -> HttpResponse:
    selectors.get_shelter(request.actor, shelter, now=request.now)
    form = PlaceForm(request.POST or None)
    if form.done(
        lambda said: services.add_place(
            request.actor,
            id=said["key"],
            shelter_id=shelter,
            room=said["room"],
            bed=said["bed"],
            suits=said["suits"],
            now=request.now,
        )
    ):
        return redirect("shelters:board")
    return show(request, form, PLACE, _back())


def place(request: Request, place: UUID) -> HttpResponse:
    """One bed: out of use, in use again, or gone."""
    room, line = selectors.bed_line(request.actor, place, now=request.now)
    do = request.POST.get("do", "")
    form = CloseForm(request.POST if do == "close" else None)
    if do == "close" and form.done(
        lambda said: services.close_place(request.actor, place_id=place, why=said["why"], now=request.now)
    ):
        return redirect("shelters:board")
    other = ButtonForm(request.POST if do in ACTS else None)
    if do in ACTS and other.done(lambda said: ACTS[do](request.actor, place_id=place, now=request.now)):
        return redirect("shelters:board")
    shown = {"room": room, "bed": _bed(line), "form": form, "act": other}
    return render(request, "shelters/place.html", shown, status=max(form.status, other.status))


def rules(request: Request, shelter: UUID) -> HttpResponse:
    page = selectors.house_rules(request.actor, shelter, now=request.now)
    form = RulesForm(request.POST or None, initial={"text": page.text, "seen": page.version})
    if form.done(
        lambda said: services.write_rules(
            request.actor, id=said["key"], shelter_id=shelter, text=said["text"], seen=said["seen"], now=request.now
        )
    ):
        return redirect("shelters:board")
    return show(request, form, RULES, _back())


def address(request: Request, shelter: UUID) -> HttpResponse:
    """To be written down: what was typed comes back on no page."""
    selectors.get_shelter(request.actor, shelter, now=request.now)
    last = selectors.last_address(request.actor, shelter, now=request.now)
    form = AddressForm(request.POST or None, initial={"seen": str(last.pk) if last else ""})
    if form.done(
        lambda said: services.keep_address(
            request.actor,
            id=said["key"],
            shelter_id=shelter,
            address=said["address"],
            seen=said["seen"],
            now=request.now,
        )
    ):
        return redirect("shelters:board")
    return show(request, form, ADDRESS, _back())


def where(request: Request, shelter: UUID) -> HttpResponse:
    """The one answer with an address: to a holder of a post it was sealed to, with their own words, kept by nothing."""
    if selectors.last_address(request.actor, shelter, now=request.now) is None:
        raise AccessDenied("shelters.unknown")
    form = WhereForm(request.POST or None)
    opened = None
    if form.is_valid():
        words = form.cleaned_data["words"]
        opened = form.attempt(lambda: selectors.open_address(request.actor, shelter, words=words, now=request.now))
    answer = render(request, "shelters/where.html", {"form": form, "opened": opened})
    answer["Cache-Control"] = "no-store"
    return answer


def _house(one: HouseLine) -> dict[str, object]:
    rooms = [(room.number, [_bed(bed) for bed in room.beds]) for room in one.rooms]
    coming = [_bed(bed) for bed in one.coming]
    return {"line": one, "region": places.name(one.region), "rooms": rooms, "coming": coming, "beds": len(one.beds)}


def _bed(line: BedLine) -> dict[str, object]:
    where = {"hold": "shelters:held", "stay": "shelters:stay"}.get(line.state, "")
    return {
        "line": line,
        "state": labels.BEDS[line.state],
        "chip": labels.CHIPS[line.state],
        "suits": labels.named(labels.SUITS, line.suits),
        "why": labels.WHY_CLOSED.get(line.why, ""),
        "url": reverse(where, args=[line.part]) if where and line.part else "",
    }


def _back() -> Back:
    return Back(reverse("shelters:board"), _("Shelter"))
