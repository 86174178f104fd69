"""How values are written for each database without a model: as COPY reads them, as SQLite binds them."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, Protocol

from django.db import connection


class Ink(Protocol):
    """Writes values down, and whole tables of them. `moment` is given in UTC, without saying so."""

    def text(self, value: str) -> Any: ...
    def const(self, value: object) -> Any: ...
    def moment(self, value: datetime) -> Any: ...
    def blob(self, value: bytes) -> Any: ...
    def write(self, table: str, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None: ...


class Copied:
    """PostgreSQL: rows as lines of COPY."""

    _ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})

    def text(self, value: str) -> str:
        return value.translate(self._ESCAPED)

    def const(self, value: object) -> str:
        if value is None:
            return "\\N"
        if isinstance(value, bool):
            return "t" if value else "f"
        return self.blob(value) if isinstance(value, bytes) else self.text(str(value))

    def moment(self, value: datetime) -> str:
        return f"{value}+00"

    def blob(self, value: bytes) -> str:
        return "\\\\x" + value.hex()

    def write(self, table: str, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
        names = ", ".join(f'"{name}"' for name in columns)
        lines = "\n".join(map("\t".join, rows))
        with connection.cursor() as cursor:
            cursor.execute(f'CREATE TEMP TABLE lines ON COMMIT DROP AS SELECT {names} FROM "{table}" WHERE FALSE')
            with connection.wrap_database_errors, cursor.copy(f"COPY lines ({names}) FROM STDIN") as copy:
                copy.write(lines + "\n")
            cursor.execute(f'INSERT INTO "{table}" ({names}) SELECT {names} FROM lines')  # COPY enters no guarded table
            cursor.execute("DROP TABLE lines")


class Bound:
    """SQLite: rows as it binds them."""

    def text(self, value: str) -> str:
        return value

    def const(self, value: object) -> object:
        return value if value is None or isinstance(value, int | bytes) else str(value)

    def moment(self, value: datetime) -> str:
        return str(value)

    def blob(self, value: bytes) -> bytes:
        return value

    def write(self, table: str, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
        names = ", ".join(f'"{name}"' for name in columns)
        holes = ", ".join(["%s"] * len(columns))
        with connection.cursor() as cursor:
            cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({holes})', list(rows))


def of_connection() -> Ink:
    return Copied() if connection.vendor == "postgresql" else Bound()


def day(value: date) -> str:
    return value.isoformat()
