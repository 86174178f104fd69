"""Signed notes in the text form of C2SP: what is said, an empty line, and who signed it (Ed25519).

Tools that read the checkpoints of transparency logs read them too.
"""

from base64 import b64decode, b64encode
from binascii import Error
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from kalka.core.errors import DomainError

ED25519 = b"\1"
DASH = "— "
LONGEST = 100_000


def sign(text: str, name: str, seed: bytes) -> str:
    """`text` ends with a line break."""
    signer = Ed25519PrivateKey.from_private_bytes(seed)
    signature = _id(name, _raw(signer)) + signer.sign(text.encode())
    return f"{text}\n{DASH}{name} {b64encode(signature).decode()}\n"


def verifier(name: str, seed: bytes) -> str:
    """The public key as other tools take it: name+id+key."""
    raw = _raw(Ed25519PrivateKey.from_private_bytes(seed))
    return f"{name}+{_id(name, raw).hex()}+{b64encode(ED25519 + raw).decode()}"


def opened(note: str, verifier: str) -> str:
    """The text, if the owner of the key signed it. Refuses "core.note_unreadable" and "core.note_not_ours"."""
    try:
        name, id, key = verifier.strip().split("+", 2)
        raw = b64decode(key, validate=True)[1:]
        text, lines = _parts(note)
        for line in lines:
            by, _space, signature = line.removeprefix(DASH).rpartition(" ")
            signed = b64decode(signature, validate=True)
            if by == name and signed[:4].hex() == id and _id(name, raw) == signed[:4]:
                Ed25519PublicKey.from_public_bytes(raw).verify(signed[4:], text.encode())
                return text
    except InvalidSignature:
        raise DomainError("core.note_not_ours") from None
    except (ValueError, Error):
        raise DomainError("core.note_unreadable") from None
    raise DomainError("core.note_not_ours")


def _parts(note: str) -> tuple[str, list[str]]:
    text, empty, signatures = note.replace("\r\n", "\n").rpartition(f"\n\n{DASH}")
    lines = [DASH + line.removeprefix(DASH) for line in signatures.splitlines() if line]
    if not empty or not lines or len(note) > LONGEST:
        raise ValueError
    return text + "\n", lines


def _raw(signer: Ed25519PrivateKey) -> bytes:
    return signer.public_key().public_bytes_raw()


def _id(name: str, raw: bytes) -> bytes:
    return sha256(name.encode() + b"\n" + ED25519 + raw).digest()[:4]
