from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language

from kalka.cases import labels as case_labels
from kalka.cases import selectors as cases
from kalka.core import clock
from kalka.core.permissions import Permission
from kalka.core.refs import show_ref
from kalka.directory import selectors as directory
from kalka.directory.roles import ROLES
from kalka.oversight import labels, selectors, services
from kalka.oversight.forms import BaitForm, LookForm, ReviewForm
from kalka.places import selectors as places
from kalka.ui.http import Request


def alarms(request: Request) -> HttpResponse:
    lines = selectors.alarms(request.actor, now=request.now)
    shown = [(line, labels.PATTERNS[line.pattern], labels.VERDICTS.get(line.verdict, "")) for line in lines]
    return render(request, "oversight/alarms.html", {"lines": shown, "now": request.now})


def alarm(request: Request, alarm: UUID) -> HttpResponse:
    page = selectors.alarm_page(request.actor, alarm, now=request.now)
    form = LookForm(request.POST or None)
    if form.done(
        lambda said: services.look(
            request.actor, id=said["key"], alarm_id=alarm, verdict=said["verdict"], note=said["note"], now=request.now
        )
    ):
        return redirect("oversight:alarms")
    shown = {
        "page": page,
        "form": form,
        "title": labels.PATTERNS[page.line.pattern],
        "verdict": labels.VERDICTS.get(page.line.verdict, ""),
        "now": request.now,
    }
    return render(request, "oversight/alarm.html", shown, status=form.status)


def openings(request: Request) -> HttpResponse:
    found = selectors.openings(request.actor, now=request.now)
    lines = [
        (one.line, case_labels.GLASS_STATES[one.line.state], "" if one.right is None else labels.REVIEWS[one.right])
        for one in found
    ]
    return render(request, "oversight/openings.html", {"lines": lines, "now": request.now})


def opening(request: Request, opening: UUID) -> HttpResponse:
    page = selectors.opening_page(request.actor, opening, now=request.now)
    form = ReviewForm(request.POST or None)
    if form.done(
        lambda said: services.review_opening(
            request.actor, id=said["key"], request_id=opening, right=form.was_right, note=said["note"], now=request.now
        )
    ):
        return redirect("oversight:openings")
    shown = {
        "page": page,
        "form": form,
        "state": case_labels.GLASS_STATES[page.line.state],
        "said": "" if page.right is None else labels.REVIEWS[page.right],
        "now": request.now,
    }
    return render(request, "oversight/opening.html", shown, status=form.status)


def baits(request: Request) -> HttpResponse:
    found = cases.planted(request.actor, now=request.now)
    named = places.names({place for _ref, place, _on in found})
    lines = [(show_ref(ref), named[place], on) for ref, place, on in found]
    return render(request, "oversight/baits.html", {"lines": lines, "now": request.now})


def bait_new(request: Request) -> HttpResponse:
    language, today = (get_language() or "ky")[:2], clock.day_of(request.now)
    working = [post for post in directory.staffed(today) if Permission.CASE_WORK in ROLES[post.role].permissions]
    posts = [(str(post.id), f"{post.label(language)} · {post.organisation_name(language)}") for post in working]
    where = places.choices(lang=language)
    form = BaitForm(request.POST or None, now=request.now, today=today, posts=posts, places=where)
    if form.done(lambda said: services.plant(request.actor, id=said["key"], told=form.told(), now=request.now)):
        return redirect("oversight:baits")
    return render(request, "oversight/bait_new.html", {"form": form})
