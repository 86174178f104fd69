"""Run in processes of their own with the environment of an installation: eight write and read, one changes the
key-encryption keys and dies by kill -9 at a random statement, again and again; then it is brought to its end."""

import json
import os
import signal
import sys
import time
from pathlib import Path
from random import Random
from typing import Any

import django

django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection, connections, transaction

from kalka.accounts.models import Draft
from kalka.core import clock, root
from kalka.core.actors import SYSTEM
from kalka.core.refs import new_id
from kalka.vault import crypto, erasing, keys, outer, rotation
from kalka.vault.classes import Klass
from kalka.vault.models import SubjectKey

STATEMENTS = 260  # up to as many before it dies; a change of a small installation has a few hundred


KLASSES = (Klass.OWN, Klass.NOTE, Klass.NARRATIVE)


def prepare() -> dict[str, Any]:
    settings.DATA.mkdir(parents=True, exist_ok=True)
    root.create(settings.ROOT_KEY_FILE)
    call_command("migrate", run_syncdb=True, verbosity=0, interactive=False)
    keys.ensure_keks()
    return {"rows": [_written(Random(0)) is not None for _ in range(40)].count(True)}


def write(number: str, until: str) -> dict[str, Any]:
    """Until a file stands there. Whatever it wrote it opens again, again and again, as another request would."""
    random, mine, shut, read = Random(int(number)), [], [], 0
    while not mine or not Path(until).exists():
        mine.append(_written(random))
        for row in random.sample(mine, min(5, len(mine))):
            read += 1
            if _read(row) != {"told": str(row)}:
                shut.append(str(row))
    return {"written": len(mine), "read": read, "shut": shut, "all": all(_read(row) for row in mine)}


def _written(random: Random) -> Any:
    """A subject with its keys and a sealed row, in a transaction that stays open for a while."""
    subject = new_id()
    while True:
        try:
            with transaction.atomic():
                made = keys.new_keys(subject, KLASSES)
                row = Draft(id=subject, subject_id=subject, kind="x", saved_at=clock.now())
                made.put(row, "values", {"told": str(subject)})
                row.save(force_insert=True)
                time.sleep(random.choice((0, 0, 0.02)))
            return subject
        except OperationalError:
            time.sleep(0.05)


def _read(subject: Any) -> Any:
    passage = keys.Passage(frozenset({subject}), frozenset(KLASSES))
    rows = list(SubjectKey.objects.filter(subject_id=subject))
    return keys.unlock_stored(passage, rows).get(Draft.objects.get(pk=subject), "values")


def die(times: str, seed: str) -> dict[str, Any]:
    rotation.BATCH = 5
    random, deaths, finished = Random(int(seed)), 0, 0
    connections.close_all()
    if connection.vendor == "postgresql":
        connection.close_pool()
    while deaths < int(times):
        number, before = random.randrange(STATEMENTS), random.random() < 0.5
        process = os.fork()
        if not process:
            _dying(number, before)
        died = os.WIFSIGNALED(os.waitpid(process, 0)[1])
        deaths, finished = deaths + died, finished + (not died)
        time.sleep(random.uniform(0, 0.05))
    return {"deaths": deaths, "finished": finished}


def _dying(number: int, before: bool) -> None:
    left = iter(range(number))

    def watch(execute: Any, *statement: Any) -> Any:
        last = next(left, None) is None
        if last and before:
            os.kill(os.getpid(), signal.SIGKILL)
        done = execute(*statement)
        if last:
            os.kill(os.getpid(), signal.SIGKILL)
        return done

    try:
        with connection.execute_wrapper(watch):
            rotation.rotate(SYSTEM)
    except BaseException:
        import traceback

        traceback.print_exc()
        os.kill(os.getppid(), signal.SIGTERM)
    os._exit(0)


def end() -> dict[str, Any]:
    """Everything under one version, the older ones destroyed, and each data key opens in a process that knew none."""
    began = time.perf_counter()
    done = rotation.rotate(SYSTEM)
    took = time.perf_counter() - began
    keys.forget()
    rows = list(SubjectKey.objects.exclude(klass=erasing.STONE))
    passage = keys.Passage(frozenset(row.subject_id for row in rows), frozenset(Klass))
    opened = keys.unlock_stored(passage, rows)
    newest = {klass: outer.newest(klass) for klass in Klass}
    return {
        "rows": len(rows),
        "open": sum(opened.has(row.subject_id, Klass(row.klass)) for row in rows),
        "old": sum(crypto.wrapped_version(bytes(row.wrapped)) != newest[Klass(row.klass)] for row in rows),
        "versions": sorted({len(found) for found in rotation.versions().values()}),
        "shut": done.shut,
        "a_second": round(done.rows / took) if done.rows else 0,
    }


if __name__ == "__main__":
    verb, *words = sys.argv[1:]
    print(json.dumps({"prepare": prepare, "write": write, "die": die, "end": end}[verb](*words)))
