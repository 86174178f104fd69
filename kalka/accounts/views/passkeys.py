"""Passkeys on the pages: what the script is given, and what it sends back."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kalka.accounts import selectors, services
from kalka.accounts.forms import KeyForm, NamedPasskeyForm, PasskeyForm
from kalka.accounts.rules import Purpose
from kalka.accounts.views.cookies import address_of, asked_for, let_in, token
from kalka.accounts.webauthn import Site
from kalka.core import clock
from kalka.core.errors import AccessDenied
from kalka.ui.http import Request

ON_THE_WAY_IN = {Purpose.ALONE, Purpose.SECOND, Purpose.ENROL}


def site(request: HttpRequest) -> Site:
    return Site(settings.ORIGIN or f"{request.scheme}://{request.get_host()}")


def passkey(request: HttpRequest) -> HttpResponse:
    """Both steps in one, without a name or a password."""
    if not settings.PASSKEY_ALONE:
        raise AccessDenied("accounts.no_such_step")
    form = PasskeyForm(request.POST or None)
    if form.is_valid():
        answer = form.cleaned_data["passkey"]
        opened = form.attempt(lambda: services.sign_in_by_passkey(answer, site=site(request), now=clock.now()))
        if opened:
            return let_in(request, opened)
    return render(request, "accounts/passkey.html", {"form": form, "next": asked_for(request)})


def ask(request: HttpRequest) -> HttpResponse:
    """For somebody on the way in."""
    wanted = request.POST.get("for", "")
    if wanted not in ON_THE_WAY_IN:
        raise AccessDenied("accounts.no_such_step")
    told = services.ask_passkey(
        token(request), purpose=Purpose(wanted), site=site(request), address=address_of(request), now=clock.now()
    )
    return _told(told)


def ask_to_add(request: Request) -> HttpResponse:
    return _told(services.ask_own_passkey(request.actor, purpose=Purpose.ADD, site=site(request), now=request.now))


def ask_to_confirm(request: Request) -> HttpResponse:
    return _told(services.ask_own_passkey(request.actor, purpose=Purpose.CONFIRM, site=site(request), now=request.now))


def passkeys(request: Request) -> HttpResponse:
    """One's own: what they are called, one more, one less."""
    removing = request.POST.get("do") == "remove"
    gone = KeyForm(request.POST if removing else None)
    form = NamedPasskeyForm(None if removing else request.POST or None)
    if gone.is_valid():
        if gone.attempt(lambda: services.remove_passkey(request.actor, passkey_id=_id(request), now=request.now)):
            return redirect("accounts:passkeys")
    elif form.is_valid():
        told = form.cleaned_data
        added = form.attempt(
            lambda: services.add_passkey(
                request.actor, answer=told["passkey"], name=told["name"], site=site(request), now=request.now
            )
        )
        if added:
            return redirect("accounts:passkeys")
    shown = {"form": form, "gone": gone, "passkeys": selectors.my_passkeys(request.actor), "now": request.now}
    return render(request, "accounts/passkeys.html", shown)


def _id(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("id", ""))
    except ValueError:
        raise AccessDenied("accounts.passkey_unknown") from None


def _told(options: str) -> HttpResponse:
    return HttpResponse(options, content_type="application/json")
