"""A root key at rest under a passphrase (Argon2id, then AES-256-GCM), where the key must lie beside its data."""

import os
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from kalka.core.errors import DomainError

MAGIC = b"KALKA-ROOT-1\n"
SALT, NONCE = 16, 12
MEMORY_KIB, PASSES, LANES = 64 * 1024, 3, 1
SHORTEST = 12  # characters of a passphrase


def is_wrapped(data: bytes) -> bool:
    return data.startswith(MAGIC)


def wrap(key: bytes, passphrase: str) -> bytes:
    if len(passphrase) < SHORTEST:
        raise DomainError("core.passphrase_short", least=SHORTEST)
    salt, nonce = os.urandom(SALT), os.urandom(NONCE)
    return MAGIC + salt + nonce + AESGCM(_stretched(passphrase, salt)).encrypt(nonce, key, MAGIC)


def unwrap(data: bytes, passphrase: str) -> bytes:
    body = data[len(MAGIC) :]
    salt, nonce, sealed = body[:SALT], body[SALT : SALT + NONCE], body[SALT + NONCE :]
    try:
        return AESGCM(_stretched(passphrase, salt)).decrypt(nonce, sealed, MAGIC)
    except InvalidTag:
        raise DomainError("core.passphrase_wrong") from None


def in_memory(key: bytes) -> str:
    """A path to the key that is on no disk: it lives as long as this process and is read by its children."""
    handle = os.memfd_create("kalka-root")
    os.fchmod(handle, 0o600)
    os.write(handle, key)
    return f"/proc/{os.getpid()}/fd/{handle}"


def rewrite(path: Path, data: bytes) -> None:
    """Replace a key file whole or not at all."""
    beside = path.with_suffix(".new")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def _stretched(passphrase: str, salt: bytes) -> bytes:
    return Argon2id(salt=salt, length=32, iterations=PASSES, lanes=LANES, memory_cost=MEMORY_KIB).derive(
        passphrase.encode()
    )
