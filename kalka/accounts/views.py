"""Sign-in in steps, sign-out, language, password. Cookies are set here and nowhere else."""

from io import BytesIO
from urllib.parse import urlsplit

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import mark_safe

from kalka.accounts import kept, services
from kalka.accounts.forms import CodeForm, PasswordForm, SignInForm
from kalka.accounts.rules import Stage
from kalka.core import clock
from kalka.ui.http import Request
from kalka.ui.language import switch

HOME = "/"
STEPS = {Stage.CODE: "accounts:code", Stage.ENROL: "accounts:enrol"}


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
            return _let_in(request, opened)
    return render(request, "accounts/sign_in.html", {"form": form, "next": _wanted(request)})


def code(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.POST or None)
    if form.is_valid():
        opened = form.attempt(
            lambda: services.enter_code(
                _token(request), code=form.cleaned_data["code"], address=address_of(request), now=clock.now()
            )
        )
        if opened:
            return _let_in(request, opened)
    return render(request, "accounts/code.html", {"form": form, "next": _wanted(request)})


def enrol(request: HttpRequest) -> HttpResponse:
    """Set up the second factor: the picture and the secret are shown until the first right code."""
    form = CodeForm(request.POST or None)
    if form.is_valid():
        opened = form.attempt(
            lambda: services.finish_enrolment(_token(request), code=form.cleaned_data["code"], now=clock.now())
        )
        if opened:
            return _let_in(request, opened)
    secret, address = services.begin_enrolment(_token(request), now=clock.now())
    shown = {"form": form, "next": _wanted(request), "secret": secret, "picture": _picture(address)}
    return render(request, "accounts/enrol.html", shown)


def language(request: HttpRequest) -> HttpResponse:
    return switch(request)


def sign_out(request: Request) -> HttpResponse:
    services.sign_out(_token(request), now=request.now)
    response = redirect("accounts:sign_in")
    response.delete_cookie(settings.SESSION_COOKIE)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def end_session(request: Request) -> HttpResponse:
    id = request.POST.get("id", "")
    services.end_session(request.actor, session_id=int(id) if id.isdecimal() else 0, now=request.now)
    return redirect("desk:me")


def password(request: Request) -> HttpResponse:
    form = PasswordForm(request.POST or None)
    if form.is_valid():
        typed = form.cleaned_data
        done = form.attempt(
            lambda: services.change_password(request.actor, old=typed["old"], new=typed["password"], now=request.now)
        )
        if done:
            return redirect("desk:me")
    return render(request, "accounts/password.html", {"form": form})


def address_of(request: HttpRequest) -> str:
    """Where the request comes from, for the lock alone; never stored."""
    hops = request.headers.get("X-Forwarded-For", "").split(",")
    trusted = settings.TRUSTED_PROXIES
    if trusted and len(hops) >= trusted:
        return hops[-trusted].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def speak(response: HttpResponse, code_: str) -> None:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code_,
        max_age=31_536_000,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


def _let_in(request: HttpRequest, opened: services.Opened) -> HttpResponse:
    wanted = _wanted(request)
    if opened.stage is Stage.FULL:
        cookie = request.COOKIES.get(settings.KEPT_COOKIE, "")
        response = redirect(kept.address(cookie, opened.user_id, now=clock.now()) or wanted)
    else:
        response = redirect(reverse(STEPS[opened.stage], query={"next": wanted} if wanted != HOME else None))
    response.set_cookie(
        settings.SESSION_COOKIE, opened.token, secure=settings.HTTPS, httponly=True, samesite="Strict", path="/"
    )
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        speak(response, opened.language)
    return response


def _wanted(request: HttpRequest) -> str:
    """Where to go afterwards: an address of ours, without its query."""
    wanted = str(request.POST.get("next") or request.GET.get("next") or HOME)
    ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return urlsplit(wanted).path if ours else HOME


def _token(request: HttpRequest) -> str:
    return request.COOKIES.get(settings.SESSION_COOKIE, "")


def _picture(address: str) -> str:
    drawn = BytesIO()
    segno.make(address).save(drawn, kind="svg", scale=5, xmldecl=False, svgns=False, omitsize=False)
    return mark_safe(drawn.getvalue().decode())  # drawn by segno from our own text
