"""One's own account: the password, the sessions, the recovery codes, and saying once more who one is."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve

from kalka.accounts import kept, selectors, services
from kalka.accounts.forms import CodeForm, ConfirmForm, KeyForm, PasskeyForm, PasswordForm
from kalka.accounts.views.cookies import asked_for, give
from kalka.accounts.views.entering import out, picture
from kalka.accounts.views.passkeys import site
from kalka.ui.http import Request


def password(request: Request) -> HttpResponse:
    form = PasswordForm(request.POST or None)
    if form.is_valid():
        typed = form.cleaned_data
        done = form.attempt(
            lambda: services.change_password(
                request.actor, old=typed["old"], new=typed["password"], alone=settings.DEMO, now=request.now
            )
        )
        if done:
            return redirect("desk:me")
    return render(request, "accounts/password.html", {"form": form})


def end_session(request: Request) -> HttpResponse:
    id = request.POST.get("id", "")
    services.end_session(request.actor, session_id=int(id) if id.isdecimal() else 0, now=request.now)
    return redirect("desk:me")


def end_sessions(request: Request) -> HttpResponse:
    services.end_my_sessions(request.actor, now=request.now)
    return out()


def confirm(request: Request) -> HttpResponse:
    by_passkey = "passkey" in request.POST
    form = PasskeyForm(request.POST) if by_passkey else ConfirmForm(request.POST or None)
    if form.is_valid():
        typed = form.cleaned_data
        drawn = form.attempt(
            lambda: (
                services.confirm_by_passkey(request.actor, answer=typed["passkey"], site=site(request), now=request.now)
                if by_passkey
                else services.confirm(request.actor, secret=typed["secret"], now=request.now)
            )
        )
        if drawn:
            return went_on(request, drawn)
    shown = {
        "form": ConfirmForm() if by_passkey else form,
        "wrong": form,
        "next": asked_for(request, query=True),
        "passkey": selectors.has_passkey(request.actor),
    }
    return render(request, "accounts/confirm.html", shown)


def went_on(request: Request, drawn: str) -> HttpResponse:
    """Back to what was asked for, the form as it was written. A file would leave this page standing: it gets a page."""
    cookie = request.COOKIES.get(settings.KEPT_COOKIE, "")
    wanted = asked_for(request, query=True)
    back = kept.address(cookie, request.actor.user_id, now=request.now)
    if back is None and _is_file(wanted):
        response = render(request, "accounts/confirmed.html", {"file": wanted})
    else:
        response = redirect(back or wanted)
    give(response, drawn)
    return response


def codes(request: Request) -> HttpResponse:
    """The ten codes, shown once: in the answer that made them."""
    form, made = KeyForm(request.POST or None), None
    if form.is_valid():
        made = form.attempt(lambda: services.make_codes(request.actor, now=request.now))
    left = selectors.codes_left(request.actor)
    shown = {"form": form, "codes": made[1] if made else (), "left": left, "next": asked_for(request)}
    return render(request, "accounts/codes.html", shown)


def app(request: Request) -> HttpResponse:
    """The authenticator app: beside a passkey, or on another phone."""
    form = CodeForm(request.POST or None)
    if form.is_valid():
        typed = form.cleaned_data["code"]
        if form.attempt(lambda: services.set_app(request.actor, code=typed, now=request.now)):
            return redirect("desk:me")
    secret, address = services.begin_app(request.actor)
    shown = {"form": form, "secret": secret, "picture": picture(address), "there": selectors.has_app(request.actor)}
    return render(request, "accounts/app.html", shown)


def _is_file(address: str) -> bool:
    try:
        return str(resolve(address.partition("?")[0]).url_name).endswith(("csv", "xlsx"))
    except Resolver404:
        return False
