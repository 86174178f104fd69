"""One door for every write: permitted, atomic, recorded. A refusal is recorded too, after the rollback."""

from collections.abc import Callable
from contextvars import ContextVar
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, cast
from uuid import UUID

from django.db import IntegrityError, transaction

from kalka.core import audit, clock, memory, sight
from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.permissions import Permission

P = ParamSpec("P")
R = TypeVar("R")
_steps: ContextVar[list[str] | None] = ContextVar("steps", default=None)
_free: ContextVar[list[Callable[[], bool]] | None] = ContextVar("free", default=None)
_opened: ContextVar[set[UUID]] = ContextVar("opened")
_last: ContextVar[list[Callable[[], None]]] = ContextVar("last")

Service = Callable[Concatenate[Actor, P], R]


def command(name: str, *, needs: Permission) -> Callable[[Service[P, R]], Service[P, R]]:
    """Make a service function a command.

    A command called by a command joins it: one transaction, one entry that lists the steps; its permission is asked
    for as well. What a command causes in the name of the law (a duty, a notice) is a primitive, not a command.
    """

    def wrap(do: Service[P, R]) -> Service[P, R]:
        def permitted(actor: Actor, *args: P.args, **kwargs: P.kwargs) -> R:
            if not actor.may(needs):
                raise AccessDenied("core.not_permitted")
            return do(actor, *args, **kwargs)

        @wraps(do)
        def run(actor: Actor, *args: P.args, **kwargs: P.kwargs) -> R:
            try:
                with sight.acting(actor, now=_now(kwargs)):
                    if (outer := _steps.get()) is not None:
                        outer.append(name)
                        return permitted(actor, *args, **kwargs)
                    return _outermost(permitted, name, actor, *args, **kwargs)
            finally:
                memory.ask_again()  # whatever it changed is known to whoever reads next

        run.command_name, run.needs = name, needs  # type: ignore[attr-defined]  # read by the architecture tests
        return cast(Service[P, R], run)

    return wrap


def _outermost(do: Callable[..., R], name: str, actor: Actor, /, *args: object, **kwargs: object) -> R:
    """Sent twice at the same moment, the second waits for the first and fails on its id, or is refused because the
    first has just been done: tried again, it finds it."""
    token = _free.set([])
    try:
        return _once(do, name, actor, *args, **kwargs)
    except (IntegrityError, _DoneMeanwhile):
        _free.set(None)
        return _once(do, name, actor, *args, **kwargs)
    finally:
        _free.reset(token)


def _once(do: Callable[..., R], name: str, actor: Actor, /, *args: object, **kwargs: object) -> R:
    steps = [name]
    token, last, opened = _steps.set(steps), _last.set([]), _opened.set(set())
    try:
        with transaction.atomic(durable=True):
            result = do(actor, *args, **kwargs)
            for remaining in _last.get():
                remaining()
            audit.done(actor, steps, result, _opened.get())
        return result
    except DomainError as refusal:
        if any(taken() for taken in _free.get() or ()):
            raise _DoneMeanwhile from refusal
        audit.refused(actor, steps, refusal.code)
        refusal.recorded = True
        raise
    finally:
        _steps.reset(token)
        _last.reset(last)
        _opened.reset(opened)


def _now(given: dict[str, object]) -> datetime:
    now = given.get("now")
    return now if isinstance(now, datetime) else clock.now()


def found_free(taken: Callable[[], bool]) -> None:
    """A step looked for its id and found nobody's. `taken` looks again, should the step be refused: whoever sent the
    same at the same moment may have been faster."""
    if (looked_for := _free.get()) is not None:
        looked_for.append(taken)


def first_try() -> bool:
    """Whether what runs is nobody's step but a command of its own, and not yet tried again."""
    return _free.get() is not None and len(_steps.get() or ()) == 1


class _DoneMeanwhile(Exception):
    """The same step, sent at the same moment, was faster."""


def inside() -> bool:
    """Whether a command is running: the primitives of lower modules refuse to write outside one."""
    return _steps.get() is not None


def opened(subject_id: UUID) -> None:
    """The running command uses the keys of this subject: its entry in the record says so, whatever it returns."""
    _opened.get().add(subject_id)


def at_last(do: Callable[[], None]) -> None:
    """When all else of the running command is done, in its transaction: to shut out somebody who may be its actor."""
    if not inside():
        raise AccessDenied("core.outside_a_command")
    _last.get().append(do)
