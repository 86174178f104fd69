"""Putting a pair of streams back where nothing is. Everything is examined before anything is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from pyrage.x25519 import Identity

from kalka.backups import onto_postgres, onto_sqlite, services
from kalka.backups.head import DATA, KEYS, Head, root_mark
from kalka.backups.rules import is_late
from kalka.backups.sealing import Stream
from kalka.backups.taken import Lines
from kalka.core import chain, verifying
from kalka.core.actors import SYSTEM
from kalka.core.errors import DomainError
from kalka.core.verifying import Fault


@dataclass(frozen=True, slots=True)
class Restored:
    at: datetime  # the moment of the data
    rows: int
    entries: int  # of the record
    fault: Fault | None  # the record was not whole when the backup was made
    ended: int  # sessions and tokens that still ran then
    late: bool  # older than a backup may be


def restore(paths: Sequence[Path], identities: Sequence[Identity], *, newer_keys: bool, now: datetime) -> Restored:
    """Refuses one stream alone, two of different moments, another root key, a later version, altered or cut bytes,
    and a place where something is.

    `newer_keys`: keys made after the data are good as well; files whose keys were destroyed since then stay shut.
    """
    data, keys = _pair([Stream(path, identities) for path in paths])
    _refuse_strangers(data.head, keys.head, newer_keys)
    target = onto_postgres if connection.vendor == "postgresql" else onto_sqlite
    target.refuse_unless_bare()
    _refuse_later_version(data.head)
    _examine(data, keys)
    target.fill(data, keys, {**data.head.rows, **keys.head.rows})
    return _settled(data.head, keys.head, now)


def _pair(streams: Sequence[Stream]) -> tuple[Stream, Stream]:
    """Which is which is written in them, in whatever order they were named."""
    by_kind = {stream.head.kind: stream for stream in streams}
    if by_kind.keys() != {DATA, KEYS}:
        raise DomainError("backups.both_needed")
    return by_kind[DATA], by_kind[KEYS]


def _refuse_strangers(data: Head, keys: Head, newer_keys: bool) -> None:
    if data.root != root_mark(data.pair) or keys.root != root_mark(keys.pair):
        raise DomainError("backups.other_root_key")
    if data.pair == keys.pair:
        return
    if keys.at < data.at or not newer_keys:
        raise DomainError("backups.other_moment", data=data.at, keys=keys.at)


def _refuse_later_version(data: Head) -> None:
    if data.engine != connection.vendor:
        raise DomainError("backups.other_engine")
    known = MigrationLoader(None).disk_migrations
    if any(step not in known for step in data.migrations):
        raise DomainError("backups.newer_version")


def _examine(data: Stream, keys: Stream) -> None:
    """To the last byte, before the first is written."""
    if data.head.pair == keys.head.pair and data.sha256() != keys.head.data_sha256:
        raise DomainError("backups.altered", name=data.path.name)
    data.pour(lambda _block: None)
    lines = Lines(lambda _row: None)
    keys.pour(lines)
    if lines.count != keys.head.total:
        raise DomainError("backups.altered", name=keys.path.name)


def _settled(data: Head, keys: Head, now: datetime) -> Restored:
    call_command("migrate", verbosity=0, interactive=False)
    chain.adopt()
    verdict = verifying.verify()
    ended = services.begin_again(SYSTEM, now=now)
    return Restored(data.at, data.total + keys.total, verdict.sealed, verdict.fault, len(ended), is_late(data.at, now))
