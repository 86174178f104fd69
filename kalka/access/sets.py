"""Sets of subjects, sealed under a key of the root: no page, and no column of a file, tells which files are among them.
The record names them where they were laid, as it names everything that was done."""

import json
import secrets
from uuid import UUID

from kalka.access.models import SealedSet
from kalka.core import commands, root
from kalka.core.errors import AccessDenied
from kalka.vault import crypto

BAIT = "set-1"  # files that are nobody's; the name says nothing
ROOM = 256  # ids a ciphertext always holds; the rest are drawn and lead nowhere


def subjects(name: str) -> frozenset[UUID]:
    """For the installation itself: what it leaves out of figures, and whose opening it reports."""
    row = SealedSet.objects.filter(name=name).first()
    return frozenset() if row is None else _opened(name, bytes(row.sealed))


def add(name: str, subject_id: UUID) -> None:
    """Inside a command."""
    if not commands.inside():
        raise AccessDenied("access.outside_a_command")
    # First there is one, then it is held: of two that are the first at the same moment the second waits, and adds.
    SealedSet.objects.get_or_create(name=name, defaults={"sealed": _sealed(name, frozenset())})
    row = SealedSet.objects.select_for_update().get(name=name)
    row.sealed = _sealed(name, _opened(name, bytes(row.sealed)) | {subject_id})
    row.save(update_fields=["sealed"])


def _sealed(name: str, ids: frozenset[UUID]) -> bytes:
    kept = sorted(one.hex for one in ids)
    drawn = [secrets.token_hex(16) for _ in range(-len(kept) % ROOM)]
    return crypto.seal(_key(name), json.dumps([kept, drawn]).encode(), name.encode())


def _opened(name: str, sealed: bytes) -> frozenset[UUID]:
    kept, _drawn = json.loads(crypto.unseal(_key(name), sealed, name.encode()))
    return frozenset(map(UUID, kept))


def _key(name: str) -> bytes:
    return root.derive(f"set|{name}")
