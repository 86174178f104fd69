"""What takes long to build is built once by each process: whoever asks for it again has the same rows put back."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import connection

from kalka.accounts.models import Session
from kalka.core import clock
from kalka.history import triggers
from kalka.vault import index, keys

T = TypeVar("T")
KEPT: dict[str, "Kept"] = {}


@dataclass(frozen=True, slots=True)
class Kept:
    given: Any
    tables: dict[str, Any]  # by table, what was in it: a text for COPY on PostgreSQL, tuples on SQLite


def standing(name: str, build: Callable[[], T]) -> T:
    """What `build` gives, with what it wrote in the database. The database holds nothing but keys when this is asked.

    Time does not stand still between the first and the last who ask: sessions are told that they were seen just now.
    """
    if name not in KEPT:
        given = build()
        KEPT[name] = Kept(deepcopy(given), _taken())
        return given
    kept = KEPT[name]
    _put_back(kept.tables)
    keys.forget()
    index.forget()
    now = clock.now()
    Session.objects.update(confirmed_at=now, seen_at=now)
    return deepcopy(kept.given)  # type: ignore[no-any-return]  # what was kept under the name is what was built


def _tables() -> list[str]:
    return sorted(set(connection.introspection.table_names()) - {"django_migrations"})


def _taken() -> dict[str, Any]:
    """Everything there is, by table; empty tables are left out."""
    found: dict[str, Any] = {}
    with connection.cursor() as cursor:
        for table in _tables():
            if connection.vendor == "postgresql":
                with cursor.copy(f'COPY "{table}" TO STDOUT (FORMAT BINARY)') as out:
                    rows: Any = b"".join(out)
                empty = len(rows) <= len(b"PGCOPY\n\xff\r\n\0") + 4 + 4 + 2
            else:
                rows = connection.connection.execute(f'SELECT * FROM "{table}"').fetchall()
                empty = not rows
            if not empty:
                found[table] = rows
    return found


def _put_back(tables: dict[str, Any]) -> None:
    if connection.vendor == "postgresql":
        _copied_in(tables)
        return
    raw = connection.connection
    triggers.take_down(connection)
    for table in _taken():
        raw.execute(f'DELETE FROM "{table}"')
    for table, rows in tables.items():
        raw.executemany(f'INSERT INTO "{table}" VALUES ({", ".join("?" * len(rows[0]))})', rows)
    triggers.put_up(connection)


def _copied_in(tables: dict[str, Any]) -> None:
    """As a copy of a database is restored: no trigger looks at what was looked at when it was written."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table in _tables():
            cursor.execute(f'DELETE FROM "{table}"')
        for table, rows in tables.items():
            with cursor.copy(f'COPY "{table}" FROM STDIN (FORMAT BINARY)') as into:
                into.write(rows)
        cursor.execute("SET LOCAL session_replication_role = origin")
