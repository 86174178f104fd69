"""What came after the newest generation of the index: written in the transaction that writes the person, and kept
opened in each process, which reads only the rows it has not seen."""

from array import array
from collections.abc import Collection, Iterable
from datetime import datetime
from threading import Lock
from time import monotonic
from uuid import UUID

from django.db import connection

from kalka.core import commands, root
from kalka.core.errors import AccessDenied
from kalka.core.inserting import insert
from kalka.vault.models import IndexDelta, IndexGeneration, IndexPointer
from kalka.vault.postings import DeltaKey, number_of, token_of

LONG = 20_000  # rows from which on the index is made anew without waiting for the night
LATE = 60.0  # seconds for which a number that was passed over may still turn up: its transaction was not yet over
MOST_LATE = 5_000


def add(person_id: UUID, words: Iterable[str]) -> None:
    """Inside a command. One insert, as a rule."""
    _inside_a_command()
    for sealed in rows(person_id, words):
        insert(IndexDelta(sealed=sealed))


def rows(person_id: UUID, words: Iterable[str]) -> list[bytes]:
    return _key().rows(number_of(person_id), {token_of(word) for word in words})


def length(since: int) -> int:
    """How many rows are in no generation, counted no further than matters."""
    return IndexDelta.objects.filter(id__gt=since)[: LONG + 1].count()


def newest() -> int:
    return IndexDelta.objects.order_by("-id").values_list("id", flat=True).first() or 0


def standing() -> tuple[datetime | None, int]:
    """Since when the generation is read that is read now, and up to where the delta is in it."""
    row = IndexPointer.objects.filter(id=1).values_list("generation__ready_at", "generation__delta_until").first()
    return row or (None, 0)


def outdate(now: datetime) -> None:
    """Inside a command: what is read, and what is being made, holds somebody who is to be in no index any more."""
    _inside_a_command()
    IndexGeneration.objects.filter(replaced_at=None).update(replaced_at=now)


def is_outdated() -> bool:
    return IndexPointer.objects.filter(generation__replaced_at__isnull=False).exists()


def _inside_a_command() -> None:
    if not commands.inside():
        raise AccessDenied("vault.outside_a_command")


def _key() -> DeltaKey:
    return DeltaKey(root.derive("index delta"))


class Delta:
    """The opened rows after a number. As long as the delta is short this is small: some 5 MB for 20,000 rows."""

    def __init__(self, since: int) -> None:
        self.since = since
        self.people: set[int] = set()
        self._numbers: dict[int, array[int]] = {}
        self._seen = since
        self._late: dict[int, float] = {}
        self._lock = Lock()

    def read(self) -> None:
        """What was written since the last time. Numbers are drawn before a transaction ends, so that a smaller one may
        turn up after a greater one: those passed over are asked for again for a while."""
        with self._lock:
            now = monotonic()
            self._late = {seq: until for seq, until in self._late.items() if until > now}
            key = _key()
            for seq, sealed in self._fetched(list(self._late)):
                self._late.pop(seq, None)
                if seq > self._seen:
                    passed = range(max(self._seen + 1, seq - MOST_LATE), seq)
                    self._late |= dict.fromkeys(passed, now + LATE)
                    self._seen = seq
                self._take(*key.open(bytes(sealed)))

    def numbers(self, token: int) -> bytes:
        """As four bytes each."""
        with self._lock:
            found = self._numbers.get(token)
            return found.tobytes() if found else b""

    def _fetched(self, late: Collection[int]) -> list[tuple[int, bytes]]:
        """In their order. On SQLite one transaction writes at a time: none is passed over there but for good."""
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                asked = "SELECT id, sealed FROM vault_indexdelta WHERE id > %s OR id = ANY(%s) ORDER BY id"
                cursor.execute(asked, [self._seen, list(late)])
            else:
                cursor.execute("SELECT id, sealed FROM vault_indexdelta WHERE id > %s ORDER BY id", [self._seen])
            found: list[tuple[int, bytes]] = cursor.fetchall()
            return found

    def _take(self, number: int, tokens: Iterable[int]) -> None:
        self.people.add(number)
        for token in tokens:
            held = self._numbers.get(token)
            if held is None:
                held = self._numbers[token] = array("I")
            held.append(number)
