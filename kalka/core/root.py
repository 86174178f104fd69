"""The root key: outside the database, read once, and everything else derived from it by name."""

import os
import secrets
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from kalka.core.errors import DomainError

LENGTH = 32


@cache
def _root() -> bytes:
    path = Path(settings.ROOT_KEY_FILE)
    if not path.exists():
        raise DomainError("core.root_key_missing")
    if others_may_read(path):
        raise DomainError("core.root_key_readable_by_others")
    key = path.read_bytes()
    if not usable(key):
        raise DomainError("core.root_key_unusable")
    return key


def usable(key: bytes) -> bool:
    """As long as a key is, and not one byte again and again."""
    return len(key) == LENGTH and len(set(key)) >= 8


def others_may_read(path: Path) -> bool:
    """A system credential shows a group that is only the mask of its access list; any other file must be 0400."""
    handed_over = os.environ.get("CREDENTIALS_DIRECTORY", "")
    allowed = 0o740 if handed_over and path.resolve().is_relative_to(Path(handed_over).resolve()) else 0o700
    return bool(path.stat().st_mode & 0o777 & ~allowed)


def derive(purpose: str) -> bytes:
    """A 32-byte key for one purpose. Refuses a root key that is missing, readable by others or not random."""
    return _derive(purpose)


@cache
def _derive(purpose: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=LENGTH, salt=None, info=b"kalka|" + purpose.encode()).derive(_root())


def whole() -> bytes:
    """The key itself, for whoever parts it among holders. Everybody else derives."""
    return _root()


def create(path: Path) -> None:
    """Make a new root key, readable by its owner alone. Refuses to overwrite one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_bytes(LENGTH))


def forget() -> None:
    """Drop what was read; for tests and key changes."""
    _root.cache_clear()
    _derive.cache_clear()
