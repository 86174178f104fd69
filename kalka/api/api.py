"""The API itself: its door, what it answers to faults, and its description."""

import json
from collections.abc import Callable
from functools import cache, wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.operation import Operation
from ninja.security import HttpBearer

from kalka.access import pages
from kalka.api import faults
from kalka.api.bodies import StrictParser
from kalka.api.described import describe
from kalka.api.routers import cases, duties, law, orders, places, reports, statistics
from kalka.core import audit
from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied, DomainError

ROOT = "api/v1/"
DESCRIPTION = """Reports, cases, orders, duties and figures in codes, days and references. Nothing personal is answered.

A program shows its token as `Authorization: Bearer …`, acts in one post, and only for the scopes its token was issued
for: each operation names its own. What the post or the token may not ask or see is answered like what does not exist:
404. Faults are 422, each with its field, a code, and words in the language of `Accept-Language`; 409 is one too: what
was meant is not what it was any more, and nothing was written. Another method is 405, a body over 1 MB is 413. 503 is a
pause: send the same again after `Retry-After` seconds. Times are UTC, days are calendar days in Bishkek. What is
written carries an id that its sender drew; sent twice it is one."""


class Token(HttpBearer):
    """The description of the door. Who is there was found out before, by the middleware, from the same header alone."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        actor: Actor | None = request.actor  # type: ignore[attr-defined]  # set by access.middleware.who_is_there
        return actor


def _note_unasked(request: HttpRequest) -> None:
    """What nobody asked for is refused, and stands in the record without its name."""
    actor: Actor | None = request.actor  # type: ignore[attr-defined]  # set by access.middleware.who_is_there
    if actor is not None and request.resolver_match is not None:
        audit.refused(actor, [request.resolver_match.view_name], "api.unknown_key")


def whole_query(run: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Refuse what the address asks beyond the description, or twice: a mistyped filter would filter nothing."""
    operation: Operation = run.__self__  # type: ignore[attr-defined]  # ninja hands over the bound method
    known = {
        name
        for model in operation.models
        if model.__ninja_param_source__ == "query"
        for name in model.__ninja_flatten_map__
    }

    @wraps(run)
    def asked(request: HttpRequest, **named: Any) -> HttpResponse:
        wrong = [{"type": "extra_forbidden", "loc": ("query", key)} for key in request.GET if key not in known]
        twice = [key for key in known if len(request.GET.getlist(key)) > 1]
        if wrong:
            _note_unasked(request)
        if wrong or twice:
            return faults.refused(
                [
                    *map(faults.unread, wrong),
                    *(faults.fault(DomainError("api.key_twice", field=key)) for key in twice),
                ]
            )
        return run(request, **named)

    return asked


api = NinjaAPI(
    title="Kalka",
    version="1",
    description=DESCRIPTION,
    openapi_url=None,
    docs_url=None,
    urls_namespace="api",
    auth=Token(),
    parser=StrictParser(),
)
api.add_decorator(whole_query, mode="view")
api.add_router("/reports", reports.router)
api.add_router("/cases", cases.router)
api.add_router("/duties", duties.router)
api.add_router("/orders", orders.router)
api.add_router("/statistics", statistics.router)
api.add_router("/law", law.router)
api.add_router("/places", places.router)


@api.exception_handler(ValidationError)
def unread(request: HttpRequest, error: ValidationError) -> HttpResponse:
    if any(one["type"] == "extra_forbidden" for one in error.errors):
        _note_unasked(request)
    return faults.refused(map(faults.unread, error.errors))


@api.exception_handler(HttpError)
def unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    """The body could not be read at all; ninja wraps the reason."""
    reason = error.__cause__
    return faults.refusal(request, reason if isinstance(reason, DomainError) else DomainError("api.not_json"))


@api.exception_handler(AuthenticationError)
def nobody(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return pages.to_sign_in(request)


@api.exception_handler(DomainError)
def refused(request: HttpRequest, error: DomainError) -> HttpResponse:
    return faults.refusal(request, error)


@api.exception_handler(AccessDenied)
@api.exception_handler(Http404)
@api.exception_handler(Exception)
def to_the_middleware(request: HttpRequest, error: Exception) -> HttpResponse:
    """What may not be known, and what broke, is answered and recorded where it is for every page."""
    raise error


@cache
def described() -> dict[str, Any]:
    return describe(api, ROOT)


def contract(request: HttpRequest) -> HttpResponse:
    return HttpResponse(_contract(), content_type="application/json")


@cache
def _contract() -> bytes:
    return json.dumps(described(), ensure_ascii=False, separators=(",", ":")).encode()
