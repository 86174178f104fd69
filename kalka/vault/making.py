"""Making the index anew: under a new key, at new addresses, beside the one that is read, and switched to by one update.

Whoever compares two dumps learns nothing of what changed between them. What is written comes in transactions of at most
`ROWS` rows, so that on SQLite nobody's write waits for long. It may be stopped at any point and is gone on with; done
twice it is the same.
"""

import secrets
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from time import sleep

import numpy as np
from django.db import connection, transaction
from numpy.typing import NDArray

from kalka.vault import delta, index
from kalka.vault.crypto import KEY, Refused
from kalka.vault.models import IndexBlock, IndexGeneration, IndexPart, IndexPointer
from kalka.vault.postings import CAPACITY, Key

Pairs = NDArray[np.uint64]  # a token above, a number below
Step = Callable[[int, int], None]  # blocks written, of how many

ROWS = 500  # of one transaction; a thousand is the most
BREATH = 0.01  # seconds between two of them, for those who wait to write
PASS = 12_000_000  # pairs turned round at once: 100 MB
STALE = timedelta(hours=20)  # an unfinished one of before is given up
SETTLING, TRIES = 0.2, 300  # seconds, times


def begun(now: datetime) -> IndexGeneration:
    """The one that was not finished, or a new one. What was written down before it began is in it or in its delta."""
    unfinished = IndexGeneration.objects.filter(ready_at=None, replaced_at=None).order_by("-id").first()
    if unfinished is not None and unfinished.begun_at > now - STALE and _opens(unfinished):
        return unfinished
    until = delta.newest()
    _settle()
    wrapped = index.wrapped_key(secrets.token_bytes(KEY))
    return IndexGeneration.objects.create(wrapped=wrapped, delta_until=until, begun_at=now)


def gathered(generation: IndexGeneration, pairs: Pairs, *, after: str) -> None:
    """Keep what was gathered, sealed, together with where to go on."""
    number = generation.parts
    sealed = _key(generation).seal_part(number, pairs.tobytes())
    with transaction.atomic():
        IndexPart.objects.create(generation=generation, number=number, sealed=sealed)
        generation.after, generation.parts = after, number + 1
        generation.save(update_fields=["after", "parts"])


def written(generation: IndexGeneration, step: Step) -> None:
    """Turn what was gathered round: who holds a token instead of what somebody holds."""
    key = _key(generation)
    there = {bytes(one) for one in IndexBlock.objects.filter(generation=generation).values_list("address", flat=True)}
    counts: Counter[int] = Counter()
    of = 1 + sum(len(part) for part in _parts(generation, key)) // PASS
    done = 0
    for number in range(of):
        blocks = _turned(_pairs(generation, key, number, of), key, counts)
        if number == of - 1:
            blocks |= _directory(counts, key)
        left = sorted(blocks.keys() - there)
        for at in range(0, len(left), ROWS):
            _write(generation, key, {address: blocks[address] for address in left[at : at + ROWS]})
            step(done + at, done + len(left))
        done += len(left)


def switched(generation: IndexGeneration, now: datetime) -> None:
    """From now on this one is read. One update of one row; the rest of the transaction is bookkeeping."""
    with transaction.atomic():
        IndexGeneration.objects.filter(ready_at__isnull=False, replaced_at=None).update(replaced_at=now)
        generation.ready_at = now
        generation.save(update_fields=["ready_at"])
        IndexPointer.objects.update_or_create(id=1, defaults={"generation": generation})


def _key(generation: IndexGeneration) -> Key:
    return index.key_of(bytes(generation.wrapped))


def _opens(generation: IndexGeneration) -> bool:
    try:
        return bool(_key(generation))
    except Refused:
        return False


def _settle() -> None:
    """PostgreSQL: until every transaction is over that may have drawn a number of the delta and written its person
    unseen; the caller's own, where there is one, sees what it wrote. On SQLite one writes at a time."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint,"
            " pg_current_xact_id_if_assigned()::text::bigint"
        )
        began, own = cursor.fetchone()
        upto = min(began, own or began)
        for _ in range(TRIES):
            cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
            if cursor.fetchone()[0] >= upto:
                return
            sleep(SETTLING)
    raise TimeoutError("a transaction that began before does not end")


def _parts(generation: IndexGeneration, key: Key) -> Iterator[Pairs]:
    for number in range(generation.parts):
        sealed = IndexPart.objects.values_list("sealed", flat=True).get(generation=generation, number=number)
        yield np.frombuffer(key.open_part(number, bytes(sealed)), np.uint64)


def _pairs(generation: IndexGeneration, key: Key, number: int, of: int) -> Pairs:
    """Those of every so manieth token, in order, each once."""
    taken = [
        part if of == 1 else part[(part >> np.uint64(32)) % np.uint64(of) == number] for part in _parts(generation, key)
    ]
    return np.unique(np.concatenate(taken)) if taken else np.empty(0, np.uint64)


def _turned(pairs: Pairs, key: Key, counts: Counter[int]) -> dict[bytes, bytes]:
    """What each address is to hold."""
    numbers = (pairs & np.uint64(0xFFFFFFFF)).astype(np.uint32)
    tokens, starts, many = np.unique(pairs >> np.uint64(32), return_index=True, return_counts=True)
    blocks: dict[bytes, bytes] = {}
    for token, start, count in zip(tokens.tolist(), starts.tolist(), many.tolist(), strict=True):
        counts[token] = count
        for part, at in enumerate(range(0, count, CAPACITY)):
            held = numbers[start + at : start + min(at + CAPACITY, count)]
            blocks[key.address(token, part)] = held.tobytes()
    return blocks


def _directory(counts: Counter[int], key: Key) -> dict[bytes, bytes]:
    pairs = np.array(sorted(counts.items()), np.uint32).reshape(-1)
    pieces = [pairs[at : at + CAPACITY] for at in range(0, len(pairs), CAPACITY)]
    return {key.directory_address(part): piece.tobytes() for part, piece in enumerate(pieces)}


def _write(generation: IndexGeneration, key: Key, blocks: dict[bytes, bytes]) -> None:
    """Sealed before the transaction begins."""
    rows = [
        IndexBlock(generation=generation, address=address, sealed=key.seal_block(address, numbers))
        for address, numbers in blocks.items()
    ]
    with transaction.atomic():
        IndexBlock.objects.bulk_create(rows)
    sleep(BREATH)
