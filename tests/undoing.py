"""Trying something of which nothing stays."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def undone() -> Iterator[None]:
    """Nothing of what is done here stays.

    The mark is taken away as well: the database keeps one it has gone back to, the next would stand inside it, and
    after a thousand of them each look at a row would go through a thousand.
    """
    begun = transaction.savepoint()
    try:
        yield
    finally:
        connection.needs_rollback = False
        transaction.savepoint_rollback(begun)
        transaction.savepoint_commit(begun)
