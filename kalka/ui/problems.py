"""Pages for what cannot be shown. Constant bytes for each number and language: they repeat nothing of what was asked,
so that what does not exist and what may not be seen cannot be told apart. A program is told a code, whatever its
language."""

import json
from functools import cache

from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kalka.ui.text import StrOrPromise

WORDS: dict[int, tuple[StrOrPromise, ...]] = {
    400: (_("This could not be read"), _("Go back and try once more.")),
    403: (_("This cannot be opened"), _("Sign in again and begin from the first page.")),
    404: (_("There is no such page"), _("The address may be old or mistyped. Begin from the first page.")),
    413: (
        _("This is too large"),
        _("Go back: what you wrote is still on that page. Send a smaller file, or fewer at a time."),
    ),
    422: (
        _("This file cannot be shown"),
        _("It is broken, locked by a password, or larger than it says. It is kept as it came, and sealed."),
        _("Ask whoever brought it for another copy."),
    ),
    500: (_("Something broke on our side"), _("What was saved before is kept. Try again in a few minutes.")),
    503: (
        _("A short pause"),
        _("What was saved before is kept. Try again in a few minutes."),
        _("If you have just sent a form, go back: it is still on that page."),
    ),
    507: (
        _("There is no room left"),
        _("What was saved before is kept, but nothing new can be saved. Tell whoever looks after Kalka."),
        _("If you have just sent a form, go back: it is still on that page."),
    ),
}
AGAIN = {503, 507}  # where the same address is worth asking for once more


API = "/api/"
CODES = {
    400: "bad_request",
    401: "unauthorised",
    403: "forbidden",
    404: "not_found",
    405: "not_allowed",
    413: "too_large",
    422: "unreadable",
    429: "too_often",
    500: "broken",
    503: "pause",
}


def by_program(request: HttpRequest) -> bool:
    """Whether a program asks: its answers are JSON, its door is the token."""
    return request.path_info.startswith(API)


def answer(request: HttpRequest, status: int) -> HttpResponse:
    return code(status) if by_program(request) else problem(status)


def code(status: int) -> HttpResponse:
    response = HttpResponse(json.dumps({"code": CODES[status]}), status=status, content_type="application/json")
    response["Cache-Control"] = "no-store"
    return response


def problem(status: int) -> HttpResponse:
    response = HttpResponse(_page(status, get_language() or "ky"), status=status)
    response["Cache-Control"] = "no-store"
    return response


@cache
def _page(status: int, language: str) -> bytes:
    title, *lines = WORDS[status]
    context = {"title": title, "lines": lines, "number": status, "again": status in AGAIN, "LANGUAGE_CODE": language}
    return get_template("ui/error.html").render(context).encode()


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    return answer(request, 500)
