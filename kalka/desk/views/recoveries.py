"""Helping a colleague in again: one asks, another from another post confirms. Each is shown their word once."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from kalka.accounts import selectors as accounts
from kalka.accounts import services
from kalka.accounts.rules import Lost
from kalka.core import clock
from kalka.core.permissions import Permission
from kalka.desk.letting_in import AskRecoveryForm, ConfirmRecoveryForm, OutsideNameForm
from kalka.directory import selectors as directory
from kalka.notices import recovering
from kalka.ui.http import Request


def recoveries(request: Request) -> HttpResponse:
    """What waits for this person as the second one."""
    form, word = ConfirmRecoveryForm(request.POST or None), ""
    if form.is_valid():
        id = form.cleaned_data["recovery"]
        done = form.attempt(
            lambda: services.confirm_recovery(
                request.actor, recovery_id=id, leading=id in _led(request), now=request.now
            )
        )
        word = done[1] if done else ""
    may = request.actor.may(Permission.USERS_MANAGE)
    led = _led(request)
    waiting = [one for one in accounts.recoveries(request.actor, now=request.now) if may or one.id in led]
    shown = {"form": form, "word": word, "waiting": waiting, "may_ask": may, "now": request.now}
    return render(request, "desk/recoveries.html", shown, status=form.status)


def ask(request: Request) -> HttpResponse:
    form, word = AskRecoveryForm(request.POST or None), ""
    if form.is_valid():
        told = form.cleaned_data
        done = form.attempt(
            lambda: recovering.ask_recovery(request.actor, login=told["login"], why=Lost(told["why"]), now=request.now)
        )
        word = done[1] if done else ""
    return render(request, "desk/recovery_ask.html", {"form": form, "word": word})


def outside(request: Request) -> HttpResponse:
    """By what an outside provider knows somebody. It is so once the person has agreed."""
    form, done = OutsideNameForm(request.POST or None), None
    if form.is_valid():
        told = form.cleaned_data
        done = form.attempt(
            lambda: services.propose_outside_name(
                request.actor, login=told["login"], said=told["said"], now=request.now
            )
        )
    return render(request, "desk/outside_name.html", {"form": form, "done": done is not None})


def _led(request: Request) -> set[UUID]:
    """Those whose person works where this one leads."""
    actor, today = request.actor, clock.day_of(request.now)
    if not actor.leads:
        return set()
    return {
        one.id
        for one in accounts.recoveries(actor, now=request.now)
        if actor.organisation_id in {post.organisation_id for post in directory.posts_of(one.user_id, today)}
    }
