"""make bench-search PERSONS=100000: a search by name with one slip, among so many people, on both databases.

People are written as the commands would have written them, each in a file of their own, and the index is made. Three
ask: who sees a hundred of the files, who sees every twentieth, and who sees all.
"""

import argparse
import json
import os
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from tools import postgres
from tools.bench.servers import ROOT, environment

TUNED = {"shared_buffers": "512MB", "work_mem": "16MB", "max_wal_size": "4GB"}
BATCH = 2_000
VIEWERS = {"a hundred files": 1, "every twentieth file": 2, "every file": 3}  # and their posts
WARM, TIMES = 60, 200


def fill(persons: int) -> dict[str, object]:
    """At the console, on an empty database."""
    from kalka.core import clock
    from kalka.core.actors import SYSTEM
    from kalka.people import indexing
    from kalka.vault.models import IndexBlock
    from tools.bench.load import prepare

    prepare()
    begun = time.perf_counter()
    _fill(persons)
    written = time.perf_counter() - begun
    begun = time.perf_counter()
    indexing.make(SYSTEM, now=clock.now())
    made = time.perf_counter() - begun
    found: dict[str, object] = {"persons": persons, "written_s": round(written, 1), "made_s": round(made, 1)}
    return found | {"blocks": IndexBlock.objects.count()}


def ask(persons: int) -> dict[str, object]:
    """As the server asks: in the application's role, and on PostgreSQL behind its row policies."""
    names = _names(persons)
    return {who: _asked(post, names) for who, post in VIEWERS.items()}


def _names(persons: int) -> list[str]:
    from tools.bench.invented import Population

    return [" ".join(name) for name in Population(6, families=8_000, given=1_500).names(persons)]


def _fill(persons: int) -> None:
    from django.db import connection, transaction

    from kalka.core import clock
    from kalka.vault import storing

    now, rng = clock.now(), Random(7)
    names = [name.split() for name in _names(persons)]
    for first in range(0, persons, BATCH):
        with transaction.atomic():
            _write(names[first : first + BATCH], first, persons, rng, now, storing)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _write(names, first, persons, rng, now, storing):  # type: ignore[no-untyped-def]  # rows of one batch
    from kalka.access.models import Grant
    from kalka.core.actors import post_holder
    from kalka.core.refs import new_id
    from kalka.people.models import Person
    from kalka.people.rules import Name, NewPerson
    from kalka.people.seen import put_said
    from kalka.vault.classes import Klass
    from kalka.vault.keys import Keys
    from kalka.vault.models import SubjectKey

    held, people, grants = {}, [], []
    for at, (family, given) in enumerate(names, first):
        subject = new_id()
        own = {(subject, klass): secrets.token_bytes(32) for klass in (Klass.IDENTITY, Klass.CONTACT)}
        held |= own
        row = Person(id=new_id(), subject_id=subject, author_id=1, digest=b"", recorded_at=now, sex="f")
        row.age_band = "unknown"
        told = NewPerson(sex="f", names=(Name(family, given),), birth_year=rng.randrange(1940, 2015))
        put_said(row, told, Keys(own))
        people.append(row)
        posts = [3, *([2] if at % 20 == 0 else []), *([1] if at % max(1, persons // 100) == 0 else [])]
        grants += [
            Grant(subject_id=subject, holder=post_holder(one), scope="file", why="case", since=now) for one in posts
        ]
    keys = [SubjectKey(subject_id=s, klass=k, wrapped=storing.wrapped(s, k, key)) for (s, k), key in held.items()]
    for model, rows in ((Person, people), (SubjectKey, keys), (Grant, grants)):
        model._default_manager.bulk_create(rows, batch_size=500)


def _asked(post: int, names: list[str]) -> dict[str, float]:
    """Milliseconds of a whole search: candidates, who may be seen, the record, opening and ranking."""
    from kalka.core import clock, sight
    from kalka.core.actors import Actor, post_holder
    from kalka.people import selectors
    from tools.bench.invented import Population

    actor, slips, taken = Actor(9, frozenset(), (post_holder(post),), post), Population(8), []
    for _ in range(WARM + TIMES):
        family, given = slips.rng.choice(names).split()
        query = f"{slips.mistyped(family)} {given}"
        begun = time.perf_counter()
        with sight.acting(actor, now=clock.now()):
            selectors.search(actor, query, now=clock.now())
        taken.append(1000 * (time.perf_counter() - begun))
    cold, warm = taken[:WARM], sorted(taken[WARM:])
    return {
        "p50": round(statistics.median(warm), 1),
        "p95": round(warm[int(0.95 * len(warm))], 1),
        "first_p50": round(statistics.median(cold), 1),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--persons", type=int, default=10_000)
    parser.add_argument("--only", choices=("postgres", "sqlite"))
    parser.add_argument("--folder", type=Path, help="keeps what was written, and asks of it again the next time")
    parser.add_argument("--here", choices=("fill", "ask"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.here:
        import django

        django.setup()
        print(json.dumps((fill if given.here == "fill" else ask)(given.persons)))
        return 0
    for name in [given.only] if given.only else ["sqlite", "postgres"]:
        with _folder(given.folder, name) as folder:
            if name == "sqlite":
                print(name, _child("", folder, given.persons), flush=True)
                continue
            with postgres.kept(folder / "server", TUNED) as server:
                print(name, _child(server.url, folder, given.persons), flush=True)
    return 0


@contextmanager
def _folder(kept: Path | None, name: str) -> Iterator[Path]:
    if kept is not None:
        (kept / name).mkdir(mode=0o755, parents=True, exist_ok=True)
        yield kept / name
        return
    with tempfile.TemporaryDirectory(prefix="kalka-names-") as folder:
        os.chmod(folder, 0o755)
        yield Path(folder)


def _child(url: str, folder: Path, persons: int) -> str:
    """Each in a process of its own: what is written at the console is asked for as the server asks."""
    env, done = environment(url, folder / "data"), folder / "filled.json"
    if not done.exists():
        done.write_text(_said("fill", persons, env | {"KALKA_CONSOLE": "true"}))
    return f"{done.read_text()} {_said('ask', persons, env)}"


def _said(part: str, persons: int, env: dict[str, str]) -> str:
    words = [sys.executable, "-m", "tools.bench.names", "--here", part, "--persons", str(persons)]
    done = subprocess.run(words, env=env, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    said = done.stdout.strip().rpartition("\n")[2] if not done.returncode else "failed"
    print(said, file=sys.stderr, flush=True)
    return said


if __name__ == "__main__":
    try:
        sys.exit(main())
    except postgres.NoServer as refusal:
        sys.exit(str(refusal))
