"""Onto an empty database of PostgreSQL: the data in one transaction of pg_restore, then the keys in one of ours."""

import subprocess
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from kalka.backups import from_postgres, programs
from kalka.backups.sealing import Stream
from kalka.backups.taken import KEY_TABLES, KeyRow, Lines
from kalka.core.errors import DomainError

TAKEN = """SELECT EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema' AND c.relkind IN ('r', 'p', 'v', 'm', 'S'))"""


def refuse_unless_bare() -> None:
    with connection.cursor() as cursor:
        cursor.execute(TAKEN)
        if cursor.fetchone()[0]:
            raise DomainError("backups.target_taken")


def fill(data: Stream, keys: Stream, expected: Mapping[str, int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int / 10000")
        (server,) = cursor.fetchone()
    _restored(data, server)
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE vault_subjectkey NO FORCE ROW LEVEL SECURITY")  # which COPY does not go through
        _insert(cursor, keys)
        cursor.execute("ALTER TABLE vault_subjectkey FORCE ROW LEVEL SECURITY")
        if from_postgres.counts(cursor) != dict(expected):
            raise DomainError("backups.counts_differ")


def _restored(data: Stream, server: int) -> None:
    """A stream that turns out to be altered ends the program before it commits."""
    program = programs.find("pg_restore", server)
    words = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", "--no-password"]
    words.append(f"--dbname={connection.settings_dict['NAME']}")
    restore = subprocess.Popen(
        [program, *words],
        env=programs.surroundings(),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,  # its complaints may repeat a row
    )
    assert restore.stdin is not None
    try:
        data.pour(restore.stdin.write)
        restore.stdin.close()
    except BrokenPipeError:
        pass  # it gave up; its exit code says so
    except BaseException:
        restore.kill()
        raise
    finally:
        failed = restore.wait()
    if failed:
        raise DomainError("backups.restore_failed", program=program.name)


def _insert(cursor: Any, keys: Stream) -> None:
    outer: list[KeyRow] = []
    with cursor.copy("COPY vault_subjectkey (id, subject_id, klass, wrapped) FROM STDIN") as copy:

        def take(row: KeyRow) -> None:
            if row.is_subject:
                copy.write_row((row.id, UUID(row.of), row.klass, row.wrapped))
            else:
                outer.append(row)

        keys.pour(Lines(take))
    for row in outer:
        cursor.execute(
            "INSERT INTO vault_keyencryptionkey (id, version, klass, wrapped) VALUES (%s, %s, %s, %s)",
            [row.id, int(row.of), row.klass, row.wrapped],
        )
    for table in KEY_TABLES:
        cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}")
