"""What the database is told of whoever asks, so that on PostgreSQL it shows no more than that by itself (ADR 27).

Nothing is told by default, and then every row of a file is hidden. A request, a command and a job tell who acts; work
of the installation, and a question that crosses files on purpose, says so with `whole` or `beyond`.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from django.db import connection

from kalka.core import clock
from kalka.core.actors import NOBODY_ID, SYSTEM_ID, Actor


@dataclass(frozen=True, slots=True)
class Sight:
    """`whole`: every row. Else those of subjects the holders were granted by now, less the user's walls; what is the
    post's to do; and the user's own compartment."""

    user: int
    now: datetime
    post: int | None = None
    holders: tuple[str, ...] = ()
    own: UUID | None = None
    whole: bool = False


TOLD_WHOLE = "SET LOCAL kalka.whole = 'on';"
_sight: ContextVar[Sight | None] = ContextVar("sight", default=None)


def current() -> Sight | None:
    return _sight.get()


@contextmanager
def acting(actor: Actor | None, *, now: datetime) -> Iterator[None]:
    """As far as this actor sees; SYSTEM sees all; None is a visitor, who sees no file."""
    with _under(_of(actor, now) if actor else Sight(NOBODY_ID, now)):
        yield


@contextmanager
def beyond() -> Iterator[None]:
    """A question over files the actor does not see, whose answer gives none of them away: a count, whether an id or a
    number is taken, to whom a paper belongs. The statement inside keeps its own predicate."""
    before = _sight.get()
    with _under(replace(before, whole=True) if before else Sight(NOBODY_ID, clock.now(), whole=True)):
        yield


whole = beyond  # work of the installation itself: nobody's question


def carried(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """An answer that is made while it is sent, after the request has ended: each piece under the request's sight."""
    return _carried(iter(chunks), _sight.get())


def _carried(pieces: Iterator[bytes], sight: Sight | None) -> Iterator[bytes]:
    while True:
        with _under(sight):
            try:
                piece = next(pieces)
            except StopIteration:
                return
        yield piece


@contextmanager
def _under(sight: Sight | None) -> Iterator[None]:
    token = _sight.set(sight)
    try:
        yield
    finally:
        _sight.reset(token)
        if _sight.get() is None:
            forget()


def forget() -> None:
    """Ends what was begun for reading under a sight that is over."""
    if (end := getattr(connection, "end_reading", None)) is not None:
        end()


def _of(actor: Actor, now: datetime) -> Sight:
    return Sight(actor.user_id, now, actor.post_id, actor.holders, actor.subject_id, whole=actor.user_id == SYSTEM_ID)


@lru_cache(maxsize=256)
def told(sight: Sight | None, before: Sight | None = None) -> str:
    """The statements that tell the database, until the transaction ends: what it was not told `before` in it.

    With nobody asking it goes back to what was said when the connection was made: nothing, or all at the console.
    """
    known = _values(before) if before else {}
    return "".join(
        f"SET LOCAL kalka.{name} = {value};" for name, value in _values(sight).items() if known.get(name) != value
    )


def _values(sight: Sight | None) -> dict[str, str]:
    if sight is None:
        return dict.fromkeys(("actor", "post", "holders", "own", "now", "whole"), "DEFAULT")
    said = {
        "actor": str(sight.user),
        "post": str(sight.post or ""),
        "holders": ",".join(sight.holders),
        "own": str(sight.own or ""),
        "now": sight.now.isoformat(),
        "whole": "on" if sight.whole else "",
    }
    return {name: "'" + value.replace("'", "''") + "'" for name, value in said.items()}
