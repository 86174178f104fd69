"""SQLite: a copy by its own online backup, out of which the keys are taken before it is sealed."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection

from kalka.backups.taken import KEY_TABLES, LEFT_OUT, Taken, chunks, link_of
from kalka.backups.workroom import private

KEYS = (
    "SELECT 'subject', id, subject_id, klass, hex(wrapped) FROM vault_subjectkey"
    " UNION ALL SELECT 'outer', id, version, klass, hex(wrapped) FROM vault_keyencryptionkey"
)


@contextmanager
def taken(room: Path) -> Iterator[Taken]:
    """Both parts come out of one copy, so they are of one moment. VACUUM INTO leaves behind the pages keys were on."""
    whole, keys, bare = room / "whole", room / "keys", room / "bare"
    private(whole).close()
    with closing(sqlite3.connect(whole, isolation_level=None)) as copy:
        connection.ensure_connection()
        connection.connection.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        copy.execute("PRAGMA temp_store=MEMORY")  # else an index would be sorted outside, in the clear
        rows = counts(copy)
        migrations = tuple(copy.execute("SELECT app, name FROM django_migrations ORDER BY id").fetchall())
        head = copy.execute("SELECT position, frontier FROM core_audithead WHERE id = 1").fetchone() or (0, b"")
        rows |= dict.fromkeys(LEFT_OUT, 0)
        with private(keys) as out:
            for row in copy.execute(KEYS):
                out.write("\t".join(map(str, row)).encode() + b"\n")
        for table in (*KEY_TABLES, *LEFT_OUT):
            copy.execute(f"DELETE FROM {table}")
        private(bare).close()
        copy.execute("VACUUM INTO ?", [str(bare)])
    whole.unlink()
    yield Taken("sqlite", migrations, rows, head[0], link_of(*head), lambda: _read(bare), lambda: _read(keys))


def counts(database: sqlite3.Connection) -> dict[str, int]:
    tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    return {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for (name,) in tables.fetchall()}


def _read(path: Path) -> Iterable[bytes]:
    with path.open("rb") as file:
        yield from chunks(file.read)
