"""What exactly an entry's MAC, its leaf and its place in the record cover, shared by writing and verifying."""

import hmac
import secrets
from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from hashlib import sha256
from threading import Lock
from uuid import UUID

from kalka.core import root
from kalka.core.models import AuditEntry

EPOCH_MS = 1_577_836_800_000  # 2020
LOW = 22  # bits below the millisecond
BEFORE = -1  # the number of the key of entries that were written before keys had numbers
ID = 16
# An entry as stored: id, key, at, kind, actor, post, command, steps, subject, object, its id, ids, count, refusal.
Written = tuple[int, int, str, str, int, int | None, str, str, str, str, str, bytes, int, str]


class _Ids:
    """Ids that grow with time, drawn before the entry is written: the MAC covers the id, so no entry counts twice."""

    def __init__(self) -> None:
        self._lock, self._last, self._low = Lock(), 0, 0

    def draw(self, at: datetime) -> int:
        millisecond = int(at.timestamp() * 1000) - EPOCH_MS
        with self._lock:
            self._low = self._low + 1 if millisecond == self._last else secrets.randbits(LOW - 1)
            self._last = millisecond
            return (millisecond << LOW) + self._low


new_id = _Ids().draw


def first_id(at: datetime) -> int:
    """Not above any id that is drawn from this moment on."""
    return (int(at.timestamp() * 1000) - EPOCH_MS) << LOW


def span(time: timedelta) -> int:
    """How far two ids lie apart that were drawn so far apart."""
    return int(time.total_seconds() * 1000) << LOW


def packed(subjects: Collection[UUID]) -> bytes:
    """Nothing for a single one, which stands in a column of its own."""
    return b"".join(sorted(one.bytes for one in subjects)) if len(subjects) > 1 else b""


def unpacked(ids: bytes) -> Iterator[UUID]:
    return (UUID(bytes=ids[at : at + ID]) for at in range(0, len(ids), ID))


def written(entry: AuditEntry) -> Written:
    return (
        entry.id,
        entry.key,
        entry.at.isoformat(),
        entry.kind,
        entry.actor_id,
        entry.post_id,
        entry.command,
        entry.steps,
        entry.subject_id.hex if entry.subject_id else "",
        entry.object,
        entry.object_id,
        bytes(entry.ids),
        entry.count,
        entry.refusal,
    )


def canonical(one: Written) -> bytes:
    """Every stored column but the transaction id, which the server assigns after the MAC is made."""
    if one[1] == BEFORE:
        return f"{one[0]}\x1f".encode() + _canonical_before(one)
    id, key, at, kind, actor, post, command, steps, subject, object_, object_id, ids, count, refusal = one
    said = (
        f"{id}\x1f{key}\x1f{at}\x1f{kind}\x1f{actor}\x1f{post}\x1f{command}\x1f{steps}\x1f{subject}\x1f{object_}"
        f"\x1f{object_id}\x1f{count}\x1f{refusal}\x1f"
    )
    return said.encode() + ids


def _canonical_before(one: Written) -> bytes:
    _id, _key, at, kind, actor, post, command, steps, subject, object_, object_id, ids, count, refusal = one
    shown = str(UUID(subject)) if subject else "None"
    said = (at, kind, actor, post, command, steps, shown, object_, object_id, ids.hex(), count, refusal)
    return "\x1f".join(map(str, said)).encode()


def mac(one: Written, key: bytes) -> bytes:
    return hmac.digest(key, canonical(one), "sha256")


def mac_before(one: Written) -> bytes:
    """Of an entry without a numbered key: one key a day, out of the root key."""
    return hmac.digest(root.derive(f"audit|{one[2][:10]}"), _canonical_before(one), "sha256")


def leaf(one: Written, mac_: bytes) -> bytes:
    return sha256(b"\0" + canonical(one) + mac_).digest()


def tag(key: bytes, position: int, leaf_: bytes) -> bytes:
    """Binds a leaf to its position also once the key of the entry's own MAC is gone."""
    return hmac.digest(key, position.to_bytes(8, "big") + leaf_, "sha256")[:16]


def tag_key() -> bytes:
    return root.derive("audit|seal")
