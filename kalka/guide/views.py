from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from kalka.core.clock import day_of
from kalka.core.permissions import Permission
from kalka.guide import rules, selectors, services
from kalka.guide.forms import TEXTS, LocationForm, ProviderForm, ServiceForm, TakeForm, shown
from kalka.guide.rules import NewLocation, NewService, Where
from kalka.guide.selectors import Offer
from kalka.places import selectors as places
from kalka.ui.http import Request

Pairs = list[tuple[str, str]]


def entries(request: Request) -> HttpResponse:
    """What one's own organisation offers; what was not confirmed lately stands first."""
    if request.method == "POST":
        services.confirm(request.actor, service_ids=_ticked(request), now=request.now)
        return redirect("guide:list")
    found = selectors.entries(request.actor, today=day_of(request.now))
    keeps = request.actor.may(Permission.GUIDE_EDIT_ALL)
    context = {"entries": found, "providers": selectors.providers(request.actor), "keeps": keeps}
    return render(request, "guide/list.html", context)


def new(request: Request) -> HttpResponse:
    form = _form(request, None)
    if form.done(
        lambda said: services.add_service(
            request.actor, id=said["key"], provider_id=UUID(said["provider"]), told=_told(said, ()), now=request.now
        )
    ):
        return redirect("guide:list")
    return render(request, "guide/entry.html", {"form": form, "entry": None})


def change(request: Request, service_id: UUID) -> HttpResponse:
    entry = selectors.entry(request.actor, service_id, today=day_of(request.now))
    form = _form(request, entry)
    if form.done(
        lambda said: services.change_service(
            request.actor,
            service_id=service_id,
            version=int(said["seen"]) if said["seen"].isdecimal() else 0,
            told=_told(said, entry.areas),
            now=request.now,
        )
    ):
        return redirect("guide:list")
    return render(request, "guide/entry.html", {"form": form, "entry": entry}, status=form.status)


def provider(request: Request) -> HttpResponse:
    offices = selectors.unlisted(request.actor, sent=_sent(request))
    form = ProviderForm(request.POST or None, organisations=offices, now=request.now)
    if form.done(
        lambda said: services.add_provider(
            request.actor,
            id=said["key"],
            name={lang: said[f"name_{lang}"] for lang in ("ky", "ru", "en")},
            about={lang: said[f"about_{lang}"] for lang in ("ky", "ru", "en")},
            organisation_id=int(said["organisation"]) if said["organisation"] else None,
            now=request.now,
        )
    ):
        return redirect("guide:list")
    return render(request, "guide/provider.html", {"form": form})


def location(request: Request) -> HttpResponse:
    given = request.POST or None
    form = LocationForm(given, providers=_providers(request), places=places.choices(), now=request.now)
    if form.done(
        lambda said: services.add_location(
            request.actor,
            id=said["key"],
            provider_id=UUID(said["provider"]),
            told=NewLocation(said["kind"], said["place"], _address(said), bool(said["accessible"])),
            now=request.now,
        )
    ):
        return redirect("guide:list")
    return render(request, "guide/location.html", {"form": form})


def take(request: Request) -> HttpResponse:
    form = TakeForm(request.POST or None, request.FILES or None, now=request.now)
    if form.done(lambda said: services.take(request.actor, data=said["file"].read(), now=request.now) or [None]):
        return redirect("guide:list")
    return render(request, "guide/take.html", {"form": form})


def _form(request: Request, entry: Offer | None) -> ServiceForm:
    own = [entry.provider_id] if entry else [id for id, _name in selectors.providers(request.actor)]
    return ServiceForm(
        request.POST or None,
        providers=[pair for pair in _providers(request) if UUID(pair[0]) in own],
        places=places.choices(),
        spots=[spot for id in own for spot in selectors.locations(id)],
        initial=shown(entry) if entry else {"provider": str(own[0]) if len(own) == 1 else ""},
        now=request.now,
    )


def _providers(request: Request) -> Pairs:
    return [(str(id), selectors.here(name)) for id, name in selectors.providers(request.actor)]


def _sent(request: Request) -> UUID | None:
    """Sent again, the form must offer what it offered the first time."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return None


def _told(given: Mapping[str, Any], areas: tuple[str, ...]) -> NewService:
    """`areas`: those the entry had; the form shows the first."""
    texts = {name: {lang: given[f"{name}_{lang}"] for lang in ("ky", "ru", "en")} for name, _most in TEXTS}
    return NewService(
        **texts,
        needs=tuple(given["needs"]),
        serves=tuple(given["serves"]),
        languages=tuple(given["languages"]),
        areas=(given["area"], *(one for one in areas[1:] if one != given["area"])),
        phones=tuple(filter(None, (line.strip() for line in given["phones"].splitlines()))),
        hours=rules.read_hours(given["hours"]),
        always=bool(given["always"]),
        cost=given["cost"],
        room=given["room"] or "",
        status=given["offered"],
        locations=tuple(given.get("locations", ())),
    )


def _address(given: Mapping[str, Any]) -> dict[str, str] | None:
    if given["kind"] != Where.PHYSICAL:
        return None
    return {lang: given[f"address_{lang}"] for lang in rules.MUST}


def _ticked(request: Request) -> list[UUID]:
    """What is no number names no entry."""
    found = []
    for one in request.POST.getlist("entry"):
        try:
            found.append(UUID(one))
        except ValueError:
            continue
    return found
