"""Installations of their own, on a real folder or a real server, reached by the console alone."""

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
import pyrage
from django.conf import settings

from tests import ready
from tests.architecture.tree import ROOT

ON_SQLITE = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")


@dataclass(frozen=True, slots=True)
class Office:
    data: Path
    key: Path
    url: str  # "" is SQLite

    def told(self, **more: str) -> dict[str, str]:
        return {
            **{name: value for name, value in os.environ.items() if not name.startswith(("KALKA_", "PYTEST_"))},
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            "PYTHONPATH": str(ROOT),
            "DATABASE_URL": self.url,
            "KALKA_DATA": str(self.data),
            "KALKA_ROOT_KEY_FILE": str(self.key),
            "KALKA_SECRET_KEY": "0123456789" * 5,
            "KALKA_LANG": "en",
            "KALKA_CONSOLE": "true",  # what is not asked by somebody is asked of everything
            **more,
        }

    def inside(self, *words: str) -> dict[str, Any]:
        return json.loads(self._run("tests.backups.child", *words).stdout.splitlines()[-1])

    def kalka(self, *words: object, refused: bool = False, **more: str) -> str:
        """What `kalka WORDS` says: its answer, or with `refused` why not."""
        done = self._run("kalka.cli", *map(str, words), refused=refused, **more)
        return done.stderr if refused else done.stdout

    def _run(self, module: str, *words: str, refused: bool = False, **more: str) -> "subprocess.CompletedProcess[str]":
        done = ready.run(module, *words, env=self.told(**more))
        assert done.returncode == int(refused), done.stdout + done.stderr[-3000:]
        assert "Traceback" not in done.stderr, done.stderr[-3000:]
        return done


@dataclass(frozen=True, slots=True)
class Keeper:
    """Somebody who can open backups alone."""

    file: Path
    recipient: str


def keeper(folder: Path) -> Keeper:
    made = pyrage.x25519.Identity.generate()
    file = folder / f"{uuid4().hex}.txt"
    file.write_text(f"# a comment, as age-keygen writes one\n{made}\n")
    return Keeper(file, str(made.to_public()))


@contextmanager
def bare(folder: Path, key: Path) -> Iterator[Office]:
    """A place where nothing is yet."""
    name = f"office_{uuid4().hex}"
    if ON_SQLITE:
        yield Office(folder / name, key, "")
        return
    given = os.environ["DATABASE_URL"]
    with psycopg.connect(given, autocommit=True) as connection:
        _ordinary(connection, name)
        connection.execute(f'CREATE DATABASE "{name}" OWNER "{name}"')
        try:
            place = urlsplit(given)
            at = place._replace(netloc=f"{name}:{name}@{place.hostname}:{place.port}", path=f"/{name}")
            yield Office(folder / name, key, urlunsplit(at))
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
            connection.execute(f'DROP ROLE "{name}"')


def _ordinary(connection: psycopg.Connection[Any], name: str) -> None:
    """An owner as docs/deploy.md asks for: no superuser, whom no policy would stop."""
    connection.execute(f"CREATE ROLE \"{name}\" LOGIN CREATEDB PASSWORD '{name}'")
    there = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [settings.APPLICATION_ROLE]).fetchone()
    if there is None:
        connection.execute(f"CREATE ROLE {settings.APPLICATION_ROLE}")
    connection.execute(f'GRANT {settings.APPLICATION_ROLE} TO "{name}"')
