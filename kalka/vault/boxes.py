"""Boxes that only one private key opens (X25519, HKDF-SHA256, AES-256-GCM). Whoever has the public key may seal one,
and cannot open it. Pure: keys and context in, bytes out."""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from kalka.vault.crypto import BUCKETS, FORMAT, KEY, NONCE, TAG, Refused, padded, unpadded


def pair() -> tuple[bytes, bytes]:
    """The private key, and the public one."""
    made = X25519PrivateKey.generate()
    return made.private_bytes_raw(), made.public_key().public_bytes_raw()


def seal(public: bytes, data: bytes, context: bytes) -> bytes:
    """Format, a public key drawn for this box alone, ciphertext of the data padded to a bucket."""
    once = X25519PrivateKey.generate()
    mine = once.public_key().public_bytes_raw()
    key, nonce = _derived(once.exchange(X25519PublicKey.from_public_bytes(public)), mine, public)
    return bytes([FORMAT]) + mine + AESGCM(key).encrypt(nonce, padded(data), _bound(context))


def unseal(private: bytes, box: bytes, context: bytes) -> bytes:
    if len(box) < 1 + KEY + BUCKETS[0] + TAG or box[0] != FORMAT:
        raise Refused
    theirs, body = box[1 : 1 + KEY], box[1 + KEY :]
    mine = X25519PrivateKey.from_private_bytes(private)
    try:
        shared = mine.exchange(X25519PublicKey.from_public_bytes(theirs))
        key, nonce = _derived(shared, theirs, mine.public_key().public_bytes_raw())
        return unpadded(AESGCM(key).decrypt(nonce, body, _bound(context)))
    except (InvalidTag, ValueError):  # the latter for a public key that gives nothing to agree on
        raise Refused from None


def _derived(shared: bytes, once: bytes, to: bytes) -> tuple[bytes, bytes]:
    """A key and a nonce that are used once: both public keys are part of what they are made of."""
    made = HKDF(algorithm=SHA256(), length=KEY + NONCE, salt=None, info=b"kalka|box|" + once + to).derive(shared)
    return made[:KEY], made[KEY:]


def _bound(context: bytes) -> bytes:
    return b"kalka|box|" + bytes([FORMAT]) + context
