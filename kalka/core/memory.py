"""Reference data in the memory of a process: territory, organisations, posts. Never a grant, a session, who holds what.

The database itself draws a new token whenever a row of a watched table changes, whoever changes it; what was read under
another token is read anew. A request learns the token with the question who is asking, so that it asks nothing more.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Generic, TypeVar

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

T = TypeVar("T")
_SQL = Path(__file__).parent / "sql"
_CHANGES = ("INSERT", "UPDATE", "DELETE")
_as_of: ContextVar[str | None] = ContextVar("as_of", default=None)


class Kept(Generic[T]):
    """What `read` makes of the tables, as long as none of their rows changes."""

    def __init__(self, read: Callable[[], T]) -> None:
        self._read = read
        self._kept: tuple[str, T] | None = None

    def __call__(self) -> T:
        token, kept = _as_of.get() or _token(), self._kept
        if kept is not None and kept[0] == token:
            return kept[1]
        value = self._read()  # after the token: at worst it is newer than its label, and read once too often
        if token is not None:
            self._kept = (token, value)
        return value


@contextmanager
def as_of(token: object) -> Iterator[None]:
    """While a request is answered, its token is not asked for again."""
    before = _as_of.set(str(token) if token else None)
    try:
        yield
    finally:
        _as_of.reset(before)


@contextmanager
def together() -> Iterator[None]:
    """What is read in here is read under one token, asked for once: for answers to people who are not signed in."""
    with as_of(_as_of.get() or _token()):
        yield


def ask_again() -> None:
    """After a write: the token is asked for until the request ends."""
    _as_of.set(None)


def watch(connection: BaseDatabaseWrapper, table: str) -> None:
    """Put up the triggers of a table, for the migration that makes it."""
    _run(connection, table, "watch")


def unwatch(connection: BaseDatabaseWrapper, table: str) -> None:
    _run(connection, table, "unwatch")


def _token() -> str | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT token FROM core_reference WHERE id = 1")
        row = cursor.fetchone()
    return str(row[0]) if row else None


def _run(connection: BaseDatabaseWrapper, table: str, what: str) -> None:
    """One by one: SQLite takes no more at a time, and a trigger's body holds semicolons."""
    script = (_SQL / f"{what}_{connection.vendor}.sql").read_text().replace("{table}", table)
    statements = [one for one in script.split("\n\n") if one.strip()]
    with connection.cursor() as cursor:
        for statement in statements:
            for change in _CHANGES if "{change}" in statement else ("",):
                cursor.execute(statement.replace("{change}", change.lower()))
