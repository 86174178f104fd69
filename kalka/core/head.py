"""The one row that says how far the record goes, under a MAC."""

import hmac

from django.db import connection

from kalka.core import root
from kalka.core.inserting import insert_unless_there
from kalka.core.models import AuditHead

_READ = "SELECT position, frontier, watermark, key, mark FROM core_audithead WHERE id = 1"
_KEEP = (
    "UPDATE core_audithead SET position = %s, frontier = %s, watermark = %s, sealed_at = COALESCE(%s, sealed_at),"
    " key = %s, mark = %s, mac = %s WHERE id = 1"
)


def locked() -> AuditHead:
    """On SQLite each read of a file and each write come by here: no statement of it is built anew."""
    lock = " FOR UPDATE" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(_READ + lock)
        if (row := cursor.fetchone()) is None:
            first = AuditHead(id=1)
            first.mac = mac(first)
            insert_unless_there(first)
            cursor.execute(_READ + lock)
            row = cursor.fetchone()
    position, frontier, watermark, key, mark = row
    return AuditHead(id=1, position=position, frontier=bytes(frontier), watermark=watermark, key=key, mark=bytes(mark))


def keep(head: AuditHead) -> None:
    head.mac = mac(head)
    at = connection.ops.adapt_datetimefield_value(head.sealed_at) if head.sealed_at else None
    values = [head.position, bytes(head.frontier), head.watermark, at, head.key, bytes(head.mark), head.mac]
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, values)


def mac(head: AuditHead) -> bytes:
    said = f"{head.position}|{bytes(head.frontier).hex()}|{head.watermark}|{head.key}|{bytes(head.mark).hex()}"
    return hmac.digest(root.derive("audit|head"), said.encode(), "sha256")
