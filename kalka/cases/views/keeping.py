"""Stepping back from a case, shutting somebody out of one, and asking to see one in an emergency."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from kalka.accounts import marks
from kalka.cases import labels, selectors, services
from kalka.cases.forms import (
    ConflictByCodeForm,
    ConflictForm,
    GlassForm,
    LiftForm,
    ShutOutForm,
    WhoIAmForm,
    YesNoForm,
)
from kalka.cases.views.task import Task, show
from kalka.core.errors import Stale
from kalka.core.refs import show_ref
from kalka.ui.forms import Form
from kalka.ui.http import Request

CONFLICT = Task(
    _("I should not see this case"),
    _("Step back from the case"),
    _("From this moment on nothing of the case is shown to you, in no list and no figure. Colleagues go on with it."),
)
LIFT = Task(_("Take it back"), _("Ask a second person"))


def conflict(request: Request, ref: str) -> HttpResponse:
    selectors.get_case(request.actor, ref, now=request.now)
    form = ConflictForm(request.POST or None)
    if _declared(request, form, ref):
        return redirect("desk:today")
    return show(request, ref, form, CONFLICT)


def conflict_by_code(request: Request) -> HttpResponse:
    """The same answer for every code, also one nobody has."""
    form = ConflictByCodeForm(request.POST or None)
    if _declared(request, form, ""):
        return redirect("desk:today")
    return render(request, "cases/conflict.html", {"form": form, "task": CONFLICT})


def _declared(request: Request, form: Form, ref: str) -> bool:
    """Nothing comes back that tells whether there is such a case."""
    if not form.is_valid():
        return False
    said, now = form.cleaned_data, request.now
    form.attempt(
        lambda: services.declare_conflict(request.actor, typed_ref=ref or said["ref"], why=said["why"], now=now)
    )
    return form.is_valid()


def who_i_am(request: Request) -> HttpResponse:
    form = WhoIAmForm(request.POST or None, now=request.now)
    if form.is_valid():
        form.attempt(lambda: services.say_who_i_am(request.actor, told=form.told(), now=request.now))
        if form.is_valid():
            return redirect("cases:who_i_am")
    given = marks.given(request.actor.user_id)
    return render(request, "cases/who_i_am.html", {"form": form, "given": given, "now": request.now})


def walls(request: Request, ref: str) -> HttpResponse:
    page = selectors.walls_page(request.actor, ref, now=request.now)
    posts = selectors.shut_out_choices(request.actor, ref, now=request.now)
    form = ShutOutForm(request.POST or None, posts=posts)
    if form.is_valid():
        said = form.cleaned_data
        done = form.attempt(
            lambda: services.shut_out(
                request.actor, case_ref=ref, post_id=int(said["post_id"]), why=said["why"], now=request.now
            )
        )
        if done is not None:
            return redirect("cases:walls", page.ref)
    shown = {
        "form": form,
        "walls": [(wall, labels.wall_why(wall.why)) for wall in page.walls],
        "ref": page.ref,
        "shown_ref": show_ref(page.ref),
        "now": request.now,
        "leads": request.actor.leads,
    }
    return render(request, "cases/walls.html", shown)


def wall_lift(request: Request, ref: str, user: int) -> HttpResponse:
    """Ask that the wall be taken away, or decide what somebody else asked."""
    page = selectors.walls_page(request.actor, ref, now=request.now)
    wall = page.of(user)
    form = _lift_form(request, wall.lift)
    if form.is_valid() and form.attempt(lambda: _lift(request, ref, user, form, wall.lift)) is not None:
        return redirect("cases:walls", page.ref)
    shown = {
        "form": form,
        "wall": wall,
        "why": labels.wall_why(wall.why),
        "ref": page.ref,
        "shown_ref": show_ref(page.ref),
        "now": request.now,
    }
    return render(request, "cases/wall_lift.html", shown, status=form.status)


def _lift_form(request: Request, lift: UUID | None) -> Form:
    """By what was sent: meanwhile somebody else may have asked, or decided."""
    if request.method == "POST":
        return (LiftForm if "reason" in request.POST else YesNoForm)(request.POST)
    return YesNoForm() if lift else LiftForm()


def _lift(request: Request, ref: str, user: int, form: Form, lift: UUID | None) -> object:
    key = form.cleaned_data["key"]
    if isinstance(form, YesNoForm):
        if lift is None:
            raise Stale("cases.lift_decided")
        return services.decide_lift(
            request.actor, id=key, case_ref=ref, lift_id=lift, agreed=form.agreed, now=request.now
        )
    return services.ask_to_lift(
        request.actor, id=key, case_ref=ref, user_id=user, reason=form.cleaned_data["reason"], now=request.now
    )


def glass(request: Request) -> HttpResponse:
    form = GlassForm(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        done = form.attempt(
            lambda: services.ask_glass(
                request.actor, id=said["key"], typed_ref=said["ref"], reason=said["reason"], now=request.now
            )
        )
        if done is not None:
            return redirect("cases:glass")
    lines = selectors.my_requests(request.actor, now=request.now)
    shown = {"form": form, "lines": [(one, labels.GLASS_STATES[one.state]) for one in lines], "now": request.now}
    return render(request, "cases/glass.html", shown)


def glass_decide(request: Request, opening: UUID) -> HttpResponse:
    page = selectors.glass_page(request.actor, opening, now=request.now)
    form = YesNoForm(request.POST or None)
    if form.is_valid():
        done = form.attempt(
            lambda: services.decide_glass(
                request.actor, id=form.cleaned_data["key"], request_id=opening, agreed=form.agreed, now=request.now
            )
        )
        if done is not None:
            return redirect("desk:today")
    shown = {"form": form, "page": page, "state": labels.GLASS_STATES[page.line.state], "now": request.now}
    return render(request, "cases/glass_decide.html", shown, status=form.status)
