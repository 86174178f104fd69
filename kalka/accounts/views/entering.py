"""Sign-in in steps, sign-out, language."""

from io import BytesIO

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe

from kalka.accounts import outside, services
from kalka.accounts.forms import CodeForm, NamedPasskeyForm, PasskeyForm, RecoveryCodeForm, SignInForm
from kalka.accounts.rules import Stage
from kalka.accounts.views.cookies import address_of, asked_for, let_in, token
from kalka.accounts.views.passkeys import site
from kalka.core import clock
from kalka.ui.http import Request
from kalka.ui.language import switch


def sign_in(request: HttpRequest) -> HttpResponse:
    form = SignInForm(request.POST or None)
    if form.is_valid():
        typed = form.cleaned_data
        opened = form.attempt(
            lambda: services.sign_in(
                login=typed["login"],
                password=typed["password"],
                address=address_of(request),
                second_factor_required=not settings.DEMO,
                now=clock.now(),
            )
        )
        if opened:
            return let_in(request, opened)
    shown: dict[str, object] = {
        "form": form,
        "next": asked_for(request),
        "passkeys": settings.PASSKEY_ALONE,
        "outside": outside.configured(),
    }
    return render(request, "accounts/sign_in.html", shown)


def code(request: HttpRequest) -> HttpResponse:
    """The second step, by whatever this person has set up."""
    app, passkey, codes = services.ways(token(request), stage=Stage.CODE, now=clock.now())
    by_passkey = "passkey" in request.POST
    form = PasskeyForm(request.POST) if by_passkey else CodeForm(request.POST or None)
    if form.is_valid():
        typed = form.cleaned_data
        opened = form.attempt(
            lambda: (
                services.enter_by_passkey(token(request), answer=typed["passkey"], site=site(request), now=clock.now())
                if by_passkey
                else services.enter_code(
                    token(request), code=typed["code"], address=address_of(request), now=clock.now()
                )
            )
        )
        if opened:
            return let_in(request, opened)
    shown: dict[str, object] = {
        "form": form if not by_passkey else CodeForm(),
        "wrong": form,
        "next": asked_for(request),
    }
    shown |= {"app": app, "passkey": passkey, "codes": codes}
    return render(request, "accounts/code.html", shown)


def recovery_code(request: HttpRequest) -> HttpResponse:
    form = RecoveryCodeForm(request.POST or None)
    if form.is_valid():
        opened = form.attempt(
            lambda: services.enter_recovery_code(token(request), code=form.cleaned_data["code"], now=clock.now())
        )
        if opened:
            return let_in(request, opened)
    services.ways(token(request), stage=Stage.CODE, now=clock.now())
    return render(request, "accounts/recovery_code.html", {"form": form, "next": asked_for(request)})


def enrol(request: HttpRequest) -> HttpResponse:
    """Set up the second factor: the picture and the secret are shown until the first right code; or a passkey."""
    by_passkey = "passkey" in request.POST
    form = NamedPasskeyForm(request.POST) if by_passkey else CodeForm(request.POST or None)
    if form.is_valid():
        typed = form.cleaned_data
        opened = form.attempt(
            lambda: (
                services.enrol_passkey(
                    token(request), answer=typed["passkey"], name=typed["name"], site=site(request), now=clock.now()
                )
                if by_passkey
                else services.finish_enrolment(token(request), code=typed["code"], now=clock.now())
            )
        )
        if opened:
            return let_in(request, opened, at="accounts:codes")
    secret, address = services.begin_enrolment(token(request), now=clock.now())
    code_form, named = (CodeForm(), form) if by_passkey else (form, NamedPasskeyForm())
    shown: dict[str, object] = {"form": code_form, "named": named, "wrong": form, "next": asked_for(request)}
    shown |= {"secret": secret, "picture": picture(address)}
    return render(request, "accounts/enrol.html", shown)


def language(request: HttpRequest) -> HttpResponse:
    return switch(request)


def sign_out(request: Request) -> HttpResponse:
    services.sign_out(token(request), now=request.now)
    return out()


def out() -> HttpResponse:
    response = redirect("accounts:sign_in")
    response.delete_cookie(settings.SESSION_COOKIE)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def picture(address: str) -> str:
    """What an authenticator app reads."""
    import segno

    drawn = BytesIO()
    segno.make(address).save(drawn, kind="svg", scale=5, xmldecl=False, svgns=False, omitsize=False)
    return mark_safe(drawn.getvalue().decode())  # drawn by segno from our own text
