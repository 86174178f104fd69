from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kalka.core.actors import Actor
from kalka.core.permissions import Permission
from kalka.files import serving
from kalka.library import labels, naming, rules, selectors, services, shown
from kalka.library.forms import BackForm, ConferenceForm, HandingForm, MaterialForm, ReviewForm, StoryForm, VersionForm
from kalka.places import selectors as places
from kalka.ui import between, offices
from kalka.ui.http import Request

LEVELS = ("village", "city_village")
FILTERS = {"kind": labels.KINDS, "audience": labels.AUDIENCES, "language": labels.LANGUAGES}


def listing(request: Request) -> HttpResponse:
    asked = {name: request.GET.get(name, "") for name in FILTERS}
    days, of = between.asked(request.GET.dict()), offices.asked(request.GET.get("organisation", ""))
    found = selectors.materials(request.actor, **asked, handed=days, offices=of)
    here = reverse("library:list")
    context = {
        "lines": [_told(one) for one in found],
        "between": days or (_("Any day") if of else ""),
        "copies": sum(one.copies or 0 for one in found),
        "filters": [(words, f"{here}?{name}={code}") for name, all_ in FILTERS.items() for code, words in all_.items()],
        "chosen": next((FILTERS[name][code] for name, code in asked.items() if code in FILTERS[name]), ""),
        "conferences": selectors.conferences(request.actor),
        "may_keep": request.actor.may(Permission.LIBRARY_KEEP),
    }
    return render(request, "library/list.html", context)


def new(request: Request) -> HttpResponse:
    form = MaterialForm(
        request.POST or None,
        request.FILES or None,
        conferences=selectors.conferences(request.actor),
        now=request.now,
        initial={"conference": request.GET.get("conference", "")},
    )
    if form.done(
        lambda said: services.publish(
            request.actor,
            id=said["key"],
            kind=said["kind"],
            audience=said["audience"],
            name=said["name"],
            by=said["by"],
            conference_id=form.shown_at(),
            first=form.version(),
            now=request.now,
        )
    ):
        return redirect("library:material", form.cleaned_data["key"])
    return render(request, "library/new.html", {"form": form}, status=form.status)


def material(request: Request, material: UUID) -> HttpResponse:
    """The material, and two forms for whoever hands it out: one names a handing, which is taken back."""
    page = selectors.material_page(request.actor, material)
    taking, own = "handing" in request.POST, shown.own_handings(page)
    back = BackForm(request.POST if taking else None, handings=own)
    if back.done(
        lambda said: services.take_back_handing(
            request.actor,
            id=said["key"],
            material_id=material,
            handing_id=UUID(said["handing"]),
            why=said["why"],
            now=request.now,
        )
    ):
        return redirect("library:material", material)
    form = HandingForm(
        None if taking else request.POST or None,
        versions=[(str(v.id), f"{labels.LANGUAGES[v.language]}, {v.number}") for v in page.versions],
        now=request.now,
        **_places(request.actor),
    )
    if form.done(
        lambda said: services.hand_over(
            request.actor, id=said["key"], version_id=UUID(said["version"]), told=form.handing(), now=request.now
        )
    ):
        return redirect("library:material", material)
    context = {
        "page": page,
        "told": _told(page.line),
        "versions": [(one, labels.LANGUAGES[one.language]) for one in page.versions],
        "copies": [(labels.RECIPIENTS[to], count) for to, count in page.copies.items()],
        "handings": [(one, labels.RECIPIENTS[one.to], labels.WHYS.get(one.why, "")) for one in page.handings],
        "form": form if request.actor.may(Permission.LIBRARY_KEEP) else None,
        "back": back if own else None,
    }
    return render(request, "library/material.html", context, status=back.status if taking else form.status)


def version(request: Request, material: UUID) -> HttpResponse:
    row = selectors.get_material(request.actor, material)
    form = VersionForm(request.POST or None, request.FILES or None, now=request.now)
    if form.done(
        lambda said: services.add_version(
            request.actor, id=said["key"], material_id=material, told=form.version(), now=request.now
        )
    ):
        return redirect("library:material", material)
    return render(request, "library/version.html", {"form": form, "material": row}, status=form.status)


def file(request: Request, version: UUID) -> HttpResponse:
    return serving.download(selectors.file_of(request.actor, version))


def conference_new(request: Request) -> HttpResponse:
    form = ConferenceForm(request.POST or None, now=request.now, **_places(request.actor))
    if form.done(
        lambda said: services.hold_conference(
            request.actor, id=said["key"], name=said["name"], on=said["on"], place=said["place"], now=request.now
        )
    ):
        return redirect("library:conference", form.cleaned_data["key"])
    return render(request, "library/conference_new.html", {"form": form}, status=form.status)


def conference(request: Request, conference: UUID) -> HttpResponse:
    page = selectors.conference_page(request.actor, conference)
    context = {
        "page": page,
        "lines": [_told(one) for one in page.materials],
        "may_keep": request.actor.may(Permission.LIBRARY_KEEP),
    }
    return render(request, "library/conference.html", context)


def stories(request: Request) -> HttpResponse:
    waiting, read = selectors.stories(request.actor, now=request.now)
    context = {
        "waiting": [(one, labels.STORIES[one.kind], labels.STATES[one.state]) for one in waiting],
        "stories": [(one, labels.STORIES[one.kind]) for one in read],
        "may_tell": request.actor.may(Permission.STORY_TELL),
    }
    return render(request, "library/stories.html", context)


def story_new(request: Request) -> HttpResponse:
    form = StoryForm(request.POST or None)
    if form.done(
        lambda said: services.tell_story(
            request.actor, id=said["key"], told=form.story(), names_seen=said["names_seen"], now=request.now
        )
    ):
        return redirect("library:story", form.cleaned_data["key"])
    text = str(form["text"].value() or "") if form.is_bound else ""
    finds = rules.looked_through(text, naming.names())
    context = {"form": form, "pieces": shown.pieces(text, finds) if finds else []}
    return render(request, "library/story_new.html", context, status=form.status)


def story(request: Request, story: UUID) -> HttpResponse:
    page = selectors.story_page(request.actor, story, now=request.now)
    form = ReviewForm(request.POST or None)
    if form.done(
        lambda said: services.review_story(
            request.actor, story_id=story, show=said["answer"] == "show", why=said["why"], now=request.now
        )
    ):
        return redirect("library:stories")
    context = {
        "page": page,
        "kind": labels.STORIES[page.line.kind],
        "state": labels.STATES[page.line.state],
        "pieces": shown.pieces(page.text, page.finds),
        "form": form if page.may_review or form.is_bound else None,
    }
    return render(request, "library/story.html", context, status=form.status)


def _told(line: selectors.MaterialLine) -> dict[str, Any]:
    return {
        "line": line,
        "kind": labels.KINDS[line.kind],
        "audience": labels.AUDIENCES[line.audience],
        "languages": ", ".join(str(labels.LANGUAGES[one]) for one in line.languages),
    }


def _places(actor: Actor) -> dict[str, Any]:
    units = places.choices(actor.place)
    villages = places.choices(actor.place, LEVELS) if len(units) < 50 else []  # of an aimak or a raion; not of all
    return {"places": [*units, *(one for one in villages if one not in units)], "place": actor.place}
