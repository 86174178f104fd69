"""How long entries wait for the sealer. Longer than a minute is an alarm: until then they can still be changed."""

from datetime import datetime, timedelta

from django.db import connection

LONGEST = timedelta(seconds=60)
# The first past the watermark. Found by the index over (xid, id), however long the record is.
_WAITING = """FROM core_auditentry e
WHERE e.xid >= coalesce((SELECT watermark FROM core_audithead WHERE id = 1), 0)::text::xid8
ORDER BY e.xid, e.id"""
_FIRST, _ALL = f"SELECT e.at {_WAITING} LIMIT 1", f"SELECT e.id {_WAITING} LIMIT %s"


def since() -> datetime | None:
    """When the first entry that waits was written. None on SQLite, where each is sealed as it is written."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute(_FIRST)
        row = cursor.fetchone()
    return row[0] if row else None


def ids(most: int) -> list[int]:
    """Of the entries that wait, in their order. None on SQLite."""
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute(_ALL, [most])
        return [id for (id,) in cursor.fetchall()]


def too_long(now: datetime) -> bool:
    """Also for an entry from the future: its clock, or ours, was changed since."""
    first = since()
    return first is not None and abs(now - first) > LONGEST
