"""An installation of its own in which the journey is walked with canaries, on a real file or a real server.

Prints what was found inside, one JSON line; then stays until its input ends, so that whoever started it may look at
the files of a database that is still open.
"""

import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import django

django.setup()

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test.utils import setup_test_environment

from kalka.cases.models import Case
from kalka.core import clock, root
from kalka.strongroom.models import SealedValue
from kalka.training.codes import shown
from kalka.vault import keys as vault
from kalka.vault.classes import Klass
from kalka.vault.fields import SealedField
from kalka.vault.models import SubjectKey
from kalka.worker import loop, periodic
from tests.security import flow, gathered, helped, insiders, programs, protected, seated, sheltering
from tests.security.flow import Walk
from tests.security.markers import STEMS, found

told_openly: list[str] = []  # addresses, referrers and cookies of every request and answer
written: set[str] = set()  # every file that was opened for writing


def spy(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Stands before everything else and listens for what a proxy, a history or a log would see."""

    def listening(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        told_openly.extend((request.get_full_path(), request.headers.get("Referer", "")))
        told_openly.append(str(response.headers.get("Location", "")))
        told_openly.append(str(response.headers.get("Content-Disposition", "")))
        told_openly.extend(cookie.OutputString() for cookie in response.cookies.values())
        return response

    return listening


def watch(event: str, given: tuple[Any, ...]) -> None:
    if event == "open" and isinstance(given[0], str | bytes):
        mode, flags = str(given[1] or ""), given[2] if isinstance(given[2], int) else 0
        if set(mode) & set("wax+") or flags & (os.O_WRONLY | os.O_RDWR):
            written.add(os.fsdecode(given[0]))


def prepare() -> None:
    settings.DATA.mkdir(parents=True, exist_ok=True)
    root.create(settings.ROOT_KEY_FILE)
    call_command("migrate", run_syncdb=True, verbosity=0, interactive=False)
    vault.ensure_keks()


def opened(walk: Walk) -> Iterator[tuple[str, str]]:
    """Every sealed value there is, with its key: the field and its words. What opens with a post's key alone is read
    by whoever holds the post."""
    for model in apps.get_models():
        for field in (one for one in model._meta.concrete_fields if isinstance(one, SealedField)):
            for row in model._default_manager.all():
                stored = SubjectKey.objects.filter(subject_id=row.subject_id)
                keys = vault.unlock_stored(vault.Passage(frozenset({row.subject_id}), frozenset(Klass)), stored)
                post_holds = isinstance(row, SealedValue)
                value = insiders.unsealed(walk, keys, row) if post_holds else keys.get(row, field.name)
                yield f"{model._meta.label}.{field.name}", json.dumps(value, ensure_ascii=False)


def covered(values: list[tuple[str, str]]) -> list[str]:
    """The sealed fields that a canary stands in, once opened."""
    return sorted({name for name, words in values if any(stem in words for stem in STEMS)})


def codes(values: list[tuple[str, str]]) -> list[str]:
    """Of certificates, as they are kept and as they are printed."""
    kept = [json.loads(words) for name, words in values if name == "training.Certificate.code"]
    assert kept
    return [*kept, *map(shown, kept)]


def in_columns() -> list[str]:
    """Where a canary stands in a column, whatever its type, as the database gives it out."""
    hits = []
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")
            columns = [one[0] for one in cursor.description]
            for column, *values in zip(columns, *cursor.fetchall(), strict=True):
                if found(b"\0".join(map(as_bytes, values))):
                    hits.append(f"{name}.{column}")
    return hits


def as_bytes(value: Any) -> bytes:
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value)
    return str(value).encode() + json.dumps(value, default=str, ensure_ascii=False).encode()


def main() -> None:
    prepare()
    settings.MIDDLEWARE = ["tests.security.child.spy", *settings.MIDDLEWARE]
    setup_test_environment()
    sys.modules.setdefault("tests.security.child", sys.modules["__main__"])  # so that the spy is this one
    sys.addaudithook(watch)
    walk = flow.begin()
    secret = flow.sign_in(walk, "katchy")
    walk.clients.clear()
    flow.everything(walk)
    ref = Case.objects.exclude(report_id=None).earliest("recorded_at").ref
    insiders.everything(walk, ref)
    helped.everything(walk, ref)
    sheltering.everything(walk, ref)
    seated.everything(walk)
    gathered.everything(walk)
    protected.everything(walk, ref)
    programs.everything(walk, ref)
    loop.once(sealing=periodic.SEALING, table=periodic.TABLE)
    ours = (str(settings.DATA), sys.pycache_prefix or os.devnull)  # the second: what Python compiles
    files = sorted(one for one in written if not one.startswith(ours))
    values = list(opened(walk))
    told = {
        "covered": covered(values),
        "columns": in_columns(),
        "openly": [one for one in told_openly if found(one.encode())],
        "asked": len(told_openly),
        "written": files,
        "secrets": [secret, *codes(values)],
        "now": clock.now().isoformat(),
        "drawn": len(walk.marker.drawn),
        "homes": _homes(),
    }
    print(json.dumps(told), flush=True)
    sys.stdin.read()


def _homes() -> list[str]:
    """The folder of the installation; and where a server of PostgreSQL keeps its data and its log."""
    if connection.vendor != "postgresql":
        return [str(settings.DATA)]
    with connection.cursor() as cursor:
        cursor.execute("SHOW data_directory")
        return [str(settings.DATA), str(Path(cursor.fetchone()[0]).parent)]


if __name__ == "__main__":
    main()
