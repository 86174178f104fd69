"""The answers that must never differ: not found, refused, and the way to the door with the form kept."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import reverse

from config.policy import POLICY
from kalka.accounts import kept
from kalka.ui import problems

KEPT = 30 * 60


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """One page for what does not exist and for what may not be seen: the same bytes."""
    return error(request, 404)


def error(request: HttpRequest, status: int) -> HttpResponse:
    return problems.answer(request, status)


def not_allowed(request: HttpRequest, methods: list[str]) -> HttpResponse:
    response = problems.code(405) if problems.by_program(request) else HttpResponseNotAllowed(methods)
    response["Allow"] = ", ".join(methods)
    return response


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the door. A form that was sent with an ended session is kept for its writer. A program shows a token."""
    if problems.by_program(request):
        response = problems.code(401)
        response["WWW-Authenticate"] = "Bearer"
        return response
    asked = {"next": request.path} if request.method == "GET" else None
    response = redirect(reverse("accounts:sign_in", query=asked))
    if request.method == "POST":
        keep_form(request, response)
    return response


def keep_form(request: HttpRequest, response: HttpResponse) -> bool:
    """Keep what was sent, where there is a page that can show it again: a draft that keeps itself has none."""
    user_id, match = getattr(request, "was_user", None), request.resolver_match
    if user_id is None or match is None or "GET" not in POLICY[match.view_name].methods:
        return False
    body = {name: request.POST.getlist(name) for name in request.POST if name not in {"csrfmiddlewaretoken"}}
    cookie = kept.keep(user_id, address=request.path, body=body, now=request.now)  # type: ignore[attr-defined]  # set by who_is_there
    if cookie is None:
        return False
    response.set_cookie(
        settings.KEPT_COOKIE, cookie, max_age=KEPT, secure=settings.HTTPS, httponly=True, samesite="Strict", path="/"
    )
    return True
