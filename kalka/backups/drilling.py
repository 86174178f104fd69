"""The drill: the newest pair is restored somewhere else by a process of its own, and one case is opened there."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.conf import settings
from django.db import ProgrammingError, connection

from kalka.backups import folder, services, workroom
from kalka.backups.folder import Pair
from kalka.backups.models import Drill
from kalka.backups.rules import Result
from kalka.core import audit
from kalka.core.actors import SYSTEM
from kalka.core.errors import DomainError
from kalka.core.refs import new_id

BROKE = "backups.drill_broke"
THROWN_AWAY = "kalka_drill_"


def drill(backups: Path, identity: Path, *, now: datetime) -> Drill:
    """Restore the newest whole pair, open one case, throw all of it away, and write down how it went."""
    begun = monotonic()
    try:
        pair = folder.newest(backups)
        result = _restored(backups, pair, identity)
    except DomainError as refusal:
        result = Result(None, error=refusal.code)
    seconds = round(monotonic() - begun)
    return services.record_drill(SYSTEM, id=new_id(), told=result, seconds=seconds, now=now)


def _restored(backups: Path, pair: Pair, identity: Path) -> Result:
    with workroom.entered(settings.DATA) as room, _elsewhere(room) as told:
        streams = [str(backups / pair.data.name), str(backups / pair.keys.name)]
        came = _child(told, "restore", str(identity.resolve()), *streams)
        if came["error"]:
            return Result(pair.at, error=came["error"])
        if not came["subject"]:
            return Result(pair.at, came["rows"])
        audit.read(SYSTEM, "backups.drill", [UUID(came["subject"])])  # before anything is opened
        opened = _child(told, "open", came["subject"])
    return Result(pair.at, came["rows"], opened["opened"], opened["error"])


@contextmanager
def _elsewhere(room: Path) -> Iterator[dict[str, str]]:
    """The surroundings of an installation that is not there yet."""
    data = room / "drill"
    data.mkdir(mode=0o700)
    told = {
        **os.environ,
        "KALKA_DATA": str(data),
        "KALKA_ROOT_KEY_FILE": str(settings.ROOT_KEY_FILE),
        "DATABASE_URL": "",
        "KALKA_DEMO": "false",
    }
    if connection.vendor != "postgresql":
        yield told
        return
    with _database() as url:
        yield told | {"DATABASE_URL": url}


@contextmanager
def _database() -> Iterator[str]:
    """A database beside our own. One that a killed drill left goes first."""
    name = f"{THROWN_AWAY}{new_id().hex}"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s) AND pg_get_userbyid(datdba) = current_user",
            [THROWN_AWAY],
        )
        for (left,) in cursor.fetchall():
            cursor.execute(f'DROP DATABASE "{left}" WITH (FORCE)')
        try:
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
        except ProgrammingError:
            raise DomainError("backups.drill_needs_database") from None
    told = connection.settings_dict
    user, password, host = (quote(str(told[part] or ""), "") for part in ("USER", "PASSWORD", "HOST"))
    port = f":{told['PORT']}" if told["PORT"] else ""
    try:
        yield f"postgres://{user}:{password}@{host}{port}/{name}"
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _child(told: dict[str, str], *words: str) -> dict[str, Any]:
    """Its settings are another installation's, so it is another process. It answers in one line."""
    done = subprocess.run(
        [sys.executable, "-m", "kalka.backups.child", *words],
        env=told,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        answer: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    except (ValueError, IndexError):
        return {"error": BROKE, "opened": 0}
    return answer
