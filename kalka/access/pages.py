"""The answers that must never differ: not found, refused, and the way to the door with the form kept."""

from urllib.parse import urlsplit

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


def too_often(seconds: int) -> HttpResponse:
    """For programs alone: no page is ever answered so."""
    response = problems.code(429)
    response["Retry-After"] = str(seconds)
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


def to_confirm(request: HttpRequest) -> HttpResponse:
    """Somebody is signed in, and says once more who they are. A form is kept as over an ended session; where its
    address has no page of its own, the way leads back to the page it was sent from."""
    posted = request.method == "POST"
    wanted = _came_from(request) if posted else request.get_full_path()
    response = redirect(reverse("accounts:confirm", query={"next": wanted}))
    if posted:
        keep_form(request, response)
    return response


def _came_from(request: HttpRequest) -> str:
    """The page of ours a form was sent from, without its query."""
    came = urlsplit(request.headers.get("Referer", ""))
    return came.path if came.netloc == request.get_host() and came.path.startswith("/") else "/"


def keep_form(request: HttpRequest, response: HttpResponse) -> bool:
    """Keep what was sent, where there is a page that can show it again: a draft that keeps itself has none. A password
    is never shown again."""
    user_id, match = getattr(request, "was_user", None), request.resolver_match
    rule = POLICY[match.view_name] if match else None
    if user_id is None or rule is None or rule.secret or "GET" not in rule.methods:
        return False
    body = {name: request.POST.getlist(name) for name in request.POST if name not in {"csrfmiddlewaretoken"}}
    cookie = kept.keep(user_id, address=request.path, body=body, now=request.now)  # type: ignore[attr-defined]  # set by who_is_there
    if cookie is None:
        return False
    response.set_cookie(
        settings.KEPT_COOKIE, cookie, max_age=KEPT, secure=settings.HTTPS, httponly=True, samesite="Strict", path="/"
    )
    return True
