"""Asking for a place: one form, whether the file of a case stands behind it or nothing; and saying of a stay which case
it is of. For the pages that ask."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from kalka.places import selectors as places
from kalka.shelters import labels, selectors, services
from kalka.shelters.forms import HoldForm, StayCodeForm
from kalka.shelters.models import Hold
from kalka.shelters.rules import NewHold
from kalka.shelters.selectors import AreaLine
from kalka.ui.http import Request

TITLE, BUTTON = _("Hold a place in a shelter"), _("Hold a place")
LEAD = _("The shelter is told at once and calls you back. Where it is, is told to nobody before they speak with you.")


def form(request: Request, *, area: str = "", near: str = "") -> HoldForm:
    """Every area with how many places are free there. First comes `area`, or the one the place `near` lies in."""
    lines = [one for one in selectors.network(request.actor, now=request.now) if not one.none]
    region = selectors.region_of(request.actor, near) if near else ""
    here = next((one.code for one in lines if region in one.regions), area)
    areas = [(one.code, _offered(one)) for one in lines]
    return HoldForm(request.POST or None, areas=areas, initial={"area": here}, now=request.now)


def send(request: Request, form: HoldForm, *, about: UUID | None = None) -> Hold | None:
    """The hold; None where the form, which then says why, must be shown again. `about`: the subject of the case."""
    if not form.is_valid():
        return None
    said = form.cleaned_data
    told = NewHold(said["area"], form.wish(), said["note"], said["phone"])
    return form.attempt(
        lambda: services.hold_place(request.actor, id=said["key"], told=told, about=about, now=request.now)
    )


def stay_form(request: Request) -> StayCodeForm:
    return StayCodeForm(request.POST or None)


def tell(request: Request, form: StayCodeForm, *, about: UUID) -> bool:
    """Whether the stay of the typed code is of the case by now; else the form says why not."""
    return form.done(
        lambda said: services.stay_of_case(request.actor, typed_ref=said["ref"], about=about, now=request.now)
    )


def area_name(line: AreaLine) -> str:
    """A region by its name; a group by its own, with the regions it stands for."""
    if line.code in labels.GROUPS:
        names = places.names(line.regions)
        listed = ", ".join(names[code] for code in line.regions)
        return str(labels.GROUPS[line.code]) if line.code == "country" else f"{labels.GROUPS[line.code]}: {listed}"
    return places.name(line.code)


def _offered(line: AreaLine) -> str:
    free = ngettext("%(free)s place is free now", "%(free)s places are free now", line.free)
    return f"{area_name(line)} · {free % {'free': line.free}}"
