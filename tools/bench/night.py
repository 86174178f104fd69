"""make bench-night ORDERS=100000, a part of `make bench`: what time does to so many running orders.

Files with an order that runs, their inspectors and their duties are written as the commands would have left them; then
the worker's own table is called, one entry after the other: once for a night as any other, once more at the same
moment, which must find nothing to do, and once for a night after a week in which nobody did anything.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tools import postgres
from tools.bench.servers import ROOT, environment

TUNED = {"shared_buffers": "512MB", "work_mem": "16MB", "max_wal_size": "4GB"}
OF_ORDERS = ("duties.", "followup.", "complaints.", "orders.")
GOAL = 60  # seconds, for the duties of 100,000 running orders


def fill(orders: int) -> dict[str, Any]:
    """At the console, on an empty database."""
    from kalka.core import clock
    from kalka.demo.crew import crew
    from kalka.demo.staffing import staff
    from tools.bench.load import prepare
    from tools.bench.running import write

    prepare()
    begun, now = time.perf_counter(), clock.now()
    staff(now)
    for _one in crew(now):
        pass
    written = write(orders, now=now)
    return {**written, "filled_s": round(time.perf_counter() - begun, 1)}


def nights(_orders: int) -> dict[str, Any]:
    """As the worker does them: in the application's role, and on PostgreSQL behind its row policies."""
    from datetime import timedelta

    from kalka.core import clock

    now = clock.now()
    week = now + timedelta(days=7)
    return {"a night": night(now), "the same again": night(now), "after a week": night(week), "again": night(week)}


def night(now: Any) -> dict[str, Any]:
    from kalka.worker.periodic import TABLE

    return {entry.name: _timed(entry, now) for entry in TABLE if entry.name.startswith(OF_ORDERS)}


def _timed(entry: Any, now: Any) -> str:
    from django.db import connection

    from kalka.core import sight

    before, statements = _memory(), [0]

    def count(execute: Any, *statement: Any) -> Any:
        statements[0] += 1
        return execute(*statement)

    begun, cpu = time.perf_counter(), time.process_time()
    with connection.execute_wrapper(count), sight.whole():
        found = entry.do(now)
    took, cpu = time.perf_counter() - begun, time.process_time() - cpu
    return (
        f"{_many(found)} in {took:.2f} s, {cpu:.2f} s of CPU, {statements[0]} statements, +{_memory() - before:.0f} MB"
    )


def _many(found: Any) -> int:
    if isinstance(found, tuple | list) and found and all(isinstance(one, tuple | list | int) for one in found):
        return sum(_many(one) for one in found)
    return found if isinstance(found, int) else len(found)


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--orders", type=int, default=10_000)
    parser.add_argument("--only", choices=("postgres", "sqlite"))
    parser.add_argument("--here", choices=("fill", "nights"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.here:
        import django

        django.setup()
        print(json.dumps((fill if given.here == "fill" else nights)(given.orders)))
        return 0
    for name in [given.only] if given.only else ["postgres", "sqlite"]:
        with _home(name) as (url, folder):
            env = environment(url, folder / "data")
            print(name, _said("fill", given.orders, env | {"KALKA_CONSOLE": "true"}), flush=True)
            for which, entries in _said("nights", given.orders, env).items():
                print(f"  {which} (load {os.getloadavg()[0]:.1f})", flush=True)
                for entry, told in entries.items():
                    print(f"    {entry}: {told}", flush=True)
    return 0


@contextmanager
def _home(name: str) -> Iterator[tuple[str, Path]]:
    with tempfile.TemporaryDirectory(prefix="kalka-night-") as folder:
        os.chmod(folder, 0o755)
        if name == "sqlite":
            yield "", Path(folder)
            return
        with postgres.kept(Path(folder) / "server", TUNED) as server:
            yield server.url, Path(folder)


def _said(part: str, orders: int, env: dict[str, str]) -> dict[str, Any]:
    """Each in a process of its own: what is written at the console is worked on as the worker does."""
    words = [sys.executable, "-m", "tools.bench.night", "--here", part, "--orders", str(orders)]
    done = subprocess.run(words, env=env, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        raise SystemExit(f"{part} failed")
    said: dict[str, Any] = json.loads(done.stdout.strip().rpartition("\n")[2])
    return said


if __name__ == "__main__":
    try:
        sys.exit(main())
    except postgres.NoServer as refusal:
        sys.exit(str(refusal))
