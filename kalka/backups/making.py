"""Making one pair of streams: taken at one moment, sealed while it is read, in the folder whole or not at all."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from errno import EDQUOT, EFBIG, ENOSPC
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from pyrage.x25519 import Recipient

from kalka.backups import folder, from_postgres, from_sqlite, sealing, workroom
from kalka.backups.folder import Pair, Receiving, Sealed
from kalka.backups.head import DATA, KEYS, Head, root_mark
from kalka.backups.taken import KEY_TABLES, Taken
from kalka.core.errors import DomainError
from kalka.core.refs import new_id

FULL = (ENOSPC, EDQUOT, EFBIG)  # the last where a disk takes no file so large


@dataclass(frozen=True, slots=True)
class Made:
    pair: Pair
    rows: int


def make(to: Path, recipients: Iterable[str], *, now: datetime) -> Made:
    """Refuses without a recipient, without a folder, while another is being made, and on a full disk."""
    keys = sealing.recipients(recipients)
    at = now.replace(microsecond=0)
    with _disk_full_said(), workroom.entered(settings.DATA) as room, folder.receiving(to, settings.DATA) as place:
        with _taken(room) as taken:
            return _sealed(taken, place, keys, at)


def prune(to: Path, *, data_days: int, now: datetime) -> int:
    """How many streams had expired and went. Also when no new one could be made: keys must not be kept for longer."""
    if not to.is_dir():
        return 0
    try:
        with workroom.held(to):
            return folder.prune(to, now, data_days=data_days)
    except DomainError:
        return 0  # whoever is there now prunes as well


def _taken(room: Path) -> Any:
    return from_postgres.taken(room) if connection.vendor == "postgresql" else from_sqlite.taken(room)


def _sealed(taken: Taken, place: Receiving, to: Sequence[Recipient], at: datetime) -> Made:
    heads = _heads(taken, at)
    data = _write(place, heads(DATA), taken.data(), to)
    keys = _write(place, heads(KEYS, data.sha256), taken.keys(), to)
    pair = Pair(at, data, keys)
    place.publish(pair)
    return Made(pair, sum(taken.rows.values()))


def _write(place: Receiving, head: Head, blocks: Iterable[bytes], to: Sequence[Recipient]) -> Sealed:
    name = folder.name_of(head.kind, head.at)
    with place.part(name) as file:
        written = sealing.seal(_after(head.line(), blocks), file, to)
    return Sealed(name, written.size, written.sha256)


def _after(line: bytes, blocks: Iterable[bytes]) -> Iterator[bytes]:
    yield line
    yield from blocks


def _heads(taken: Taken, at: datetime) -> Any:
    pair = new_id().hex

    def head(kind: str, data_sha256: str = "") -> Head:
        rows: Mapping[str, int] = {
            table: count for table, count in taken.rows.items() if (table in KEY_TABLES) == (kind == KEYS)
        }
        return Head(
            kind=kind,
            pair=pair,
            at=at,
            engine=taken.engine,
            migrations=taken.migrations,
            rows=rows,
            position=taken.position,
            link=taken.link,
            root=root_mark(pair),
            data_sha256=data_sha256,
        )

    return head


@contextmanager
def _disk_full_said() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise DomainError("backups.disk_full") from error
        raise
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
            raise DomainError("backups.disk_full") from error
        raise
