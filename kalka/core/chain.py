"""The chain over the audit: each link binds an entry to all before it, the head is under a MAC."""

import hmac
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import connection, transaction

from kalka.core import clock, root
from kalka.core.inserting import insert
from kalka.core.models import AuditEntry, AuditHead, AuditSeal
from kalka.core.record import canonical, mac

START = b"\0" * 32
KEEP = "UPDATE core_audithead SET position = %s, chain = %s, watermark = %s, sealed_at = %s, mac = %s WHERE id = 1"
BATCH = 2_000
APART = timedelta(minutes=10)  # entries are sealed in the order of transactions, which may last


@dataclass(frozen=True, slots=True)
class Fault:
    """The first thing wrong: `what` is altered, missing, reordered, head or unsealed."""

    what: str
    position: int
    entry: int | None


@dataclass(frozen=True, slots=True)
class Verified:
    """`set_back`: how often the times go back, which a clock set back explains, and the position of the first."""

    sealed: int
    waiting: int
    fault: Fault | None
    set_back: tuple[int, int] = (0, 0)


def leaf(entry: AuditEntry) -> bytes:
    return sha256(b"\0" + str(entry.id).encode() + b"\x1f" + canonical(entry) + bytes(entry.mac)).digest()


def link(before: bytes, leaf_: bytes) -> bytes:
    return sha256(b"\1" + before + leaf_).digest()


def extend(entries: Iterable[AuditEntry], *, watermark: int | None = None) -> int:
    """Append finished entries in the order given. The caller holds the transaction. Returns how many."""
    head = _locked_head()
    chain, position, seals = bytes(head.chain), head.position, []
    for entry in entries:
        position += 1
        chain = link(chain, leaf(entry))
        seals.append(AuditSeal(position=position, entry=entry.id, chain=chain))
    if len(seals) == 1:
        insert(seals[0])
    else:
        AuditSeal.objects.bulk_create(seals)
    if watermark is not None:
        head.watermark = watermark
    head.position, head.chain, head.sealed_at = position, chain, clock.now()
    head.mac = head_mac(head)
    if head._state.adding:
        insert(head)
    else:
        _keep(head)
    return len(seals)


def _locked_head() -> AuditHead:
    """On SQLite each read of a file and each write come by here: no statement of it is built anew."""
    lock = " FOR UPDATE" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT position, chain, watermark FROM core_audithead WHERE id = 1{lock}")
        row = cursor.fetchone()
    if row is None:
        return AuditHead(id=1, position=0, chain=START)
    head = AuditHead(id=1, position=row[0], chain=bytes(row[1]), watermark=row[2])
    head._state.adding = False
    return head


def _keep(head: AuditHead) -> None:
    at = connection.ops.adapt_datetimefield_value(head.sealed_at)
    with connection.cursor() as cursor:
        cursor.execute(KEEP, [head.position, bytes(head.chain), head.watermark, at, bytes(head.mac)])


def seal() -> int:
    """PostgreSQL: seal every entry of the transactions that ended since the last time. Returns how many.

    Takes entries with xid in [previous xmin, xmin), ordered by (xid, id): an entry is visible only once no older
    transaction can still commit, so none is skipped and none is sealed twice.
    """
    if connection.vendor != "postgresql":
        return 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(7102)")  # one sealer at a time
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        (upto,) = cursor.fetchone()
        since = AuditHead.objects.filter(id=1).values_list("watermark", flat=True).first() or 0
        rows = AuditEntry.objects.raw(
            "SELECT * FROM core_auditentry WHERE xid >= %s::text::xid8 AND xid < %s::text::xid8 ORDER BY xid, id",
            [str(since), str(upto)],
        )
        return extend(rows, watermark=upto)


def adopt() -> int:
    """PostgreSQL, after a restore: the numbers of another server's transactions mean nothing on this one.

    Seals in their order the entries that still waited, then lets the watermark begin here. An entry whose number this
    server has not reached yet would be met by it later and sealed a second time: it gets none. Returns how many waited.
    """
    if connection.vendor != "postgresql":
        return 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(7102)")
        waiting = AuditEntry.objects.raw(
            "SELECT * FROM core_auditentry e WHERE NOT EXISTS (SELECT 1 FROM core_auditseal s WHERE s.entry = e.id)"
            " ORDER BY xid, id"
        )
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        (upto,) = cursor.fetchone()
        sealed = extend(waiting, watermark=upto)
        cursor.execute("UPDATE core_auditentry SET xid = '0'::xid8 WHERE xid >= %s::text::xid8", [str(upto)])
        return sealed


def head_mac(head: AuditHead) -> bytes:
    said = f"{head.position}|{bytes(head.chain).hex()}|{head.watermark}".encode()
    return hmac.digest(root.derive("audit|head"), said, "sha256")


def verify() -> Verified:
    """Walk the whole chain. Names the first altered, missing or re-ordered entry."""
    head = AuditHead.objects.filter(id=1).first()
    waiting = AuditEntry.objects.exclude(id__in=AuditSeal.objects.values("entry")).count()
    if head is None:
        return Verified(0, waiting, Fault("head", 0, None) if AuditSeal.objects.exists() else None)
    times = _Times()
    fault = _first_fault(head, times)
    if fault is None and connection.vendor == "sqlite" and waiting:
        fault = Fault("unsealed", head.position, None)
    return Verified(head.position, waiting, fault, (times.back, times.first))


class _Times:
    """Where the time of an entry lies before that of the one sealed before it."""

    def __init__(self) -> None:
        self.back = self.first = 0
        self._before: datetime | None = None

    def follow(self, at: datetime, position: int) -> None:
        if self._before is not None and at < self._before - APART:
            self.back += 1
            self.first = self.first or position
        self._before = at


def _first_fault(head: AuditHead, times: _Times) -> Fault | None:
    if not hmac.compare_digest(bytes(head.mac), head_mac(head)):
        return Fault("head", head.position, None)
    chain, position = START, 0
    for seal_, entry in _pairs():
        position += 1
        if seal_.position != position:
            return Fault("missing", position, None)
        if entry is None:
            return Fault("missing", position, seal_.entry)
        if not hmac.compare_digest(bytes(entry.mac), mac(entry)):
            return Fault("altered", position, entry.id)
        chain = link(chain, leaf(entry))
        if chain != bytes(seal_.chain):
            return Fault("reordered", position, entry.id)
        times.follow(entry.at, position)
    if (position, chain) != (head.position, bytes(head.chain)):
        return Fault("missing", position + 1, None)
    return None


def _pairs() -> Iterator[tuple[AuditSeal, AuditEntry | None]]:
    last = 0
    while seals := list(AuditSeal.objects.filter(position__gt=last).order_by("position")[:BATCH]):
        entries = AuditEntry.objects.in_bulk([s.entry for s in seals])
        for seal_ in seals:
            yield seal_, entries.get(seal_.entry)
        last = seals[-1].position
