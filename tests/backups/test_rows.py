"""A copy holds every row, whoever makes it, and what comes back stands behind its policies again."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.conf import settings

from kalka.access import guarding
from kalka.backups import sealing
from kalka.backups.sealing import Stream
from kalka.backups.taken import LEFT_OUT
from tests.backups.conftest import Scene
from tests.backups.office import ON_SQLITE, Office
from tests.backups.test_round import restore

POLICIES = """SELECT c.relname, p.polname, p.polcmd::text, p.polpermissive, p.polroles::text,
c.relrowsecurity, c.relforcerowsecurity, obj_description(p.oid, 'pg_policy')
FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid ORDER BY c.relname, p.polname"""
GRANTED = """SELECT table_name, privilege_type FROM information_schema.role_table_grants
WHERE grantee = %s ORDER BY table_name, privilege_type"""
WRITTEN_BY_A_RESTORE = {"core_auditentry", "core_auditkey", "core_auditseal", *LEFT_OUT}


@contextmanager
def everything(here: Office) -> Iterator[psycopg.Cursor]:
    """As the administrator of the server, whom no policy stops."""
    at = urlsplit(os.environ["DATABASE_URL"])._replace(path=urlsplit(here.url).path)
    with psycopg.connect(urlunsplit(at)) as connection, connection.cursor() as cursor:
        yield cursor


def counted(here: Office, tables: Mapping[str, int]) -> dict[str, int]:
    with everything(here) as cursor:
        return {table: _one(cursor, f'SELECT count(*) FROM "{table}"') for table in tables}


def _one(cursor: psycopg.Cursor, asked: str) -> int:
    return int((cursor.execute(asked).fetchone() or (0,))[0])


def rows_of(scene: Scene, folder: Path) -> dict[str, int]:
    """What the two streams say they hold."""
    opened_by = sealing.identities(scene.aida.file.read_text())
    data, keys = (Stream(next(folder.glob(f"kalka-{kind}-*.age")), opened_by).head for kind in ("data", "keys"))
    return {table: rows for table, rows in {**data.rows, **keys.rows}.items() if table not in WRITTEN_BY_A_RESTORE}


@contextmanager
def of_the_worker(here: Office) -> Iterator[Office]:
    """The same office by a login that owns nothing, as docs/deploy.md gives one to server and worker."""
    name = f"{urlsplit(here.url).username}_web"
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(f"CREATE ROLE \"{name}\" LOGIN PASSWORD '{name}' IN ROLE {settings.APPLICATION_ROLE}")
        try:
            at = urlsplit(here.url)
            url = urlunsplit(at._replace(netloc=f"{name}:{name}@{at.hostname}:{at.port}"))
            yield Office(here.data, here.key, url)
        finally:
            connection.execute(f'DROP ROLE "{name}"')


def test_requirement_16_what_is_restored_has_every_row_and_its_policies_again(scene, empty):
    if ON_SQLITE:  # which has no policies
        return
    restore(scene, empty)
    told = rows_of(scene, scene.folder)
    assert counted(empty, told) == told and told["cases_case"] == 1
    shown = []
    for here in (scene.office, empty):
        with everything(here) as cursor:
            policies = cursor.execute(POLICIES).fetchall()
            grants = cursor.execute(GRANTED, [settings.APPLICATION_ROLE]).fetchall()
            cursor.execute(f"SET ROLE {settings.APPLICATION_ROLE}")
            unasked = {table: _one(cursor, f"SELECT count(*) FROM {table}") for table in guarding.guarded()}
        assert {row[0] for row in policies} == set(guarding.guarded())
        assert len(policies) == 4 * len(unasked) and all(row[5] and row[6] for row in policies)
        assert unasked == dict.fromkeys(unasked, 0)
        shown.append((policies, grants))
    assert shown[0] == shown[1]


def test_the_login_of_the_worker_copies_every_row_as_well(scene, empty, tmp_path):
    if ON_SQLITE:
        return
    with of_the_worker(scene.office) as worker:
        worker.kalka("backup", "--to", tmp_path, "--recipient", scene.aida.recipient)
    told = rows_of(scene, tmp_path)
    there = counted(scene.office, told)
    assert told == there | {"backups_backup": there["backups_backup"] - 1} and told["cases_case"] == 1
    named = {kind: next(tmp_path.glob(f"kalka-{kind}-*.age")) for kind in ("data", "keys")}
    restore(scene, empty, **named)
    assert counted(empty, told) == told
