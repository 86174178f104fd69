"""The bytes of a sealed value. Pure: keys and context in, bytes out."""

import hmac
import os
import struct

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

FORMAT = 1
KEY, NONCE, TAG, COMMITMENT = 32, 12, 16, 16
BUCKETS = (32, 64, 128, 256, 512)
LARGE = 1024
HEAD = struct.Struct(">I")


class Refused(Exception):
    """A ciphertext that was altered, cut, moved or made for another key. It never says which."""


def padded(data: bytes) -> bytes:
    """Length first, zeros to the next bucket: a name of 1 to 27 bytes has one length."""
    size = len(data) + HEAD.size
    bucket = next((b for b in BUCKETS if size <= b), -(-size // LARGE) * LARGE)
    return HEAD.pack(len(data)) + data + bytes(bucket - size)


def unpadded(data: bytes) -> bytes:
    (length,) = HEAD.unpack_from(data)
    if length > len(data) - HEAD.size:
        raise Refused
    return data[HEAD.size : HEAD.size + length]


def seal(key: bytes, data: bytes, context: bytes) -> bytes:
    nonce = os.urandom(NONCE)
    return bytes([FORMAT]) + nonce + AESGCM(key).encrypt(nonce, padded(data), context + bytes([FORMAT]))


def unseal(key: bytes, sealed: bytes, context: bytes) -> bytes:
    if len(sealed) < 1 + NONCE + TAG + BUCKETS[0] or sealed[0] != FORMAT:
        raise Refused
    nonce, body = sealed[1 : 1 + NONCE], sealed[1 + NONCE :]
    try:
        return unpadded(AESGCM(key).decrypt(nonce, body, context + bytes([FORMAT])))
    except InvalidTag:
        raise Refused from None


def wrap(outer: bytes, version: int, key: bytes, context: bytes) -> bytes:
    """A data key under a key-encryption key: format, version, nonce, ciphertext, commitment (79 bytes)."""
    nonce = os.urandom(NONCE)
    body = AESGCM(outer).encrypt(nonce, key, _wrap_context(version, context))
    return head(version) + nonce + body + commitment(key)


def head(version: int) -> bytes:
    """How every data key under this version begins."""
    return struct.pack(">BH", FORMAT, version)


def wrapped_version(wrapped: bytes) -> int:
    if len(wrapped) != 3 + NONCE + KEY + TAG + COMMITMENT or wrapped[0] != FORMAT:
        raise Refused
    return int(struct.unpack_from(">BH", wrapped)[1])


def unwrap(outer: bytes, wrapped: bytes, context: bytes) -> bytes:
    version = wrapped_version(wrapped)
    nonce, rest = wrapped[3 : 3 + NONCE], wrapped[3 + NONCE :]
    body, promised = rest[:-COMMITMENT], rest[-COMMITMENT:]
    try:
        key = AESGCM(outer).decrypt(nonce, body, _wrap_context(version, context))
    except InvalidTag:
        raise Refused from None
    if not hmac.compare_digest(commitment(key), promised):
        raise Refused
    return key


def commitment(key: bytes) -> bytes:
    """AES-GCM alone lets one ciphertext open under two keys; this binds the wrapped key to one."""
    return hmac.digest(key, b"commit-v1", "sha256")[:COMMITMENT]


def _wrap_context(version: int, context: bytes) -> bytes:
    return b"kek|" + str(version).encode() + b"|" + context
