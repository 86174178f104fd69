"""The register, noting a family, its page, and one step at a time."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission
from kalka.core.refs import read_ref, show_ref
from kalka.families import forms, selectors, services, shown
from kalka.ui import between
from kalka.ui.forms import Form
from kalka.ui.http import Request
from kalka.ui.text import StrOrPromise


def register(request: Request) -> HttpResponse:
    """`?paper=1`: the same without a way on, to print. It has codes and no names anyway.

    Days narrow the own families alone: the numbers of two spans would tell who stands between them.
    """
    actor, now, days = request.actor, request.now, between.asked(request.GET.dict())
    notes = actor.may(Permission.FAMILY_NOTE)
    found = selectors.register(actor, now=now, within=days) if notes else ()
    numbers = selectors.counts(actor, actor.organisation_id or 0, now=now) if notes else None
    context = {
        "lines": [shown.line(one) for one in found],
        "asked": selectors.asked(actor, now=now) if notes else (),
        "numbers": numbers,
        "counts": shown.counts(numbers) if numbers else [],
        "committees": [] if notes else [shown.committee(one) for one in selectors.committees(actor, now=now)],
        "may_note": notes,
        "between": days,
        "now": now,
    }
    return render(request, "families/paper.html" if request.GET.get("paper") else "families/register.html", context)


def note(request: Request) -> HttpResponse:
    colleagues = selectors.colleagues(request.actor, now=request.now)
    form = forms.NoteForm(request.POST or None, colleagues=colleagues, now=request.now)
    if form.is_valid():
        made = form.attempt(
            lambda: services.note_family(
                request.actor, id=form.cleaned_data["key"], told=form.family_told(), now=request.now
            )
        )
        if made is not None:
            return redirect("families:register")
    return render(request, "families/note.html", {"form": form, "now": request.now}, status=form.status)


def family(request: Request, ref: str) -> HttpResponse:
    """`?who=1`: who they are, where a name was written. An opening of its own in the record."""
    found = selectors.family_page(request.actor, ref, now=request.now)
    who = selectors.who(request.actor, ref, now=request.now) if request.GET.get("who") else None
    context = {**shown.page(found, request.LANGUAGE_CODE[:2]), "who": who, "ref": found.case_ref, "now": request.now}
    return render(request, "families/family.html", context)


def seat(request: Request, ref: str) -> HttpResponse:
    asked = selectors.asked_seat(request.actor, ref, now=request.now)
    form = forms.SeatForm(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        yes = said["says"] == "yes"
        do = services.take_seat if yes else services.decline_seat
        if form.attempt(lambda: do(request.actor, id=said["key"], case_ref=asked.case_ref, now=request.now)):
            return redirect("families:family", asked.case_ref) if yes else redirect("families:register")
    return render(
        request,
        "families/seat.html",
        {"form": form, "ref": show_ref(asked.case_ref), "now": request.now},
        status=form.status,
    )


@dataclass(frozen=True, slots=True)
class Step:
    title: StrOrPromise
    button: StrOrPromise
    form: type[Form]
    do: Callable[[Request, str, Any], object]
    lead: StrOrPromise = ""
    asks: Callable[[Request, str], dict[str, Any]] = lambda _request, _ref: {}  # what its form is given besides


def step(request: Request, ref: str, step: str) -> HttpResponse:
    """A word of the address that no form answers leads nowhere."""
    selectors.get_family(request.actor, ref, now=request.now)
    if (one := STEPS.get(step)) is None:
        raise AccessDenied("families.unknown")
    form: Any = one.form(request.POST or None, request.FILES or None, now=request.now, **one.asks(request, ref))
    if form.done(lambda _said: one.do(request, ref, form)):
        return redirect("families:register") if step == "back" else redirect("families:family", read_ref(ref))
    context = {"form": form, "task": one, "ref": read_ref(ref), "shown_ref": show_ref(read_ref(ref)), "step": step}
    return render(request, "families/task.html", context | {"now": request.now}, status=form.status)


def _colleagues(request: Request, ref: str) -> dict[str, Any]:
    return {"colleagues": selectors.colleagues(request.actor, now=request.now)}


def _named(request: Request, ref: str) -> dict[str, Any]:
    family = selectors.get_family(request.actor, ref, now=request.now)
    return {"named": selectors.named_now(request.actor, family, now=request.now)[0]}


def _needs(request: Request, ref: str) -> dict[str, Any]:
    family = selectors.get_family(request.actor, ref, now=request.now)
    return {"needs": shown.needs(selectors.to_ask(request.actor, family, now=request.now))}


def _given(request: Request, ref: str, form: Any) -> dict[str, Any]:
    return {"id": form.cleaned_data["key"], "case_ref": ref, "now": request.now}


def _contact(request: Request, ref: str, form: Any) -> object:
    return services.record_contact(request.actor, told=form.step(), **_given(request, ref, form))


def _work(request: Request, ref: str, form: Any) -> object:
    return services.record_work(request.actor, told=form.step(), **_given(request, ref, form))


def _help(request: Request, ref: str, form: Any) -> object:
    file = form.cleaned_data["file"]
    receipt = (file.name, file.content) if file else None
    return services.give_help(request.actor, told=form.step(), receipt=receipt, **_given(request, ref, form))


def _violence(request: Request, ref: str, form: Any) -> object:
    return services.tell_violence(request.actor, told=form.step(request.now), **_given(request, ref, form))


def _end(request: Request, ref: str, form: Any) -> object:
    return services.record_outcome(request.actor, told=form.step(), **_given(request, ref, form))


def _ask(request: Request, ref: str, form: Any) -> object:
    second = int(form.cleaned_data["second"])
    return services.ask_second(request.actor, post_id=second, **_given(request, ref, form))


def _back(request: Request, ref: str, form: Any) -> object:
    said = form.cleaned_data
    instead = int(said["instead"]) if said["instead"] else None
    return services.step_back(request.actor, why=said["why"], instead=instead, **_given(request, ref, form))


def _name(request: Request, ref: str, form: Any) -> object:
    return services.name_family(request.actor, told=form.step(), **_given(request, ref, form))


def _her_word(request: Request, ref: str, form: Any) -> object:
    need = UUID(form.cleaned_data["need"])
    return services.record_her_word(request.actor, need_id=need, told=form.step(), **_given(request, ref, form))


WRITE = _("Write it down")
STEPS: Mapping[str, Step] = {
    "contact": Step(_("We spoke, or tried to"), WRITE, forms.ContactForm, _contact),
    "work": Step(
        _("Work with the family"),
        WRITE,
        forms.WorkForm,
        _work,
        _("A shelter, an advocate, a psychologist, a corrective programme: others do it. You ask, with her agreement."),
    ),
    "help": Step(
        _("Help from the committee"),
        WRITE,
        forms.HelpForm,
        _help,
        _("It is written with the family and shown to you two. The committee sees sums alone."),
    ),
    "violence": Step(
        _("Violence was told"),
        _("Send the report"),
        forms.ViolenceForm,
        _violence,
        _("It goes at once to whoever answers for it. They open a case; you keep what you have begun."),
    ),
    "end": Step(_("The work has ended"), WRITE, forms.EndForm, _end),
    "ask": Step(_("Ask somebody to work on it with you"), _("Ask"), forms.AskForm, _ask, asks=_colleagues),
    "back": Step(
        _("I step back"),
        _("Step back"),
        forms.BackForm,
        _back,
        _("From this moment on nothing of it is shown to you, in no list and no number. Nobody is told why."),
        asks=_colleagues,
    ),
    "name": Step(
        _("The name"),
        WRITE,
        forms.NameForm,
        _name,
        _("Only with her agreement or on a ground of the law. Taken back, it is shown no more."),
        asks=_named,
    ),
    "her-word": Step(
        _("Ask her about help"),
        WRITE,
        forms.HerWordForm,
        _her_word,
        _("The committee decided on it. It is done only if she wants it: then a social worker finds who helps."),
        asks=_needs,
    ),
}
