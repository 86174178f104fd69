"""The one row that says how far the record goes, under a MAC.

A head that another hand wrote keeps the MAC it came with, whatever is written after it: the record goes on, and whoever
verifies it is told. To make it right again would say that a tail which was cut off had never been.
"""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from kalka.core import root
from kalka.core.inserting import insert_unless_there
from kalka.core.models import AuditHead

_READ = "SELECT position, frontier, watermark, key, mark, mac FROM core_audithead WHERE id = 1"
# In one statement, so that all three are of one moment.
_END = (
    f"{_READ.partition(' FROM ')[0]}, (SELECT max(position) FROM core_auditseal),"
    " (SELECT max(size) FROM core_auditcheckpoint) FROM (SELECT 1 AS one) here LEFT JOIN core_audithead ON id = 1"
)
_KEEP = (
    "UPDATE core_audithead SET position = %s, frontier = %s, watermark = %s, sealed_at = COALESCE(%s, sealed_at),"
    " key = %s, mark = %s, mac = %s WHERE id = 1"
)


@dataclass(frozen=True, slots=True)
class End:
    """Where the record ends: by its head, by what is sealed, and by what was signed."""

    head: AuditHead
    sealed: int
    signed: int


def end() -> End:
    with connection.cursor() as cursor:
        cursor.execute(_END)
        *row, sealed, signed = cursor.fetchone()
    return End(AuditHead(id=1) if row[0] is None else _made(row), sealed or 0, signed or 0)


def locked() -> AuditHead:
    """On SQLite each read of a file and each write come by here: no statement of it is built anew."""
    lock = " FOR UPDATE" if connection.vendor == "postgresql" else ""
    if (found := _read(lock)) is None:
        first = AuditHead(id=1)
        first.mac = mac(first)
        insert_unless_there(first)
        found = _read(lock)
    assert found is not None, "it was just written"
    return found


def look() -> AuditHead:
    """To read alone; of an empty record one that is not written yet."""
    return _read("") or AuditHead(id=1)


def _read(lock: str) -> AuditHead | None:
    with connection.cursor() as cursor:
        cursor.execute(_READ + lock)
        row = cursor.fetchone()
    return _made(row) if row else None


def _made(row: Sequence[Any]) -> AuditHead:
    position, frontier, watermark, key, mark, found = row
    head = AuditHead(id=1, position=position, frontier=bytes(frontier), watermark=watermark, key=key, mark=bytes(mark))
    head.mac = bytes(found)
    head.ours = hmac.compare_digest(head.mac, mac(head))
    return head


def keep(head: AuditHead) -> None:
    if head.ours:
        head.mac = mac(head)
    at = connection.ops.adapt_datetimefield_value(head.sealed_at) if head.sealed_at else None
    values: list[Any] = [
        head.position,
        bytes(head.frontier),
        head.watermark,
        at,
        head.key,
        bytes(head.mark),
        bytes(head.mac),
    ]
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, values)


def mac(head: AuditHead) -> bytes:
    said = f"{head.position}|{bytes(head.frontier).hex()}|{head.watermark}|{head.key}|{bytes(head.mark).hex()}"
    return hmac.digest(root.derive("audit|head"), said.encode(), "sha256")
