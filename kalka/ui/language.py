"""Changing the language of the page without losing what is half written.

The language buttons of a task send its form along. The answer is 307: the browser sends the same form to the page it
came from, which shows it again in the new language. Nothing is kept on the server and no script is needed.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

from kalka.ui.forms import SWITCH

YEAR = 365 * 24 * 3600
_OWN = {SWITCH, "next", "csrfmiddlewaretoken"}


def switch(request: HttpRequest) -> HttpResponse:
    """The answer to a POST of the language buttons. An unknown language changes nothing; `next` stays on this host."""
    where = request.POST.get("next", "")
    if not where.startswith("/") or not url_has_allowed_host_and_scheme(where, allowed_hosts=None):
        where = "/"
    along = bool((request.POST.keys() | request.FILES.keys()) - _OWN)
    response = HttpResponse(status=307 if along else 303, headers={"Location": where})
    code = request.POST.get(SWITCH, "")
    if code in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            code,
            max_age=YEAR,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            samesite="Lax",
            httponly=True,
        )
    return response
