"""What stands before every page: who asks, in which language, and whether the declared policy lets them."""

import re
from collections.abc import Callable
from time import perf_counter
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

from config.logs import log
from config.policy import POLICY, Rule
from kalka.access import bodies, pacing, pages, pausing, who
from kalka.accounts import kept
from kalka.accounts.asking import address_of
from kalka.accounts.rules import is_confirmed
from kalka.core import audit, clock, memory, sight
from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied
from kalka.core.outage import Outage
from kalka.core.planning import planned_once
from kalka.ui.forms import SWITCH
from kalka.ui.problems import by_program
from kalka.vault.crypto import Refused

Answer = Callable[[HttpRequest], HttpResponse]
LANGUAGES = dict(settings.LANGUAGES)
LARGEST_OF_A_PROGRAM = 1_000_000  # the longest report is a fifth of it
LARGEST_OF_A_STRANGER = 100_000  # a name and a password, a device's answer, what a provider says: all are shorter
BEARER = re.compile(r"bearer ([\w-]{43})", re.ASCII | re.IGNORECASE)


def guard_bytes(answer: Answer) -> Answer:
    """A body larger than any form of ours is refused before it is read."""

    def guarded(request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        most = LARGEST_OF_A_PROGRAM if by_program(request) else settings.LARGEST_REQUEST
        if not length.isdecimal() or int(length) > most:
            return pages.error(request, 413)
        bodies.read_lightly(request)
        return answer(request)

    return guarded


def tell(answer: Answer) -> Answer:
    """One line a request in the log: the page's name, never its address."""

    def told(request: HttpRequest) -> HttpResponse:
        begun = perf_counter()
        response = answer(request)
        match = request.resolver_match
        page = match.view_name if match else "none"
        log.info("page", page=page, status=response.status_code, ms=round((perf_counter() - begun) * 1000, 1))
        return response

    return told


def speak(answer: Answer) -> Answer:
    """The language of the cookie, of a program that of its header, else the installation's own."""

    def spoken(request: HttpRequest) -> HttpResponse:
        chosen = _accepted(request) if by_program(request) else request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        code = chosen if chosen in LANGUAGES else settings.LANGUAGE_CODE
        translation.activate(code)
        request.LANGUAGE_CODE = code
        response = answer(request)
        response.headers.setdefault("Content-Language", translation.get_language() or code)
        return response

    return spoken


class who_is_there:
    """Sets request.actor and request.now. Pages of the staff are never kept by a browser or a proxy."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.now = clock.now()  # type: ignore[attr-defined]  # declared by kalka.ui.http.Request
        program = by_program(request)
        token = _bearer(request) if program else _cookie(request)
        if token and pausing.resting():
            return pausing.paused(request, Outage.AWAY)
        if program and (seconds := pacing.wait(token, address_of(request))):
            return pages.too_often(seconds)
        with sight.acting(None, now=request.now):  # type: ignore[attr-defined]  # one round of reading, from who asks to the last word
            response = self._known(request, token, program)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    def _known(self, request: HttpRequest, token: str, program: bool) -> HttpResponse:
        with sight.beyond(), planned_once():  # who somebody is cannot be asked in their own name
            visitor = who.visitor(token, now=request.now, api=program) if token else None  # type: ignore[attr-defined]  # set above
        if visitor is None and not program and int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_OF_A_STRANGER:
            return pages.error(request, 413)
        request.actor = visitor.actor if visitor else None  # type: ignore[attr-defined]  # declared by kalka.ui.http.Request
        if program:
            pacing.asked(token, address_of(request), right=request.actor is not None)  # type: ignore[attr-defined]  # as above
        request.was_user = visitor.user_id if visitor else None  # type: ignore[attr-defined]  # whose session it was
        request.confirmed_at = visitor.confirmed_at if visitor else None  # type: ignore[attr-defined]  # as above
        request.warned = visitor.warned if visitor else False  # type: ignore[attr-defined]  # as above
        with sight.acting(request.actor, now=request.now):  # type: ignore[attr-defined]  # as above
            response = self._answered(request, visitor, program)
            if response.streaming:
                response.streaming_content = sight.carried(response.streaming_content)  # type: ignore[attr-defined]  # of a streaming response
        return response

    def _answered(self, request: HttpRequest, visitor: who.Visitor | None, program: bool) -> HttpResponse:
        given_back = not program and _give_back(request)
        with memory.as_of(visitor.reference if visitor else None):
            response = self.answer(request)
        if given_back:
            response.delete_cookie(settings.KEPT_COOKIE)
        return response


class enforce:
    """The policy table: undeclared and unpermitted answer like what does not exist."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        match = request.resolver_match
        rule = POLICY.get(match.view_name) if match else None
        if rule is None:
            return pages.not_found(request)
        method = "GET" if request.method == "HEAD" and not by_program(request) else str(request.method)
        if method not in rule.methods:
            return pages.not_allowed(request, sorted(rule.methods))
        return None if rule.methods[method] is None else _stopped(request, rule, method)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Refused):
            return _tampered(request)
        if not isinstance(error, AccessDenied):
            return None
        if not getattr(error, "recorded", False):
            _record(request, error.code)
        return pages.not_found(request)


