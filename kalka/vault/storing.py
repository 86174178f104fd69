"""Storing data keys under the newest key-encryption key, also while that changes: one statement, which stores nothing
under a key that is not the newest any more, and on PostgreSQL holds the newest until the transaction ends."""

from collections.abc import Mapping
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection

from kalka.core import sight
from kalka.vault import crypto, outer
from kalka.vault.classes import Klass
from kalka.vault.crypto import Refused
from kalka.vault.models import KeyEncryptionKey, SubjectKey

TRIES = 5  # each time a newer one had come just then
_TYPES = {"postgresql": ("::uuid", "::text", "::bytea", "::int")}
_HELD = {"postgresql": " FOR KEY SHARE OF k"}


def store(data_keys: Mapping[tuple[UUID, Klass], bytes]) -> None:
    """Raises Refused where a class has no key-encryption key."""
    left = dict(data_keys)
    for _ in range(TRIES):
        for klass in _stored(left):
            left = {one: key for one, key in left.items() if one[1] != klass}
        if not left:
            return
        outer.forget()
    raise Refused


def wrapped(subject_id: UUID, klass: Klass, key: bytes) -> bytes:
    """A data key as it is stored."""
    version = outer.newest(klass)
    return crypto.wrap(outer.opened(klass, version), version, key, context(subject_id, klass))


def context(subject_id: UUID, klass: Klass) -> bytes:
    return f"{subject_id}|{klass}".encode()


def _stored(data_keys: Mapping[tuple[UUID, Klass], bytes]) -> list[str]:
    """The classes that were."""
    column = SubjectKey._meta.get_field("subject_id")
    values: list[Any] = []
    for (subject, klass), key in data_keys.items():
        version = outer.newest(klass)
        values += [column.get_db_prep_value(subject, connection), klass.value, wrapped(subject, klass, key), version]
    with connection.cursor() as cursor:
        cursor.execute(_statement(len(data_keys), connection.vendor), values)
        if connection.vendor == "sqlite":
            return [str(klass) for (klass,) in cursor.fetchall()]
        if cursor.rowcount == len(data_keys):
            return [klass.value for _subject, klass in data_keys]
    with sight.beyond():  # a row that its writer does not see yet is not given back by the statement itself
        there = SubjectKey.objects.filter(subject_id__in={subject for subject, _klass in data_keys})
        return list(there.values_list("klass", flat=True))


@cache
def _statement(rows: int, vendor: str) -> str:
    types = _TYPES.get(vendor, ("",) * 4)
    marks = ", ".join(f"%s{one}" for one in types)
    keys, outers = SubjectKey._meta.db_table, KeyEncryptionKey._meta.db_table
    return (
        f"WITH v (subject_id, klass, wrapped, version) AS (VALUES {', '.join([f'({marks})'] * rows)})"
        f" INSERT INTO {keys} (subject_id, klass, wrapped)"
        f" SELECT v.subject_id, v.klass, v.wrapped FROM v JOIN {outers} k"
        " ON k.klass = v.klass AND k.version = v.version"
        f" WHERE NOT EXISTS (SELECT 1 FROM {outers} n WHERE n.klass = k.klass AND n.version > k.version)"
        f"{_HELD.get(vendor, ' RETURNING klass')}"
    )
