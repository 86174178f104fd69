"""PostgreSQL's own programs: where they are, and how they find the server."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from django.db import connection

from kalka.core.errors import DomainError

FOLDERS = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/usr/local/pgsql/bin", "/opt/postgresql*/bin")
PASSED = {"HOST": "PGHOST", "PORT": "PGPORT", "USER": "PGUSER", "PASSWORD": "PGPASSWORD", "NAME": "PGDATABASE"}


def find(name: str, server: int) -> Path:
    """The oldest program that is not older than the server. Refuses, and says which one is missing."""
    known = {version: path for path in _places(name) if (version := _version(path)) >= server}
    if not known:
        raise DomainError("backups.program_missing", program=name, version=server)
    return known[min(known)]


def surroundings() -> dict[str, str]:
    """The server is told in the environment: an argument is seen by everybody on the machine."""
    told = connection.settings_dict
    named = {variable: str(told[key]) for key, variable in PASSED.items() if told.get(key)}
    return {**os.environ, **named, "PGOPTIONS": "-c kalka.whole=on"}


def _places(name: str) -> Iterator[Path]:
    if (found := shutil.which(name)) is not None:
        yield Path(found)
    for pattern in FOLDERS:
        yield from (one / name for one in sorted(Path("/").glob(pattern[1:])) if (one / name).exists())


def _version(program: Path) -> int:
    said = subprocess.run([program, "--version"], capture_output=True, text=True).stdout
    found = re.search(r"(\d+)(?:\.\d+)*", said)
    return int(found[1]) if found else 0
