"""Who stays: arriving, children, another bed, longer, the rules, belongings, leaving."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kalka.core.clock import day_of
from kalka.core.refs import show_ref
from kalka.shelters import labels, selectors, services
from kalka.shelters.forms import (
    BelongingForm,
    ButtonForm,
    ChildForm,
    DepartForm,
    ExtendForm,
    MoveForm,
    StayForm,
)
from kalka.shelters.house import house
from kalka.shelters.rules import NewChild, NewDeparture, NewStay
from kalka.shelters.views.task import Back, Task, show
from kalka.ui.forms import Form
from kalka.ui.http import Request

ARRIVE = Task(_("Somebody arrived"), _("Save the arrival"), _("A bed and a day are enough. A name is not needed."))
CHILD = Task(_("A child is there too"), _("Save the child"))
MOVE = Task(_("Another bed"), _("Save the new bed"))
EXTEND = Task(_("She stays longer"), _("Save the new day"))
KEEP = Task(_("Take into keeping"), _("Save it"))
DEPART = Task(
    _("She leaves"), _("Save the departure"), _("Her bed is free at once. Where she goes stays in this stay alone.")
)


def arrive(request: Request) -> HttpResponse:
    return _arrive(request, None)


def arrive_held(request: Request, hold: UUID) -> HttpResponse:
    return _arrive(request, hold)


def _arrive(request: Request, hold_id: UUID | None) -> HttpResponse:
    hold = selectors.get_hold(request.actor, hold_id, now=request.now) if hold_id else None
    beds = _free(request, hold.taking.place_id if hold else None)
    due = day_of(request.now + house().first_stay)
    form = StayForm(request.POST or None, beds=beds, due=due, now=request.now)
    if form.is_valid():
        said = form.cleaned_data
        told = NewStay(
            UUID(said["place_id"]), said["sex"], said["age_band"], said["due_on"], said["name"], said["told"]
        )
        made = form.attempt(
            lambda: services.take_in(request.actor, id=said["key"], told=told, hold_id=hold_id, now=request.now)
        )
        if made:
            return redirect("shelters:stay", made.pk)
    back = Back(reverse("shelters:board"), _("Shelter"))
    return show(request, form, ARRIVE, back)


def stays(request: Request) -> HttpResponse:
    gone = request.GET.get("state") == "gone"
    lines = selectors.stays(request.actor, now=request.now, gone=gone)
    here = reverse("shelters:stays")
    tabs = [
        {"url": here, "label": _("There now"), "current": not gone},
        {"url": f"{here}?state=gone", "label": _("Left"), "current": gone},
    ]
    shown = {"lines": [(one, show_ref(one.ref)) for one in lines], "tabs": tabs, "gone": gone}
    return render(request, "shelters/stays.html", shown)


def stay(request: Request, stay: UUID) -> HttpResponse:
    page = selectors.stay_page(request.actor, stay, now=request.now)
    shown = {
        "page": page,
        "ref": show_ref(page.line.ref),
        "who": [labels.SEXES[page.sex], labels.BANDS[page.age_band]],
        "children": [(one, labels.SEXES[one.sex], labels.BANDS[one.age_band]) for one in page.children],
        "extensions": [(one, labels.LONGER[one.why]) for one in page.extensions],
        "where": labels.WHERE[page.left.where] if page.left else "",
        "form": ButtonForm(),
        "now": request.now,
    }
    return render(request, "shelters/stay.html", shown)


def child(request: Request, stay: UUID) -> HttpResponse:
    selectors.get_stay(request.actor, stay, now=request.now)
    form = ChildForm(request.POST or None, beds=_free(request))

    def save() -> object:
        said = form.cleaned_data
        own = UUID(said["place_id"]) if said["place_id"] else None
        told = NewChild(said["sex"], said["age_band"], said["name"], own)
        return services.add_child(request.actor, id=said["key"], stay_id=stay, told=told, now=request.now)

    return _step(request, form, CHILD, stay, save)


def move(request: Request, stay: UUID) -> HttpResponse:
    mine = selectors.beds_of(request.actor, stay, now=request.now, besides=_posted(request, "from_place"))
    form = MoveForm(request.POST or None, mine=_beds(mine), beds=_free(request))

    def save() -> object:
        said = form.cleaned_data
        beds = {"from_place": UUID(said["from_place"]), "to_place": UUID(said["place_id"])}
        return services.move(request.actor, stay_id=stay, **beds, now=request.now)

    return _step(request, form, MOVE, stay, save)


def extend(request: Request, stay: UUID) -> HttpResponse:
    agreed = selectors.agreed(request.actor, selectors.get_stay(request.actor, stay, now=request.now))
    form = ExtendForm(request.POST or None, initial={"seen": str(agreed)}, now=request.now)

    def save() -> object:
        said = form.cleaned_data
        told = {"due_on": said["due_on"], "why": said["why"], "told": said["told"], "seen": said["seen"]}
        return services.extend_stay(request.actor, id=said["key"], stay_id=stay, **told, now=request.now)

    return _step(request, form, EXTEND, stay, save)


def keep(request: Request, stay: UUID) -> HttpResponse:
    selectors.get_stay(request.actor, stay, now=request.now)
    form = BelongingForm(request.POST or None)

    def save() -> object:
        said = form.cleaned_data
        return services.keep_belonging(request.actor, id=said["key"], stay_id=stay, what=said["what"], now=request.now)

    return _step(request, form, KEEP, stay, save)


def depart(request: Request, stay: UUID) -> HttpResponse:
    selectors.get_stay(request.actor, stay, now=request.now)
    form = DepartForm(request.POST or None, today=day_of(request.now), now=request.now)

    def save() -> object:
        said = form.cleaned_data
        told = NewDeparture(said["on"], said["where"], said["plan"], said["contact"])
        return services.depart(request.actor, id=said["key"], stay_id=stay, told=told, now=request.now)

    return _step(request, form, DEPART, stay, save)


def rules_told(request: Request, stay: UUID) -> HttpResponse:
    selectors.get_stay(request.actor, stay, now=request.now)
    form = ButtonForm(request.POST)
    if form.is_valid():
        services.tell_rules(request.actor, id=form.cleaned_data["key"], stay_id=stay, now=request.now)
    return redirect("shelters:stay", stay)


def give_back(request: Request, belonging: UUID) -> HttpResponse:
    kept = selectors.get_belonging(request.actor, belonging, now=request.now)
    form = ButtonForm(request.POST)
    if form.is_valid():
        services.give_back(request.actor, id=form.cleaned_data["key"], belonging_id=belonging, now=request.now)
    return redirect("shelters:stay", kept.stay_id)


def _step(request: Request, form: Form, task: Task, stay: UUID, save: Callable[[], object]) -> HttpResponse:
    if form.is_valid() and form.attempt(save) is not None:
        return redirect("shelters:stay", stay)
    return show(request, form, task, Back(reverse("shelters:stay", args=[stay]), _("Stay")))


def _free(request: Request, besides: UUID | None = None) -> list[tuple[str, str]]:
    """Also the bed that was chosen: whether somebody was faster is for the database to say."""
    chosen = _posted(request, "place_id") or besides
    return _beds(selectors.place_choices(request.actor, now=request.now, besides=chosen))


def _posted(request: Request, name: str) -> UUID | None:
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError:
        return None


def _beds(found: list[tuple[str, int, int]]) -> list[tuple[str, str]]:
    words = gettext("Room %(room)s, bed %(bed)s")
    return [(id, words % {"room": room, "bed": bed}) for id, room, bed in found]
