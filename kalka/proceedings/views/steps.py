from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kalka.core.refs import read_ref, show_ref
from kalka.proceedings import labels, selectors, services
from kalka.proceedings.forms import CustodyForm, EndForm, ProceedingForm, ReleaseForm, StepForm, WeaponForm
from kalka.proceedings.rules import NewProceeding
from kalka.ui.forms import Form
from kalka.ui.http import Request
from kalka.ui.text import StrOrPromise


@dataclass(frozen=True, slots=True)
class Task:
    title: StrOrPromise
    button: StrOrPromise
    lead: StrOrPromise = ""


NEW = Task(
    _("Proceedings against somebody"),
    _("Write it down"),
    _("They are opened and decided elsewhere. Each ground is written down by itself."),
)
STEP = Task(_("How far it is"), _("Write it down"))
END = Task(
    _("How it was decided"), _("Write it down"), _("What the court said, as it stands. A later decision counts.")
)
HOLD = Task(
    _("Somebody is held"), _("Write it down"), _("From now on the release is awaited: nobody is surprised by it.")
)
RELEASE = Task(_("Out of custody"), _("Write it down"), _("Said in time, she is warned before the door opens."))
WEAPON = Task(_("Weapons"), _("Write it down"))


def new(request: Request, ref: str) -> HttpResponse:
    form = ProceedingForm(
        request.POST or None,
        now=request.now,
        persons=selectors.person_choices(request.actor, ref, now=request.now),
        orders=selectors.order_choices(request.actor, ref, now=request.now),
        set_bans=selectors.bans_set(request.actor, ref, now=request.now),
    )
    made: list[UUID] = []

    def write(said: Any) -> object:
        told: NewProceeding = form.content()
        row = services.open_proceeding(request.actor, id=said["key"], case_ref=ref, told=told, now=request.now)
        made.append(row.pk)
        return row

    if form.done(write):
        return redirect("proceedings:proceeding", read_ref(ref), made[0])
    return _show(request, form, NEW, ref)


def step(request: Request, ref: str, proceeding: UUID) -> HttpResponse:
    line = selectors.proceeding_line(request.actor, ref, proceeding, now=request.now)
    form = StepForm(request.POST or None, now=request.now, course=line.course)
    if form.done(
        lambda said: services.note_step(
            request.actor,
            id=said["key"],
            case_ref=ref,
            proceeding_id=proceeding,
            told=form.content(),
            now=request.now,
        )
    ):
        return redirect("proceedings:proceeding", line.ref, line.id)
    return _show(request, form, STEP, ref, about=line.title)


def end(request: Request, ref: str, proceeding: UUID) -> HttpResponse:
    line = selectors.proceeding_line(request.actor, ref, proceeding, now=request.now)
    form = EndForm(request.POST or None, now=request.now, initial={"seen": str(line.ends)})
    if form.done(
        lambda said: services.end_proceeding(
            request.actor,
            id=said["key"],
            case_ref=ref,
            proceeding_id=proceeding,
            told=form.content(),
            seen=said["seen"],
            now=request.now,
        )
    ):
        return redirect("proceedings:proceeding", line.ref, line.id)
    return _show(request, form, END, ref, about=line.title)


def hold(request: Request, ref: str) -> HttpResponse:
    persons = selectors.person_choices(request.actor, ref, now=request.now)
    form = CustodyForm(request.POST or None, now=request.now, persons=persons)
    if form.done(
        lambda said: services.take_into_custody(
            request.actor, id=said["key"], case_ref=ref, told=form.content(), now=request.now
        )
    ):
        return redirect("proceedings:case", read_ref(ref))
    return _show(request, form, HOLD, ref)


def weapon(request: Request, ref: str) -> HttpResponse:
    persons = selectors.person_choices(request.actor, ref, now=request.now)
    form = WeaponForm(request.POST or None, now=request.now, persons=persons)
    if form.done(
        lambda said: services.note_weapon(
            request.actor, id=said["key"], case_ref=ref, told=form.content(), now=request.now
        )
    ):
        return redirect("proceedings:case", read_ref(ref))
    return _show(request, form, WEAPON, ref)


def release(request: Request, custody: UUID) -> HttpResponse:
    """By whoever holds the person, who need not see the file: then the way back is to the own work."""
    held = selectors.held_page(request.actor, custody, now=request.now)
    line = held.line
    form = ReleaseForm(request.POST or None, now=request.now, initial={"seen": str(line.plans)})

    def write(said: Any) -> object:
        same = {"id": said["key"], "custody_id": custody, "now": request.now}
        if said["what"] == "free":
            return services.release(request.actor, at=said["at"], how=said["how"], **same)
        return services.plan_release(request.actor, until=said["until"], seen=said["seen"], **same)

    if form.done(write):
        return redirect("proceedings:case", line.ref) if held.whole else redirect("desk:today")
    more = {"held": held, "line": line, "kind": labels.CUSTODY[line.kind], "keeper": labels.KEEPERS[line.keeper]}
    return _show(request, form, RELEASE, line.ref, whole=held.whole, **more)


def _show(request: Request, form: Form, task: Task, ref: str, *, whole: bool = True, **more: Any) -> HttpResponse:
    known = read_ref(ref)
    back = reverse("proceedings:case", args=[known]) if whole else reverse("desk:today")
    context = {"form": form, "task": task, "back": back, "shown_ref": show_ref(known), "whole": whole, **more}
    return render(request, "proceedings/task.html", context, status=form.status)
