"""The tree over the record (RFC 6962): each entry is a leaf, once, in the order in which it was sealed."""

import hmac
from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db import connection, transaction

from kalka.core import clock, ratchet, record
from kalka.core.head import keep, locked
from kalka.core.inserting import insert
from kalka.core.models import AuditEntry, AuditHead, AuditSeal
from kalka.core.tree import Frontier

ONE_SEALER = "SELECT pg_advisory_xact_lock(7102)"
PRESENT = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
ENDED = "SELECT * FROM core_auditentry WHERE xid >= %s::text::xid8 AND xid < %s::text::xid8 ORDER BY xid, id"
WAITING = (
    "SELECT * FROM core_auditentry e WHERE NOT EXISTS (SELECT 1 FROM core_auditseal s WHERE s.entry = e.id)"
    " ORDER BY xid, id"
)
AT_ONCE = 2_000


def append_one(head: AuditHead, entry: AuditEntry) -> None:
    """SQLite, in the transaction that wrote it."""
    frontier = Frontier(head.position, bytes(head.frontier))
    insert(_sealed(frontier, entry, record.tag_key()))
    _kept(head, frontier)


def extend(entries: Iterable[AuditEntry], *, watermark: int | None = None) -> int:
    """Append finished entries in the order given. The caller holds the transaction. Returns how many."""
    head, key, count = locked(), record.tag_key(), 0
    frontier, seals = Frontier(head.position, bytes(head.frontier)), []
    for entry in entries:
        seals.append(_sealed(frontier, entry, key))
        count += 1
        if len(seals) == AT_ONCE:
            AuditSeal.objects.bulk_create(seals)
            seals = []
    AuditSeal.objects.bulk_create(seals)
    if watermark is not None:
        head.watermark = watermark
    _kept(head, frontier)
    return count


def _sealed(frontier: Frontier, entry: AuditEntry, key: bytes) -> AuditSeal:
    leaf = record.leaf(record.written(entry), bytes(entry.mac))
    frontier.append(leaf)
    tag = record.tag(key, frontier.size, leaf)
    return AuditSeal(position=frontier.size, entry=entry.id, leaf=leaf, tag=tag)


def _kept(head: AuditHead, frontier: Frontier) -> None:
    head.position, head.frontier, head.sealed_at = frontier.size, frontier.packed, clock.now()
    keep(head)


def seal() -> int:
    """PostgreSQL: seal every entry of the transactions that ended since the last time. Returns how many.

    Takes entries with xid in [previous xmin, xmin), ordered by (xid, id): an entry is visible only once no older
    transaction can still commit, so none is skipped and none is sealed twice. What no command wrote is not sealed.
    """
    if connection.vendor != "postgresql":
        return 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ONE_SEALER)
        cursor.execute(PRESENT)
        (upto,) = cursor.fetchone()
        since = AuditHead.objects.filter(id=1).values_list("watermark", flat=True).first() or 0
        keys = ratchet.secrets_held()
        rows = AuditEntry.objects.raw(ENDED, [str(since), str(upto)])
        sealed = extend(_ours(rows.iterator(), keys), watermark=upto)
        ratchet.forget_served(upto, now=clock.now())
        return sealed


def turn_daily(now: datetime) -> bool:
    """PostgreSQL and SQLite, by the worker. Waits for the sealer, whose keys it would take away."""
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(ONE_SEALER)
        return ratchet.turn_daily(now=now)


def _ours(entries: Iterator[AuditEntry], keys: dict[int, bytes]) -> Iterator[AuditEntry]:
    for entry in entries:
        if is_ours(record.written(entry), bytes(entry.mac), keys):
            yield entry


def is_ours(one: record.Written, mac: bytes, keys: dict[int, bytes]) -> bool:
    """Whether a command wrote it. False as well where its key is gone."""
    if one[1] == record.BEFORE:
        return hmac.compare_digest(mac, record.mac_before(one))
    key = keys.get(one[1])
    return key is not None and hmac.compare_digest(mac, record.mac(one, key))


def adopt() -> int:
    """PostgreSQL, after a restore: the numbers of another server's transactions mean nothing on this one.

    Seals in their order the entries that still waited, then lets the watermark begin here. An entry whose number this
    server has not reached yet would be met by it later and sealed a second time: it gets none. Returns how many waited.
    """
    if connection.vendor != "postgresql":
        return 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ONE_SEALER)
        waiting = AuditEntry.objects.raw(WAITING)
        cursor.execute(PRESENT)
        (upto,) = cursor.fetchone()
        sealed = extend(waiting.iterator(), watermark=upto)
        cursor.execute("UPDATE core_auditentry SET xid = '0'::xid8 WHERE xid >= %s::text::xid8", [str(upto)])
        return sealed
