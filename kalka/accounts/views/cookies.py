"""What the browser is given and sends back. Cookies of a session are set here and nowhere else."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from kalka.accounts import kept, services
from kalka.accounts.asking import address_of
from kalka.accounts.rules import Stage
from kalka.core import clock

__all__ = ["address_of", "asked_for", "give", "let_in", "speak", "token", "where"]
HOME = "/"
STEPS = {Stage.CODE: "accounts:code", Stage.ENROL: "accounts:enrol"}


def let_in(request: HttpRequest, opened: services.Opened, *, at: str = "") -> HttpResponse:
    """On to the next step, or to where somebody wanted to go; `at`: past another page first."""
    target = where(request, opened, at=at)
    response = redirect(target)
    give(response, opened.token)
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        speak(response, opened.language)
    return response


def where(request: HttpRequest, opened: services.Opened, *, at: str = "", wanted: str = "") -> str:
    wanted = wanted or asked_for(request)
    if opened.stage is Stage.FULL:
        cookie = request.COOKIES.get(settings.KEPT_COOKIE, "")
        wanted = kept.address(cookie, opened.user_id, now=clock.now()) or wanted
        if not at:
            return wanted
    return reverse(at or STEPS[opened.stage], query={"next": wanted} if wanted != HOME else None)


def give(response: HttpResponse, token: str) -> None:
    response.set_cookie(
        settings.SESSION_COOKIE, token, secure=settings.HTTPS, httponly=True, samesite="Strict", path="/"
    )


def speak(response: HttpResponse, code_: str) -> None:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code_,
        max_age=31_536_000,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


def asked_for(request: HttpRequest, *, query: bool = False) -> str:
    """Where to go afterwards: an address of ours, without its query unless that says what was asked for."""
    wanted = str(request.POST.get("next") or request.GET.get("next") or HOME)
    if not url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return HOME
    return wanted if query else urlsplit(wanted).path


def token(request: HttpRequest) -> str:
    return request.COOKIES.get(settings.SESSION_COOKIE, "")
