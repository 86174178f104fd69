"""Reading the encrypted index: which numbers share the most with what is asked.

What a process keeps opened: the directory of the generation it reads (how many hold each token), the posting lists it
was asked for last, up to `KEPT` bytes, and the delta. Those are lists of numbers under digests; no name, and no id of
anybody, stands in them. They live as long as the process, or until another generation is read.
"""

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from threading import Lock
from typing import Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from kalka.core import root
from kalka.vault import crypto
from kalka.vault.crypto import Refused
from kalka.vault.delta import Delta
from kalka.vault.models import IndexPointer
from kalka.vault.postings import CAPACITY, Key, token_of

Numbers = NDArray[np.uint32]

KEPT = 32 << 20  # bytes of posting lists a process holds opened
AT_ONCE = 500  # addresses of one statement
DIRECTORY = 8  # blocks of the directory asked for at once
EMPTY: Numbers = np.empty(0, np.uint32)


def key_of(wrapped: bytes) -> Key:
    """Raises Refused under another root key."""
    return Key(crypto.unwrap(root.derive("index"), wrapped, b"index"))


def wrapped_key(secret: bytes) -> bytes:
    return crypto.wrap(root.derive("index"), 1, secret, b"index")


class Generation:
    """One generation pinned for a query, with its delta: what is switched meanwhile is read by the next query."""

    def __init__(self, id: int, key: Key | None, delta_until: int) -> None:
        self.id, self._key = id, key
        self.delta = Delta(delta_until)
        self._lists: OrderedDict[int, Numbers] = OrderedDict()
        self._size = 0
        self._lock = Lock()
        self._counts = self._directory()

    @property
    def is_there(self) -> bool:
        """Without one, what is not in the delta is not found."""
        return self._key is not None

    def count(self, token: int) -> int:
        """How many hold the token, those of the delta left out."""
        return self._counts.get(token, 0)

    def lists(self, tokens: Iterable[int]) -> dict[int, Numbers]:
        """The numbers of each token, in their order; those of the delta after them."""
        asked = list(dict.fromkeys(tokens))
        with self._lock:
            found = {token: self._lists[token] for token in asked if token in self._lists}
            for token in found:
                self._lists.move_to_end(token)
        read = self._read([token for token in asked if token not in found and self.count(token)])
        self._keep(read)
        return {token: self._whole(token, found.get(token, read.get(token, EMPTY))) for token in asked}

    def _whole(self, token: int, numbers: Numbers) -> Numbers:
        later = self.delta.numbers(token)
        return np.concatenate([numbers, np.frombuffer(later, np.uint32)]) if later else numbers

    def _read(self, tokens: Sequence[int]) -> dict[int, Numbers]:
        if self._key is None or not tokens:
            return {}
        places = {
            self._key.address(token, part): (token, part)
            for token in tokens
            for part in range(-(-self.count(token) // CAPACITY))
        }
        parts = {places[address]: block for address, block in self._blocks(list(places)).items()}
        if len(parts) < len(places):
            raise Refused
        return {
            token: np.concatenate([parts[token, part] for part in range(-(-self.count(token) // CAPACITY))])
            for token in tokens
        }

    def _keep(self, read: Mapping[int, Numbers]) -> None:
        with self._lock:
            for token, numbers in read.items():
                if token not in self._lists:
                    self._lists[token] = numbers
                    self._size += numbers.nbytes
            while self._size > KEPT and self._lists:
                self._size -= self._lists.popitem(last=False)[1].nbytes

    def _blocks(self, addresses: Sequence[bytes]) -> dict[bytes, Numbers]:
        """Of those addresses where there is a block."""
        assert self._key is not None
        found: dict[bytes, Numbers] = {}
        with connection.cursor() as cursor:
            for at in range(0, len(addresses), AT_ONCE):
                some = list(addresses[at : at + AT_ONCE])
                cursor.execute(*_asked(some))
                for address, sealed in cursor.fetchall():
                    opened = self._key.open_block(bytes(address), bytes(sealed))
                    found[bytes(address)] = np.frombuffer(opened, np.uint32)
        return found

    def _directory(self) -> dict[int, int]:
        """Pairs of a token and how many hold it."""
        counts: dict[int, int] = {}
        part = 0
        while self._key is not None:
            addresses = [self._key.directory_address(one) for one in range(part, part + DIRECTORY)]
            found = self._blocks(addresses)
            for pairs in found.values():
                counts |= dict(zip(pairs[::2].tolist(), pairs[1::2].tolist(), strict=True))
            if len(found) < DIRECTORY:
                break
            part += DIRECTORY
        return counts


def _asked(addresses: list[bytes]) -> tuple[str, Any]:
    if connection.vendor == "postgresql":
        return "SELECT address, sealed FROM vault_indexblock WHERE address = ANY(%s)", [addresses]
    holes = ", ".join(["%s"] * len(addresses))
    return f"SELECT address, sealed FROM vault_indexblock WHERE address IN ({holes})", addresses


_current: Generation | None = None
_lock = Lock()


def pinned() -> Generation:
    """The generation that is read now, with all that was written until now. Two statements once it is known."""
    global _current
    row = IndexPointer.objects.filter(id=1).values_list(
        "generation_id", "generation__wrapped", "generation__delta_until"
    )
    id, wrapped, until = row.first() or (0, b"", 0)
    with _lock:
        here = _current
    if here is None or here.id != id:
        here = _made(id, bytes(wrapped), until)
        with _lock:
            _current = here
    here.delta.read()
    return here


def _made(id: int, wrapped: bytes, until: int) -> Generation:
    """Under another root key there is none: it is made anew."""
    if id:
        try:
            return Generation(id, key_of(wrapped), until)
        except Refused:
            pass
    return Generation(id, None, until)


def forget() -> None:
    """For tests, and after a restore."""
    global _current
    with _lock:
        _current = None


def tokens_of(words: Iterable[str]) -> list[int]:
    return [token_of(word) for word in words]
