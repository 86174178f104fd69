"""What happened since; how assessments are kept; and what an institution works by."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kalka.cases import selectors as cases
from kalka.core.permissions import Permission
from kalka.risk import offered, selectors, services
from kalka.risk import practice as packs
from kalka.risk.forms import HappenedForm, PracticeForm
from kalka.ui.http import Request


def happened(request: Request, ref: str) -> HttpResponse:
    case = cases.get_case(request.actor, ref, now=request.now)
    form = HappenedForm(request.POST or None)
    if form.done(
        lambda said: services.note_happened(
            request.actor, id=said["key"], case_ref=case.ref, trigger=said["trigger"], now=request.now
        )
    ):
        return redirect("desk:case", case.ref)
    shown = {
        "form": form,
        "title": _("Something happened"),
        "lead": _("The risk is assessed again, and the level is lifted until then. Nothing is ever lowered by it."),
        "label": _("Write it down"),
        "back": reverse("desk:case", args=[case.ref]),
    }
    return render(request, "risk/task.html", shown, status=form.status)


def monitoring(request: Request) -> HttpResponse:
    shown = {
        "page": selectors.monitoring(request.actor, now=request.now),
        "practice": selectors.practice_at(request.actor, request.actor.post_id),
        "may_set": request.actor.may(Permission.PRACTICE_SET),
        "lang": offered.lang(),
    }
    return render(request, "risk/monitoring.html", shown)


def practice(request: Request) -> HttpResponse:
    """The one pack that is shipped, as an example: on by an act of one's own, or off."""
    pack = next(iter(packs.packs().values()))
    form = PracticeForm(request.POST or None)
    if form.done(
        lambda said: services.set_practice(
            request.actor,
            id=said["key"],
            pack=pack.id,
            running=said["running"] == "yes",
            cite=said["cite"],
            now=request.now,
        )
    ):
        return redirect("risk:monitoring")
    shown = {
        "form": form,
        "title": offered.words(pack.title),
        "lead": _("It holds only by an act of your institution. It is practice, not law."),
        "label": _("Save"),
        "back": reverse("risk:monitoring"),
        "hours": [(f"{at}/{packs.OF}", hours, _days(hours)) for at, hours in sorted(pack.hours.items())],
        "pack": pack,
        "running": selectors.practice_at(request.actor, request.actor.post_id),
    }
    return render(request, "risk/task.html", shown, status=form.status)


def _days(hours: int) -> int:
    """Full days, where a week or more is meant; 0 where people count in hours."""
    return hours // 24 if hours >= 24 * 7 and hours % 24 == 0 else 0
