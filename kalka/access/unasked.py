"""Somebody signed in sends more than the page asked for: it changes nothing, and it stands in the record. Which names
they were does not: anything may stand in a name."""

from collections.abc import Callable

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError

from kalka.core import audit
from kalka.core.actors import Actor
from kalka.ui import asked
from kalka.ui.forms import SWITCH
from kalka.ui.problems import by_program

Answer = Callable[[HttpRequest], HttpResponse]
CODE = "access.not_asked"
ALWAYS = {"csrfmiddlewaretoken", SWITCH, "next"}
# What a page reads beside its forms; None: it takes a whole form of another page, as it is.
BESIDE: dict[str, set[str] | None] = {
    "accounts:confirm": {"passkey", "for"},
    "accounts:end_session": {"id"},
    "accounts:language": None,
    "accounts:outside_name": {"do"},
    "accounts:passkeys": {"do", "for", "id"},
    "accounts:recovery": {"do"},
    "cases:conflict_by_code": set(),
    "desk:appoint": {"do", "user"},
    "guide:list": {"entry"},
    "shelters:place": {"do"},
    "desk:post": {"post"},
    "desk:strongroom": {"do"},
    "intake:draft": None,
    "intake:new": {"discard"},
    "risk:assess": {"discard", "instrument"},
    "risk:draft": None,
    **dict.fromkeys(("portal:receipt", "portal:receipt_in", "training:check", "training:check_in"), {"code"}),
}


def note(answer: Answer) -> Answer:
    def noted(request: HttpRequest) -> HttpResponse:
        if request.method != "POST" or by_program(request):
            return answer(request)
        with asked.listening() as forms:
            response = answer(request)
        actor: Actor | None = request.actor  # type: ignore[attr-defined]  # set by access.middleware.who_is_there
        match = request.resolver_match
        if actor is not None and match is not None and response.status_code not in {404, 405}:
            known = {name for form in forms for name in asked.names(form)}
            beside = BESIDE.get(match.view_name, set())
            if beside is not None and _sent(request) - known - beside - ALWAYS:
                audit.refused(actor, [match.view_name], CODE)
        return response

    return noted


def _sent(request: HttpRequest) -> set[str]:
    """A body that cannot be read, and that no page read: the deed is done, and is not refused afterwards."""
    try:
        return set(request.POST)
    except (BadRequest, SuspiciousOperation, MultiPartParserError):
        return set()
