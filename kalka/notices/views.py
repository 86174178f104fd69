from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from kalka.core.refs import new_id, show_ref
from kalka.notices import choosing, selectors
from kalka.notices.forms import TellForm, WayForm
from kalka.notices.rules import State
from kalka.people import selectors as people
from kalka.ui.http import Request
from kalka.ui.text import StrOrPromise

BECAME: dict[str, StrOrPromise] = {
    State.WAITING: _("It waits for an hour that is safe for her"),
    State.SENT: _("It went out"),
    State.DROPPED: _("It did not go out: by her own rules, or because it could not be delivered"),
}


def way(request: Request, person: UUID) -> HttpResponse:
    """What she chose; nothing of who she is stands on the page, and neither does what she chose before."""
    people.get_person(request.actor, person, now=request.now)
    form = WayForm(request.POST or None, initial=_seen(request, person))
    done = form.done(
        lambda said: choosing.choose_way(
            request.actor,
            id=said["key"],
            person_id=person,
            way=said["way"],
            address=said["address"] or "",
            seen=said["seen"],
            now=request.now,
        )
    )
    if done:
        form = WayForm(initial=_seen(request, person))
    shown = {"form": form, "person": person, "done": done, "code": ""}
    return render(request, "notices/way.html", shown, status=form.status)


def invite(request: Request, person: UUID) -> HttpResponse:
    """A code for the bot, drawn by a press and shown this once."""
    people.get_person(request.actor, person, now=request.now)
    code = choosing.invite(request.actor, id=new_id(), person_id=person, now=request.now)
    form = WayForm(initial=_seen(request, person))
    context = {"form": form, "person": person, "done": False, "code": show_ref(code)}
    return render(request, "notices/way.html", context)


def tell(request: Request, person: UUID) -> HttpResponse:
    """A neutral message, and what became of the last one. Which way she chose is not shown."""
    people.get_person(request.actor, person, now=request.now)
    form = TellForm(request.POST or None, language=request.LANGUAGE_CODE)
    if form.done(
        lambda said: choosing.write_to(
            request.actor, id=said["key"], person_id=person, kind=said["kind"], now=request.now
        )
    ):
        return redirect("notices:tell", person)
    last = selectors.last_told(request.actor, person, now=request.now)
    shown: dict[str, object] = {"form": form, "person": person, "last": last, "now": request.now}
    if last is not None:
        shown |= {"became": BECAME[last.state], "tone": "care" if last.state == State.DROPPED else "done"}
    return render(request, "notices/tell.html", shown, status=form.status)


def _seen(request: Request, person: UUID) -> dict[str, str]:
    return {"seen": selectors.last_chosen(request.actor, person, now=request.now)}
