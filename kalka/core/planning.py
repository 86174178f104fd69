"""Statements that PostgreSQL plans once a connection, whatever they are asked with.

Left to itself the server compares prices, and often plans a statement anew each time. Where the plan would be the same,
that takes longer than the answer: the policies of each table are planned along (ADR 27).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_once: ContextVar[bool] = ContextVar("planned_once", default=False)


@contextmanager
def planned_once() -> Iterator[None]:
    """Only for what goes down an index whatever the values are."""
    token = _once.set(True)
    try:
        yield
    finally:
        _once.reset(token)


def told(before: bool | None) -> str:
    """The statement that tells the database until the transaction ends; empty where it was told the same `before`."""
    if _once.get() == before:
        return ""
    return f"SET LOCAL plan_cache_mode = {'force_generic_plan' if _once.get() else 'DEFAULT'};"


def wanted() -> bool:
    return _once.get()
