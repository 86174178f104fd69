from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kalka.cases import selectors as cases
from kalka.referrals import selectors, services, shown
from kalka.referrals.forms import TrackForm, TrackStepForm
from kalka.referrals.views.task import Task, key_of, show
from kalka.ui.http import Request

BEGIN = Task(
    _("A way through care"),
    _("Begin"),
    _("Every step is offered, none is forced. What the person goes through once is not asked of them again."),
)
STEP = Task(_("How it went"), _("Write it down"))


def track_new(request: Request, ref: str) -> HttpResponse:
    case = cases.get_case(request.actor, ref, now=request.now)
    said = request.POST.get("kind", "")
    kinds = selectors.track_choices(request.actor, ref, now=request.now, sent=key_of(request), said=said)
    form = TrackForm(request.POST or None, kinds=kinds)
    if form.is_valid():
        made = form.attempt(
            lambda: services.begin_track(
                request.actor, id=form.cleaned_data["key"], case_ref=ref, told=form.track(), now=request.now
            )
        )
        if made:
            return redirect("referrals:track", case.ref, made.pk)
    return show(request, form, BEGIN, back=reverse("desk:case", args=[case.ref]))


def track(request: Request, ref: str, track: UUID) -> HttpResponse:
    page = selectors.track_page(request.actor, ref, track, now=request.now)
    return render(request, "referrals/track.html", shown.track(page, request.now))


def track_step(request: Request, ref: str, track: UUID, number: int) -> HttpResponse:
    title = selectors.step_title(request.actor, ref, track, number, now=request.now)
    known = selectors.get_track(request.actor, ref, track, now=request.now)
    seen = str(selectors.times_noted(request.actor, known, number))
    form = TrackStepForm(request.POST or None, initial={"seen": seen}, now=request.now)
    if form.done(
        lambda said: services.note_track_step(
            request.actor,
            id=said["key"],
            case_ref=ref,
            track_id=track,
            number=number,
            told=form.taken(),
            seen=said["seen"],
            now=request.now,
        )
    ):
        return redirect("referrals:track", ref, track)
    return show(request, form, STEP, back=reverse("referrals:track", args=[ref, track]), where=title)
