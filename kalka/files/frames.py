"""The bytes of a sealed file: frames of one length, each bound to its file, its place, the number of frames and whether
it is the last. Cut, reordered, repeated, spliced or flipped, it does not open at all: nothing is released in part.
"""

import hmac
import os
from collections.abc import Iterator, Sequence
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kalka.vault.crypto import FORMAT, NONCE, Refused

FRAME = 64 * 1024
EXACT = 8  # up to here the number of frames is told as it is; above, in steps of as many


def count(size: int) -> int:
    """How many frames a content of this size takes: its length is told in steps of 64 KiB, then of 512 KiB."""
    needed = max(1, -(-size // FRAME))
    return needed if needed <= EXACT else -(-needed // EXACT) * EXACT


def seal(key: bytes, id: UUID, content: bytes) -> Iterator[bytes]:
    """The sealed frames in order, the content padded with zeros to fill the last."""
    frames, cipher = count(len(content)), AESGCM(_file_key(key, id))
    for index in range(frames):
        part = content[index * FRAME : (index + 1) * FRAME].ljust(FRAME, b"\0")
        nonce = os.urandom(NONCE)
        yield bytes([FORMAT]) + nonce + cipher.encrypt(nonce, part, _context(id, index, frames))


def unseal(key: bytes, id: UUID, frames: Sequence[bytes], size: int) -> bytes:
    """The whole content. Raises Refused unless every frame is there, whole, in order and its own."""
    if size < 0 or len(frames) != count(size):
        raise Refused
    cipher = AESGCM(_file_key(key, id))
    content = b"".join(_open(cipher, frame, _context(id, i, len(frames))) for i, frame in enumerate(frames))
    if any(content[size:]):
        raise Refused
    return content[:size]


def _open(cipher: AESGCM, frame: bytes, context: bytes) -> bytes:
    if len(frame) < 1 + NONCE or frame[0] != FORMAT:
        raise Refused
    try:
        return cipher.decrypt(frame[1 : 1 + NONCE], frame[1 + NONCE :], context)
    except InvalidTag:
        raise Refused from None


def _file_key(key: bytes, id: UUID) -> bytes:
    """Every file has its own key, so that nonces of different files never meet."""
    return hmac.digest(key, b"kalka|file|" + id.bytes, "sha256")


def _context(id: UUID, index: int, frames: int) -> bytes:
    last = index == frames - 1
    return f"kalka|files.frame|{id}|{index}|{frames}|{int(last)}|{FORMAT}".encode()
