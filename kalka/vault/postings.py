"""The bytes of the encrypted index: blocks of numbers at addresses nobody can guess, and rows of one length for what
came after. Pure.

A token is a word of the index ("a name holds these three letters"); a number is the first 32 bits of a person's random
id. One block holds up to `CAPACITY` numbers of one token and is always of one length, so that whoever has the tables
alone sees how many blocks there are and nothing else: not which belong together, nor how full they are.
"""

import hmac
import os
import struct
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kalka.vault.crypto import NONCE, Refused

FORMAT = 1
CAPACITY = 960  # numbers of a block: two sealed blocks fit on a page of PostgreSQL, one on a page of SQLite
ADDRESS = 16
_COUNT = struct.Struct("<I")
BLOCK = _COUNT.size + 4 * CAPACITY
TOKENS = 60  # of a row of the delta; who has more gets another row
_ROW = struct.Struct("<IB")
_DELTA = b"kalka|index delta|"


def token_of(word: str) -> int:
    """A token as 32 bits. Two words on one token only find too many, and whatever is found is opened and compared."""
    return int.from_bytes(blake2b(word.encode(), digest_size=4).digest(), "little")


def number_of(person_id: UUID) -> int:
    """In the order of the ids: those of one number lie side by side in the key of the table."""
    return person_id.int >> 96


def span_of(number: int) -> tuple[UUID, UUID]:
    """The first and the last id that has the number."""
    return UUID(int=number << 96), UUID(int=(number << 96) | ((1 << 96) - 1))


@dataclass(frozen=True)
class Key:
    """The key of one generation: one half makes addresses, the other seals."""

    secret: bytes = field(repr=False)

    @cached_property
    def _addresses(self) -> bytes:
        return hmac.digest(self.secret, b"addresses", "sha256")

    @cached_property
    def _cipher(self) -> AESGCM:
        return AESGCM(hmac.digest(self.secret, b"blocks", "sha256"))

    def address(self, token: int, part: int) -> bytes:
        """Of the `part`th block of a token. Under another key it is another one."""
        return hmac.digest(self._addresses, b"token" + struct.pack("<II", token, part), "sha256")[:ADDRESS]

    def directory_address(self, part: int) -> bytes:
        return hmac.digest(self._addresses, b"directory" + _COUNT.pack(part), "sha256")[:ADDRESS]

    def seal_block(self, address: bytes, numbers: bytes) -> bytes:
        """At most CAPACITY numbers of four bytes, bound to the address."""
        if len(numbers) > 4 * CAPACITY or len(numbers) % 4:
            raise ValueError("more than a block holds")
        return self._sealed((_COUNT.pack(len(numbers) // 4) + numbers).ljust(BLOCK, b"\0"), address)

    def open_block(self, address: bytes, sealed: bytes) -> bytes:
        """Raises Refused for bytes that were altered or moved."""
        opened = self._opened(sealed, address)
        (count,) = _COUNT.unpack_from(opened)
        return opened[_COUNT.size : _COUNT.size + 4 * count]

    def seal_part(self, number: int, data: bytes) -> bytes:
        """What was gathered, until it is turned round into blocks."""
        return self._sealed(data, b"part" + _COUNT.pack(number))

    def open_part(self, number: int, sealed: bytes) -> bytes:
        return self._opened(sealed, b"part" + _COUNT.pack(number))

    def _sealed(self, data: bytes, context: bytes) -> bytes:
        return _seal(self._cipher, data, context)

    def _opened(self, sealed: bytes, context: bytes) -> bytes:
        return _open(self._cipher, sealed, context)


class DeltaKey:
    """Seals the rows of what came after the newest generation: one length, whatever is in them."""

    def __init__(self, secret: bytes) -> None:
        self._cipher = AESGCM(secret)

    def rows(self, number: int, tokens: Collection[int]) -> list[bytes]:
        """One row, as a rule."""
        told = sorted(tokens)
        pieces = [told[at : at + TOKENS] for at in range(0, len(told), TOKENS)] or [[]]
        return [_seal(self._cipher, self._row(number, piece), _DELTA) for piece in pieces]

    def open(self, sealed: bytes) -> tuple[int, Sequence[int]]:
        opened = _open(self._cipher, sealed, _DELTA)
        number, count = _ROW.unpack_from(opened)
        return number, struct.unpack_from(f"<{count}I", opened, _ROW.size)

    def _row(self, number: int, tokens: Sequence[int]) -> bytes:
        told = _ROW.pack(number, len(tokens)) + struct.pack(f"<{len(tokens)}I", *tokens)
        return told.ljust(_ROW.size + 4 * TOKENS, b"\0")


def _seal(cipher: AESGCM, data: bytes, context: bytes) -> bytes:
    nonce = os.urandom(NONCE)
    return bytes([FORMAT]) + nonce + cipher.encrypt(nonce, data, context)


def _open(cipher: AESGCM, sealed: bytes, context: bytes) -> bytes:
    if len(sealed) < 1 + NONCE or sealed[0] != FORMAT:
        raise Refused
    try:
        return cipher.decrypt(sealed[1 : 1 + NONCE], sealed[1 + NONCE :], context)
    except InvalidTag:
        raise Refused from None
