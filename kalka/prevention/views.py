from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kalka.core.clock import day_of
from kalka.core.permissions import Permission
from kalka.core.refs import new_ref
from kalka.prevention import labels, selectors, services, shown
from kalka.prevention.forms import CELLS, EventForm, PhotoForm, RollForm, WithdrawForm, WordForm
from kalka.prevention.rules import COLUMNS, NUMBERS_ONLY, PhotoState
from kalka.ui import writing
from kalka.ui.http import Request

TOLD_AFTER = "?way=talk"  # the page of a new report, with the way it was told; nothing else goes with it
FILTERS = ("kind", "since", "until", "year", "place", "organisation", "page")


def listing(request: Request) -> HttpResponse:
    given = {name: request.GET[name] for name in FILTERS if request.GET.get(name)}
    asked = shown.asked(given)
    found = selectors.listed(request.actor, asked)
    here = reverse("prevention:list")
    context = {
        "lines": [shown.shown(one) for one in found.lines],
        "times": writing.bounded(found.times.number, found.times.bound),
        "people": writing.bounded(found.people.number, found.people.bound),
        "years": shown.years(here, given, day_of(request.now)),
        "kinds": [(label, shown.address(here, given, kind=code)) for code, label in labels.KINDS.items()],
        "kind": labels.KINDS.get(asked.kind, ""),
        "all_kinds": shown.address(here, given, kind=""),
        "may_keep": request.actor.may(Permission.EVENT_KEEP),
        "report": reverse("intake:new") + TOLD_AFTER if request.actor.may(Permission.REPORT_RECEIVE) else "",
        "previous": shown.address(here, given, page=str(asked.page - 1)) if asked.page > 1 else "",
        "following": shown.address(here, given, page=str(asked.page + 1)) if found.more else "",
    }
    return render(request, "prevention/list.html", context)


def new(request: Request) -> HttpResponse:
    form = EventForm(
        request.POST or None,
        places=selectors.place_choices(request.actor),
        place=request.actor.place,
        now=request.now,
        initial={"kind": request.GET.get("kind", "")},
    )
    if form.done(
        lambda said: services.record_event(request.actor, id=said["key"], told=form.told_of(), now=request.now)
    ):
        return redirect("prevention:event", form.cleaned_data["key"])
    return render(request, "prevention/new.html", {"form": form}, status=form.status)


def event(request: Request, event: UUID) -> HttpResponse:
    page = selectors.event_page(request.actor, event)
    context = {"page": page, "event": shown.shown(page.line), "parts": shown.parts(page)}
    context["withdrawn"] = labels.WITHDRAWN.get(page.withdrawn, "")
    if page.line.own and request.actor.may(Permission.EVENT_KEEP):
        row = selectors.own_event(request.actor, event)
        context["told"] = selectors.told(request.actor, row, now=request.now)
        context["photos"] = selectors.photos(request.actor, row, now=request.now)
        context["rolled"] = selectors.rolled(request.actor, row, now=request.now)
        context["more"] = page.may_change and page.line.kind not in NUMBERS_ONLY
        told_after = reverse("intake:new") + TOLD_AFTER
        context["report"] = told_after if request.actor.may(Permission.REPORT_RECEIVE) else ""
    return render(request, "prevention/event.html", context)


def withdraw(request: Request, event: UUID) -> HttpResponse:
    selectors.own_event(request.actor, event)
    form = WithdrawForm(request.POST or None)
    if form.done(lambda said: services.withdraw_event(request.actor, event_id=event, why=said["why"], now=request.now)):
        return redirect("prevention:event", event)
    return render(request, "prevention/withdraw.html", {"form": form, "id": event}, status=form.status)


def roll(request: Request, event: UUID) -> HttpResponse:
    row = selectors.own_event(request.actor, event)
    kept = selectors.rolled(request.actor, row, now=request.now)
    form = RollForm(request.POST or None, kept=bool(kept))
    if form.done(lambda said: _rolled(request, said, event)):
        return redirect("prevention:roll", event)
    names = selectors.roll(request.actor, row, now=request.now)
    return render(request, "prevention/roll.html", {"form": form, "names": names, "id": event}, status=form.status)


def _rolled(request: Request, said: Mapping[str, Any], event: UUID) -> object:
    if said.get("destroy"):
        return services.destroy_roll(request.actor, event_id=event, now=request.now)
    return services.keep_roll(request.actor, id=said["key"], event_id=event, names=said["names"], now=request.now)


def photo_new(request: Request, event: UUID) -> HttpResponse:
    selectors.own_event(request.actor, event)
    form = PhotoForm(request.POST or None, request.FILES or None)
    if form.done(
        lambda said: services.offer_photo(
            request.actor,
            id=said["key"],
            event_id=event,
            minors=said["minors"],
            content=said["file"].read(),
            now=request.now,
        )
    ):
        return redirect("prevention:photo", form.cleaned_data["key"])
    return render(request, "prevention/photo_new.html", {"form": form, "id": event}, status=form.status)


def photo(request: Request, photo: UUID) -> HttpResponse:
    line = selectors.get_photo(request.actor, photo, now=request.now)
    waits = line.state == PhotoState.WAITING
    form = WordForm(request.POST or None, waits=waits)
    if form.done(lambda _said: _answered(request, form, photo)):
        again = form.cleaned_data["do"] == "look" or form.cleaned_data["marks"]
        return redirect("prevention:photo", photo) if again else redirect("prevention:event", line.event_id)
    context = {
        "form": form,
        "photo": line,
        "waits": waits,
        "cells": [(value, number // COLUMNS + 1, number % COLUMNS + 1) for number, (value, _label) in enumerate(CELLS)],
    }
    return render(request, "prevention/photo.html", context, status=form.status)


def _answered(request: Request, form: WordForm, photo: UUID) -> object:
    said = form.cleaned_data
    if said["do"] == "look" or (said["marks"] and said["do"] == "keep"):
        return services.mark_faces(request.actor, photo_id=photo, marks=said["marks"], now=request.now)
    return services.answer_photo(
        request.actor, photo_id=photo, keep=said["do"] == "keep", swears=said["swears"], now=request.now
    )


def picture(request: Request, photo: UUID) -> HttpResponse:
    """Made anew when it came: nothing is told beside it."""
    jpeg = selectors.picture(request.actor, photo, now=request.now)
    return HttpResponse(
        jpeg,
        content_type="image/jpeg",
        headers={
            "Content-Disposition": f'inline; filename="{new_ref().lower()}.jpg"',
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
            "Cross-Origin-Resource-Policy": "same-origin",
        },
    )
