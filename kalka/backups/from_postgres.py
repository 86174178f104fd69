"""PostgreSQL: one exported snapshot, seen by pg_dump for the data and by ourselves for the keys."""

import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from kalka.backups import programs
from kalka.backups.taken import KEY_TABLES, LEFT_OUT, Taken, chunks, link_of
from kalka.core.errors import DomainError

KEYS = """COPY (
SELECT 'subject', id, replace(subject_id::text, '-', ''), klass, encode(wrapped, 'hex') FROM vault_subjectkey
UNION ALL SELECT 'outer', id, version::text, klass, encode(wrapped, 'hex') FROM vault_keyencryptionkey
) TO STDOUT"""


@contextmanager
def taken(room: Path) -> Iterator[Taken]:
    """Nothing of it touches the disk here. Refuses where there is no pg_dump for this server."""
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot(), current_setting('server_version_num')::int / 10000")
        snapshot, server = cursor.fetchone()
        dump = programs.find("pg_dump", server)
        cursor.execute("SELECT app, name FROM django_migrations ORDER BY id")
        migrations = tuple(cursor.fetchall())
        cursor.execute("SELECT position, frontier FROM core_audithead WHERE id = 1")
        position, frontier = cursor.fetchone() or (0, b"")
        rows = counts(cursor) | dict.fromkeys(LEFT_OUT, 0)
        yield Taken(
            "postgresql",
            migrations,
            rows,
            position,
            link_of(position, bytes(frontier)),
            lambda: _dumped(dump, snapshot),
            lambda: _copied(cursor),
        )


def counts(cursor: Any) -> dict[str, int]:
    found = {}
    for name in sorted(connection.introspection.table_names(cursor)):
        cursor.execute(f'SELECT count(*) FROM "{name}"')
        found[name] = cursor.fetchone()[0]
    return found


def _dumped(program: Path, snapshot: str) -> Iterable[bytes]:
    words = ["--format=custom", "--no-owner", "--no-privileges", "--no-password", f"--snapshot={snapshot}"]
    words.append("--enable-row-security")  # every row all the same: see the surroundings
    words += [f"--exclude-table-data=public.{table}" for table in (*KEY_TABLES, *LEFT_OUT)]
    # Its complaints may repeat what stands in a row: they are not kept.
    dump = subprocess.Popen(
        [program, *words],
        env=programs.surroundings(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert dump.stdout is not None
    try:
        yield from chunks(dump.stdout.read)
        if dump.wait():
            raise DomainError("backups.dump_failed", program=program.name)
    finally:
        dump.stdout.close()
        if dump.poll() is None:
            dump.kill()
            dump.wait()


def _copied(cursor: Any) -> Iterable[bytes]:
    with cursor.copy(KEYS) as copy:
        for block in copy:
            yield bytes(block)