def _tampered(request: HttpRequest) -> HttpResponse:
    """Sealed bytes that were altered, cut or moved: nothing of the page is shown; the log and the record say where."""
    match = request.resolver_match
    log.error("refused", page=match.view_name if match else "none", code="vault.refused")
    _record(request, "vault.refused")
    return pages.error(request, 500)


def _record(request: HttpRequest, code: str) -> None:
    actor: Actor | None = request.actor  # type: ignore[attr-defined]  # set by who_is_there
    match = request.resolver_match
    if actor is not None:
        audit.refused(actor, [match.view_name if match else ""], code)


def _stopped(request: HttpRequest, rule: Rule, method: str) -> HttpResponse | None:
    actor: Actor | None = request.actor  # type: ignore[attr-defined]  # set by who_is_there
    if actor is None:
        return pages.to_sign_in(request)
    if (code := _refusal(actor, rule, method)) is not None:
        _record(request, code)
        return pages.not_found(request)
    if rule.asks_again(method) and not _confirmed(request):
        return pages.to_confirm(request)
    return None


def _confirmed(request: HttpRequest) -> bool:
    return is_confirmed(request.confirmed_at, request.now)  # type: ignore[attr-defined]  # set by who_is_there


def _refusal(actor: Actor, rule: Rule, method: str) -> str | None:
    """A token outside its scopes, like a post without the permission, meets what does not exist."""
    needed, scope = rule.methods[method], rule.scopes.get(method)
    if scope is not None and scope not in actor.scopes:
        return "core.outside_scope"
    return None if needed is None or actor.may(needed) else "core.not_permitted"


def _accepted(request: HttpRequest) -> str:
    """The first language of ours that the program asks for."""
    asked = (code[:2] for code, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")))
    return next((code for code in asked if code in LANGUAGES), "")


def _cookie(request: HttpRequest) -> str:
    return "" if pausing.for_anybody(request.path_info) else request.COOKIES.get(settings.SESSION_COOKIE, "")


def _bearer(request: HttpRequest) -> str:
    found = BEARER.fullmatch(request.headers.get("Authorization", ""))
    return found[1] if found else ""


def _give_back(request: HttpRequest) -> bool:
    """A form kept over an ended session is shown again, to the same person on the same page, as it was written."""
    cookie = request.COOKIES.get(settings.KEPT_COOKIE, "")
    actor: Actor | None = request.actor  # type: ignore[attr-defined]  # set by who_is_there
    if not cookie or actor is None or request.method != "GET":
        return False
    now = request.now  # type: ignore[attr-defined]  # as above
    body = kept.give_back(cookie, actor.user_id, address=request.path, now=now)
    if body is None:
        return False
    form = QueryDict(mutable=True)
    for name, values in body.items():
        form.setlist(name, values)
    form[SWITCH] = ""  # shown, not judged
    request.POST = form  # type: ignore[assignment]  # every page builds its form from here
    return True
