"""The record read from its beginning to its end, in batches: memory does not grow with it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from kalka.core.record import Written

BATCH = 2_000
_READ = (
    "SELECT s.position, s.entry, s.leaf, s.tag, e.mac, e.id, e.key, e.at, e.kind, e.actor_id, e.post_id, e.command,"
    " e.steps, e.subject_id, e.object, e.object_id, e.ids, e.count, e.refusal"
    " FROM core_auditseal s LEFT JOIN core_auditentry e ON e.id = s.entry"
    " WHERE s.position > %s AND s.position <= %s ORDER BY s.position LIMIT %s"
)


@dataclass(frozen=True, slots=True)
class Place:
    """A position of the record, what is sealed there, and the entry, if it is there."""

    position: int
    entry: int
    leaf: bytes
    tag: bytes
    mac: bytes
    written: Written | None


def places(*, upto: int) -> Iterator[Place]:
    read, last = _sqlite if connection.vendor == "sqlite" else _postgres, 0
    while rows := _batch(last, upto):
        for row in rows:
            yield read(row)
        last = rows[-1][0]


def leaves(low: int, high: int) -> Iterator[bytes]:
    """Of the positions from `low` up to `high`, counted from zero, the last left out."""
    while low < high:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT leaf FROM core_auditseal WHERE position > %s AND position <= %s ORDER BY position",
                [low, min(high, low + BATCH)],
            )
            yield from (bytes(leaf) for (leaf,) in cursor.fetchall())
        low += BATCH


def moment(written: Written) -> datetime:
    return datetime.fromisoformat(written[2])


def _batch(last: int, upto: int) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(_READ, [last, upto, BATCH])
        return list(cursor.fetchall())


def _sqlite(row: tuple[Any, ...]) -> Place:
    position, entry, leaf, tag, mac, id, key, at, kind, actor, post, command, steps, subject = row[:14]
    if id is None:
        return Place(position, entry, leaf, tag, b"", None)
    written = (id, key, _moment(at), kind, actor, post, command, steps, subject or "", *row[14:])
    return Place(position, entry, leaf, tag, mac, written)


def _moment(at: str | datetime) -> str:
    """As the database keeps it, without building a moment of it."""
    return at.replace(" ", "T") + "+00:00" if isinstance(at, str) else at.replace(tzinfo=UTC).isoformat()


def _postgres(row: tuple[Any, ...]) -> Place:
    position, entry, leaf, tag, mac, id, key, at, kind, actor, post, command, steps, subject = row[:14]
    leaf, tag = bytes(leaf), bytes(tag)
    if id is None:
        return Place(position, entry, leaf, tag, b"", None)
    object_, object_id, ids, count, refusal = row[14:]
    shown = subject.hex if subject else ""
    rest = (object_, object_id, bytes(ids), count, refusal)
    written = (id, key, at.isoformat(), kind, actor, post, command, steps, shown, *rest)
    return Place(position, entry, leaf, tag, bytes(mac), written)
