"""Is the record whole? Walks it once, and names the first entry that is not what was written."""

import hmac
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import merge

from django.db import connection
from django.db.models import Exists, OuterRef

from kalka.core import head, ratchet, record
from kalka.core.checkpoints import Checkpoint, stored
from kalka.core.head import End
from kalka.core.models import AuditEntry, AuditSeal
from kalka.core.tree import Frontier
from kalka.core.walking import Place, places

APART = timedelta(minutes=10)  # entries are sealed in the order of transactions, which may last


@dataclass(frozen=True, slots=True)
class Fault:
    """The first thing wrong.

    altered, missing, reordered, head, unsealed: at this very position. rewritten: from it up to `upto`, as a checkpoint
    shows. shortened: from it on. forked: two checkpoints of one size. keys: the auditor's keys were exchanged.
    """

    what: str
    position: int
    entry: int | None
    upto: int | None = None


@dataclass(frozen=True, slots=True)
class Verified:
    """`set_back`: how often the times go back, which a clock set back explains, and the position of the first.

    `proven`: of how many entries the MAC could be checked; the server holds the keys of the last day alone.
    """

    sealed: int
    waiting: int
    fault: Fault | None
    set_back: tuple[int, int] = (0, 0)
    proven: int = field(default=0, compare=False)


class _Met:
    """What was met on the way."""

    def __init__(self, end: End, keys: Mapping[int, bytes], held: Iterable[Checkpoint]) -> None:
        self.keys, self.frontier, self.proven = keys, Frontier(), 0
        self.back = self.first = 0
        self._before = ""
        self._signed = _merged(stored(upto=end.signed), held)
        self._next = next(self._signed, None)
        self._agreed = 0

    def follow(self, at: str, position: int) -> None:
        if self._before and at < self._before:
            back = datetime.fromisoformat(self._before) - datetime.fromisoformat(at)
            if back > APART:
                self.back += 1
                self.first = self.first or position
        self._before = at

    def hold_against(self) -> Fault | None:
        """The checkpoints of this size."""
        while self._next is not None and self._next.size == self.frontier.size:
            if self._next.root != self.frontier.root():
                return Fault("rewritten", self._agreed + 1, None, self._next.size)
            self._agreed = self._next.size
            self._next = next(self._signed, None)
        return None

    def beyond(self) -> Fault | None:
        """A checkpoint of more entries than there are."""
        return Fault("shortened", self.frontier.size + 1, None, self._next.size) if self._next else None


def verify(*, keys: Mapping[int, bytes] | None = None, held: Sequence[Checkpoint] = ()) -> Verified:
    """`keys`: all of them, as the auditor works them out. `held`: checkpoints that were kept elsewhere.

    While it walks, the record grows: what comes after its first look is not of it.
    """
    end = head.end()
    count = AuditEntry.objects.filter(~Exists(AuditSeal.objects.filter(entry=OuterRef("pk")))).count()
    met = _Met(end, {**ratchet.secrets_held(), **(keys or {})}, sorted(held, key=lambda one: one.size))
    fault = _forked(held) or _first_fault(end, met) or _unsealed(end, count) or _keys_exchanged(held)
    return Verified(end.head.position, count, fault, (met.back, met.first), met.proven)


def _first_fault(end: End, met: _Met) -> Fault | None:
    key, frontier = record.tag_key(), met.frontier
    if fault := met.hold_against():
        return fault
    for place in places(upto=end.sealed):
        if fault := _fault_at(place, frontier.size + 1, key, met):
            return fault
        frontier.append(place.leaf)
        if fault := met.hold_against():
            return fault
    top = end.head
    if not top.ours:
        return Fault("head", top.position, None)
    if top.position != frontier.size:
        return Fault("missing" if frontier.size < top.position else "head", frontier.size + 1, None)
    return Fault("head", top.position, None) if bytes(top.frontier) != frontier.packed else met.beyond()


def _fault_at(place: Place, position: int, key: bytes, met: _Met) -> Fault | None:
    if place.position != position:
        return Fault("missing", position, None)
    if (written := place.written) is None:
        return Fault("missing", position, place.entry)
    number, wrong = written[1], "altered"
    if number == record.BEFORE or number in met.keys:
        own = record.mac_before(written) if number == record.BEFORE else record.mac(written, met.keys[number])
        if not hmac.compare_digest(place.mac, own):
            return Fault("altered", position, place.entry)
        met.proven += 1
        wrong = "reordered"  # a command wrote it, only not here
    if place.leaf != record.leaf(written, place.mac):
        return Fault(wrong, position, place.entry)
    if not hmac.compare_digest(place.tag, record.tag(key, position, place.leaf)):
        return Fault("reordered", position, place.entry)
    met.follow(written[2], position)
    return None


def _unsealed(end: End, waiting: int) -> Fault | None:
    """What is written past the commands never gets a position: on PostgreSQL it is left behind by the watermark."""
    if not waiting:
        return None
    position = end.head.position
    if connection.vendor == "sqlite":
        return Fault("unsealed", position, None)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT min(e.id) FROM core_auditentry e WHERE e.xid < %s::text::xid8"
            " AND NOT EXISTS (SELECT 1 FROM core_auditseal s WHERE s.entry = e.id)",
            [str(end.head.watermark)],
        )
        (left,) = cursor.fetchone()
    return Fault("unsealed", position, left) if left is not None else None


def _forked(held: Sequence[Checkpoint]) -> Fault | None:
    roots: dict[int, bytes] = {}
    for one in sorted(held, key=lambda one: one.size):
        if roots.setdefault(one.size, one.root) != one.root:
            return Fault("forked", one.size, None)
    return None


def _keys_exchanged(held: Sequence[Checkpoint]) -> Fault | None:
    given = ratchet.given()
    for one in held:
        if len(given) < one.keys or ratchet.sealed_hash(given[: one.keys]) != one.keys_hash:
            return Fault("keys", one.size, None)
    return None


def _merged(ours: Iterable[Checkpoint], held: Iterable[Checkpoint]) -> Iterator[Checkpoint]:
    """Both by size: two that are in order, without holding all of ours."""
    return merge(ours, held, key=lambda one: one.size)
