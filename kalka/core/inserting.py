"""Rows by a statement that is built once a model: Django builds it anew each time, which costs more than the
database does. For the rows of what people do all day; elsewhere `save(force_insert=True)` is the same."""

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import groupby
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.models.expressions import DatabaseDefault

M = TypeVar("M", bound=models.Model)
Columns = tuple["models.Field[Any, Any]", ...]
# Both databases take these of these columns as they are; Django asks the connection six times to find that out.
PLAIN_VALUES = frozenset({int, str, type(None)})
PLAIN_COLUMNS = frozenset(
    {models.CharField, models.TextField, models.IntegerField, models.BigIntegerField, models.PositiveSmallIntegerField}
)

PIECES = tuple(2**power for power in range(7, -1, -1))  # so that few statements are kept, whatever the number


def insert(row: M) -> M:
    """Write a new row, as `save(force_insert=True)` would. A key the database draws is set on it."""
    statement, columns, key = _plan(type(row), connection.vendor, 1)
    with connection.cursor() as cursor:
        cursor.execute(statement, _values(row, columns))
        if key is not None:
            setattr(row, key, cursor.fetchone()[0])
    return _there(row)


def insert_all(rows: Sequence[models.Model]) -> None:
    """Write a few new rows together, on PostgreSQL in one statement. Rows of one model stand side by side.

    Keys the database draws are not set on them.
    """
    parts = [(model, list(some)) for model, some in groupby(rows, type)]
    values = [[value for row in some for value in _values(row, _columns(model))] for model, some in parts]
    shape = tuple((model, len(some)) for model, some in parts)
    if connection.vendor == "postgresql" and len(shape) > 1:
        _execute(_joined(shape), [value for some in values for value in some])
    else:
        for (model, count), given in zip(shape, values, strict=True):
            _execute(_plan(model, connection.vendor, count)[0], given)
    for row in rows:
        _there(row)


def insert_many(rows: Iterable[M]) -> list[M]:
    """Write any number of new rows of one model, some hundreds in a statement, as `bulk_create` would at four times
    the cost. Keys the database draws are not set on them."""
    made = list(rows)
    first = 0
    for size in PIECES if made else ():
        while len(made) - first >= size:
            statement, columns, _key = _plan(type(made[0]), connection.vendor, size)
            _execute(statement, [value for row in made[first : first + size] for value in _values(row, columns)])
            first += size
    return [_there(row) for row in made]


def insert_unless_there(row: models.Model) -> bool:
    """Write it unless a constraint says there is one like it. Says whether it was written."""
    statement, columns, _key = _plan(type(row), connection.vendor, 1)
    words = {"sqlite": statement.replace("INSERT", "INSERT OR IGNORE", 1)}
    with connection.cursor() as cursor:
        cursor.execute(words.get(connection.vendor, f"{statement} ON CONFLICT DO NOTHING"), _values(row, columns))
        if cursor.rowcount != 1:
            return False
    _there(row)
    return True


@cache
def _plan(model: type[models.Model], vendor: str, rows: int) -> tuple[str, Columns, str | None]:
    """What the database fills in by itself is left out. The vendor is only there to tell two databases apart."""
    pk = model._meta.pk
    assert pk is not None
    key = pk.attname if isinstance(pk, models.AutoField) else None
    columns = tuple(
        field for field in model._meta.concrete_fields if field.attname != key and not field.has_db_default()
    )
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in columns)
    marks = f"({', '.join(['%s'] * len(columns))})"
    returning = f" RETURNING {quote(str(pk.column))}" if key and rows == 1 else ""
    into = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES {', '.join([marks] * rows)}{returning}"
    return into, columns, key


def _columns(model: type[models.Model]) -> Columns:
    return _plan(model, connection.vendor, 1)[1]


@cache
def _joined(shape: tuple[tuple[type[models.Model], int], ...]) -> str:
    """Several inserts as one statement: each but the last is a part of it."""
    *first, last = (_plan(model, "postgresql", count)[0].partition(" RETURNING ")[0] for model, count in shape)
    parts = ", ".join(f"part_{number} AS ({statement})" for number, statement in enumerate(first))
    return f"WITH {parts} {last}"


def _execute(statement: str, values: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def _values(row: models.Model, columns: Columns) -> list[Any]:
    real = connections[DEFAULT_DB_ALIAS]  # not the proxy, which looks it up at every word
    values = []
    for field in columns:
        value = getattr(row, field.attname)
        if type(value) not in PLAIN_VALUES or type(field) not in PLAIN_COLUMNS:
            value = field.get_db_prep_save(field.pre_save(row, True), real)
            assert not isinstance(value, DatabaseDefault)
        values.append(value)
    return values


def _there(row: M) -> M:
    row._state.adding, row._state.db = False, connection.alias
    return row
