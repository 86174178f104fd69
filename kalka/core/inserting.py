"""One row by a statement that is built once a model: Django builds it anew each time, which costs more than the
database does. For the rows of what people do all day; elsewhere `save(force_insert=True)` is the same."""

from functools import cache
from typing import Any, TypeVar

from django.db import connection, models
from django.db.models.expressions import DatabaseDefault

M = TypeVar("M", bound=models.Model)
Columns = tuple["models.Field[Any, Any]", ...]


def insert(row: M) -> M:
    """Write a new row, as `save(force_insert=True)` would. A key the database draws is set on it."""
    statement, columns, key = _plan(type(row), connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(statement, _values(row, columns))
        if key is not None:
            setattr(row, key, cursor.fetchone()[0])
    return _there(row)


def insert_unless_there(row: models.Model) -> bool:
    """Write it unless a constraint says there is one like it. Says whether it was written."""
    statement, columns, _key = _plan(type(row), connection.vendor)
    words = {"sqlite": statement.replace("INSERT", "INSERT OR IGNORE", 1)}
    with connection.cursor() as cursor:
        cursor.execute(words.get(connection.vendor, f"{statement} ON CONFLICT DO NOTHING"), _values(row, columns))
        if cursor.rowcount != 1:
            return False
    _there(row)
    return True


@cache
def _plan(model: type[models.Model], vendor: str) -> tuple[str, Columns, str | None]:
    """What the database fills in by itself is left out. The vendor is only there to tell two databases apart."""
    pk = model._meta.pk
    assert pk is not None
    key = pk.attname if isinstance(pk, models.AutoField) else None
    columns = tuple(
        field for field in model._meta.concrete_fields if field.attname != key and not field.has_db_default()
    )
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in columns)
    marks = ", ".join(["%s"] * len(columns))
    returning = f" RETURNING {quote(str(pk.column))}" if key else ""
    return f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({marks}){returning}", columns, key


def _values(row: models.Model, columns: Columns) -> list[Any]:
    values = [field.get_db_prep_save(field.pre_save(row, True), connection) for field in columns]
    assert not any(isinstance(value, DatabaseDefault) for value in values)
    return values


def _there(row: M) -> M:
    row._state.adding, row._state.db = False, connection.alias
    return row
