"""A file that is sent in pieces is asked about again before each of them: whoever has lost the right meanwhile gets no
more. The connection breaks off there, so that nobody takes half a file for a whole one."""

from collections.abc import Callable, Iterable, Iterator
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from config.policy import POLICY
from kalka.access import who
from kalka.core import audit, clock
from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied

Answer = Callable[[HttpRequest], HttpResponse]


def only_while_allowed(answer: Answer) -> Answer:
    def guarded(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        actor: Actor | None = request.actor  # type: ignore[attr-defined]  # set by access.middleware.who_is_there
        if response.streaming and actor is not None:
            sent = cast(StreamingHttpResponse, response)
            sent.streaming_content = _pieces(request, actor, cast(Iterable[bytes], sent.streaming_content))
        return response

    return guarded


def _pieces(request: HttpRequest, actor: Actor, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Asked before a piece is made, so that nothing is read for it either."""
    coming = iter(pieces)
    piece = next(coming, None)
    while piece is not None:
        yield piece
        if not _allowed(request, actor):
            match = request.resolver_match
            audit.refused(actor, [match.view_name if match else ""], "access.no_longer")
            raise AccessDenied("access.no_longer")
        piece = next(coming, None)


def _allowed(request: HttpRequest, actor: Actor) -> bool:
    """The session runs, in the same post, and the post may still ask this."""
    seen = who.visitor(request.COOKIES.get(settings.SESSION_COOKIE, ""), now=clock.now())
    still, match = seen.actor if seen else None, request.resolver_match
    needed = POLICY[match.view_name].methods.get("GET") if match else None
    return still is not None and still.post_id == actor.post_id and (needed is None or still.may(needed))
