"""How often programs may ask: so many requests a minute of a token, so many wrong ones of an address. Counted in the
memory of each process, nothing of it is written; a token that was right lately is never stopped by what others send
from the same address."""

from collections import OrderedDict
from collections.abc import Callable
from hashlib import blake2b
from secrets import token_bytes
from threading import Lock
from time import monotonic

from django.conf import settings

MINUTE = 60.0
MOST = 10_000  # that are remembered at once


class Pace:
    """Counts by the minute that began with the first. The oldest is forgotten when there are too many."""

    def __init__(self, most: int, clock: Callable[[], float] = monotonic) -> None:
        self._most, self._clock = most, clock
        self._seen: OrderedDict[bytes, tuple[float, int]] = OrderedDict()
        self._lock, self._salt = Lock(), token_bytes(16)

    def count(self, who: str) -> None:
        key, now = self._key(who), self._clock()
        with self._lock:
            begun, times = self._seen.pop(key, (now, 0))
            self._seen[key] = (begun, times + 1) if now - begun < MINUTE else (now, 1)
            if len(self._seen) > MOST:
                self._seen.popitem(last=False)

    def wait(self, who: str) -> int:
        """Seconds until it may ask again; 0 now."""
        begun, times = self._seen.get(self._key(who), (0.0, 0))
        left = begun + MINUTE - self._clock()
        return int(left) + 1 if times >= self._most and left > 0 else 0

    def knows(self, who: str) -> bool:
        return self._key(who) in self._seen

    def forget(self) -> None:
        self._seen.clear()

    def _key(self, who: str) -> bytes:
        return blake2b(who.encode(), key=self._salt, digest_size=16).digest()


TOKENS, STRANGERS = Pace(settings.PACE_OF_A_TOKEN), Pace(settings.PACE_OF_STRANGERS)


def wait(token: str, address: str) -> int:
    """Before anything is looked up. A token this process has found right is asked about itself alone."""
    if token and TOKENS.knows(token):
        return TOKENS.wait(token)
    return STRANGERS.wait(address)


def asked(token: str, address: str, *, right: bool) -> None:
    if right:
        TOKENS.count(token)
    else:
        STRANGERS.count(address)
