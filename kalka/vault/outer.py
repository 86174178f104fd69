"""Key-encryption keys in the memory of a process. A new version is learnt of at the first key that is stored after it;
a destroyed one is forgotten after ten minutes at the latest."""

import secrets
from time import monotonic

from kalka.core import root
from kalka.vault import crypto
from kalka.vault.classes import Klass
from kalka.vault.crypto import Refused
from kalka.vault.models import KeyEncryptionKey

HELD = 600.0  # seconds for which one is believed without being read again
FIRST = 1

_held: dict[tuple[Klass, int], tuple[bytes, float]] = {}
_newest: dict[Klass, int] = {}


def opened(klass: Klass, version: int) -> bytes:
    """Raises Refused for a version that was never there, or was destroyed."""
    now = monotonic()
    for known in [one for one, (_key, since) in _held.items() if now - since > HELD]:
        _held.pop(known, None)
    held = _held.get((klass, version))
    if held is None:
        held = _held[klass, version] = (_read(klass, version), now)
    return held[0]


def newest(klass: Klass) -> int:
    """As this process knows it; `forget` makes it ask again."""
    if klass not in _newest:
        row = KeyEncryptionKey.objects.filter(klass=klass).order_by("-version").first()
        if row is None:
            raise Refused
        _newest[klass] = row.version
        _held[klass, row.version] = (_opened(row), monotonic())
    return _newest[klass]


def made(klass: Klass, version: int) -> KeyEncryptionKey:
    """A new one, stored."""
    wrapped = crypto.wrap(root.derive("kek"), version, secrets.token_bytes(crypto.KEY), _context(klass, version))
    return KeyEncryptionKey.objects.create(klass=klass, version=version, wrapped=wrapped)


def ensure() -> None:
    """Make those an installation still lacks. Safe to run twice."""
    there = set(KeyEncryptionKey.objects.values_list("klass", flat=True))
    for klass in Klass:
        if klass not in there:
            made(klass, FIRST)


def forget() -> None:
    _held.clear()
    _newest.clear()


def _read(klass: Klass, version: int) -> bytes:
    row = KeyEncryptionKey.objects.filter(klass=klass, version=version).first()
    if row is None:
        raise Refused
    return _opened(row)


def _opened(row: KeyEncryptionKey) -> bytes:
    klass, version = Klass(row.klass), int(row.version)
    return crypto.unwrap(root.derive("kek"), bytes(row.wrapped), _context(klass, version))


def _context(klass: Klass, version: int) -> bytes:
    return f"{klass}|{version}".encode()
