"""Onto a bare folder: the database is filled beside its place and put there when every row has been counted."""

import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from django.conf import settings

from kalka.backups import from_sqlite, workroom
from kalka.backups.sealing import Stream
from kalka.backups.taken import KeyRow, Lines
from kalka.core.errors import DomainError

# What may stand in the folder already: the root key, and what is built anew.
INNOCENT = {"static", "root.key", workroom.NAME}
BATCH = 5_000
SUBJECTS = "INSERT INTO vault_subjectkey (id, subject_id, klass, wrapped) VALUES (?, ?, ?, ?)"
OUTER = "INSERT INTO vault_keyencryptionkey (id, version, klass, wrapped) VALUES (?, ?, ?, ?)"


def refuse_unless_bare() -> None:
    folder: Path = settings.DATA
    key = Path(settings.ROOT_KEY_FILE)
    found = {one.name for one in folder.iterdir()} if folder.is_dir() else set()
    if found - INNOCENT - ({key.name} if key.parent == folder else set()):
        raise DomainError("backups.target_taken")


def fill(data: Stream, keys: Stream, expected: Mapping[str, int]) -> None:
    """Nothing is left in the folder when a stream turns out to be altered or a row is missing."""
    place = Path(str(settings.DATABASES["default"]["NAME"]))
    with workroom.entered(settings.DATA) as room:
        half = room / "half"
        with workroom.private(half) as file:
            data.pour(file.write)
            workroom.settle(file)
        with closing(sqlite3.connect(half)) as database:
            _insert(database, keys)
            _examine(database, expected)
        half.replace(place)
        workroom.settle_folder(place.parent)
    shutil.rmtree(settings.DATA / workroom.NAME, ignore_errors=True)


def _insert(database: sqlite3.Connection, keys: Stream) -> None:
    waiting: dict[str, list[tuple[object, ...]]] = {SUBJECTS: [], OUTER: []}

    def write() -> None:
        for statement, rows in waiting.items():
            database.executemany(statement, rows)
            rows.clear()

    def take(row: KeyRow) -> None:
        rows = waiting[SUBJECTS if row.is_subject else OUTER]
        rows.append((row.id, row.of, row.klass, row.wrapped))
        if len(rows) >= BATCH:
            write()

    database.execute("PRAGMA temp_store=MEMORY")
    keys.pour(Lines(take))
    write()
    database.commit()


def _examine(database: sqlite3.Connection, expected: Mapping[str, int]) -> None:
    if database.execute("PRAGMA integrity_check").fetchone() != ("ok",):
        raise DomainError("backups.counts_differ")
    if from_sqlite.counts(database) != dict(expected):
        raise DomainError("backups.counts_differ")
