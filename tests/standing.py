"""What takes long to build is built once by each process: whoever asks for it again has the same rows put back."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from django.db import connection, transaction

from kalka.accounts.models import Session
from kalka.core import clock
from kalka.core.models import AuditEntry
from kalka.vault import index, keys

T = TypeVar("T")
KEPT: dict[str, "Kept"] = {}
OF_NO_ROW = 21  # bytes: what COPY gives of an empty table


@dataclass(frozen=True, slots=True)
class Kept:
    given: Any
    tables: dict[str, Any]  # by table, what was in it: a text for COPY on PostgreSQL, tuples on SQLite


def stands(build: Callable[[], T]) -> Callable[[], T]:
    @wraps(build)
    def standing_() -> T:
        return standing(f"{build.__module__}.{build.__qualname__}", build)

    return standing_


def standing(name: str, build: Callable[[], T]) -> T:
    """What `build` gives, with what it wrote in the database. Where somebody did something already, it is built anew.

    It was built within the hour that it is for whoever asks: what tells the time in a number or a deadline still fits.
    Sessions are told that they were seen just now.
    """
    if AuditEntry.objects.exists():
        return build()
    name = f"{name} {clock.now():%d %H}"
    if name not in KEPT:
        given = build()
        KEPT[name] = Kept(deepcopy(given), _taken())
        return given
    kept = KEPT[name]
    with transaction.atomic():  # also where the test itself has no transaction
        (_copied_in if connection.vendor == "postgresql" else _put_back)(kept.tables)
    keys.forget()
    index.forget()
    now = clock.now()
    Session.objects.update(confirmed_at=now, seen_at=now)
    return deepcopy(kept.given)  # type: ignore[no-any-return]  # what was kept under the name is what was built


def _taken() -> dict[str, Any]:
    """Everything there is, by table; empty tables are left out."""
    found: dict[str, Any] = {}
    tables = sorted(set(connection.introspection.table_names()) - {"django_migrations"})
    with connection.cursor() as cursor:
        for table in tables:
            if connection.vendor == "postgresql":
                with cursor.copy(f'COPY "{table}" TO STDOUT (FORMAT BINARY)') as out:
                    rows: Any = b"".join(out)
                there = len(rows) > OF_NO_ROW
            else:
                there = rows = connection.connection.execute(f'SELECT * FROM "{table}"').fetchall()
            if there:
                found[table] = rows
    return found


def _put_back(tables: dict[str, Any]) -> None:
    raw = connection.connection
    for table, rows in tables.items():
        if raw.execute(f'SELECT 1 FROM "{table}" LIMIT 1').fetchone():  # the keys, and nothing else yet
            raw.execute(f'DELETE FROM "{table}"')
        raw.executemany(f'INSERT INTO "{table}" VALUES ({", ".join("?" * len(rows[0]))})', rows)


def _copied_in(tables: dict[str, Any]) -> None:
    """As a copy of a database is restored: no trigger looks at what was looked at when it was written."""
    emptied = "".join(f'DELETE FROM "{table}";' for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL session_replication_role = replica;{emptied}")
        for table, rows in tables.items():
            with cursor.copy(f'COPY "{table}" FROM STDIN (FORMAT BINARY)') as into:
                into.write(rows)
        cursor.execute("SET LOCAL session_replication_role = origin")
