"""Checkpoints: how long the record was at a moment, and its root, signed, to be kept where we cannot reach them.

One that is held elsewhere shows a record that was shortened or written anew, also by whoever owns all our keys.
"""

from base64 import b64decode, b64encode
from binascii import Error
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings

from kalka.core import head, notes, ratchet, root, tree, walking
from kalka.core.errors import DomainError
from kalka.core.inserting import insert_unless_there
from kalka.core.models import AuditCheckpoint

MOMENT = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """`keys`: how many keys had been sealed to an auditor, and what binds them."""

    size: int
    root: bytes
    at: datetime
    keys: int
    keys_hash: bytes
    note: str

    @property
    def short(self) -> str:
        """The beginning of the root, for people who compare two by eye."""
        return " ".join(self.root.hex()[at : at + 4] for at in range(0, 16, 4))


def make(*, now: datetime) -> Checkpoint:
    """Of what is sealed. One that is there for this size already is given again.

    Refuses "core.record_not_whole" where the head is not ours: what another hand wrote is not signed.
    """
    top = head.look()
    if not top.ours:
        raise DomainError("core.record_not_whole")
    if there := AuditCheckpoint.objects.filter(size=top.position).first():
        return read(there.note)
    given = ratchet.given()
    said = (
        origin(),
        str(top.position),
        b64encode(found := tree.Frontier(top.position, bytes(top.frontier)).root()).decode(),
        f"time {now.astimezone(UTC).strftime(MOMENT)}",
        f"keys {len(given)} {b64encode(ratchet.sealed_hash(given)).decode()}",
    )
    note = notes.sign("".join(f"{line}\n" for line in said), origin(), _seed())
    insert_unless_there(AuditCheckpoint(size=top.position, at=now, root=found, note=note))
    return read(note)


def make_if_grown(*, now: datetime) -> Checkpoint | None:
    """By the worker: nothing where nothing was written since the last."""
    before = latest()
    size = head.look().position
    return make(now=now) if size and (before is None or before.size < size) else None


def latest() -> Checkpoint | None:
    row = AuditCheckpoint.objects.order_by("-size").first()
    return read(row.note) if row else None


def stored(*, upto: int) -> Iterator[Checkpoint]:
    """Our own, by size, of so many entries at most. One that we did not sign, or that says another size, agrees with no
    root."""
    rows = AuditCheckpoint.objects.filter(size__lte=upto).order_by("size").values_list("size", "at", "note")
    for size, at, note in rows.iterator(chunk_size=500):
        try:
            one = read(note)
        except DomainError:
            one = None
        yield one if one and one.size == size else Checkpoint(size, b"", at, 0, b"", note)


def read(note: str, verifier: str = "") -> Checkpoint:
    """Refuses "core.note_unreadable", and "core.note_not_ours" for what this installation (or `verifier`) did not sign.

    What stands before the note, as in a file with a proof, is left out.
    """
    text = notes.opened(_note_of(note), verifier or public_key())
    try:
        _origin, size, root_, *said = text.splitlines()
        told = {name: rest for name, _, rest in (line.partition(" ") for line in said)}
        keys, _, hash_ = told["keys"].partition(" ")
        at = datetime.strptime(told["time"], MOMENT).replace(tzinfo=UTC)
        return Checkpoint(int(size), b64decode(root_), at, int(keys), b64decode(hash_), _note_of(note))
    except (ValueError, KeyError, Error):
        raise DomainError("core.note_unreadable") from None


def continued(earlier: Checkpoint, later: Checkpoint) -> str:
    """The later one behind the proof that it begins with the earlier: `old`, hashes, an empty line, the note."""
    if earlier.size > later.size:
        raise DomainError("core.checkpoint_later")
    path = tree.consistency(earlier.size, later.size, _roots)
    lines = [f"old {earlier.size}", *(b64encode(one).decode() for one in path)]
    return "".join(f"{line}\n" for line in lines) + "\n" + later.note


def origin() -> str:
    """The name of this record, on every checkpoint of it."""
    return f"{settings.RECORD_NAME}/record"


def public_key() -> str:
    return notes.verifier(origin(), _seed())


def _roots(low: int, high: int) -> bytes:
    return tree.root_of(walking.leaves(low, high))


def _note_of(text: str) -> str:
    text = text.replace("\r\n", "\n")
    return text.partition("\n\n")[2] if text.startswith("old ") else text


def _seed() -> bytes:
    return root.derive("audit|checkpoints|ed25519")
