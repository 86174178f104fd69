"""How fast the record is verified, and what an entry costs: `python -m tools.bench.record [ENTRIES]`.

Into the database of the environment, which must be empty and is thrown away: DATABASE_URL, or SQLite in KALKA_DATA.
"""

import os
import resource
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from statistics import median

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")

import django

django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from kalka.core import audit, chain, checkpoints, clock, ratchet, reading, record, root
from kalka.core.actors import Actor
from kalka.core.models import AuditEntry
from kalka.core.refs import new_id
from kalka.core.verifying import verify

AIGUL = Actor(7, frozenset(), post_id=3)
AT_ONCE, LISTS, TIMES = 5_000, 10, 300


def filled(count: int) -> None:
    """One entry in ten is a page of fifty files, the others are of one."""
    held = ratchet.look()
    for first in range(0, count, AT_ONCE):
        made = [entry(held, number) for number in range(first, min(first + AT_ONCE, count))]
        AuditEntry.objects.bulk_create(made, batch_size=2_000)
        if connection.vendor == "sqlite":
            with transaction.atomic():
                chain.extend(made)
    chain.seal()


def entry(held: ratchet.Current, number: int) -> AuditEntry:
    at = clock.now() + timedelta(microseconds=number % 7)
    subjects = [new_id() for _ in range(1 if number % LISTS else 50)]
    one = AuditEntry(
        id=record.new_id(at),
        key=held.number,
        at=at,
        kind="read",
        actor_id=7,
        post_id=3,
        command="people.search",
        subject_id=subjects[0] if len(subjects) == 1 else None,
        ids=record.packed(subjects),
        count=len(subjects),
    )
    one.mac = record.mac(record.written(one), held.key)
    return one


def each(do: Callable[[], object]) -> float:
    """The median of so many, in milliseconds of CPU of the process: what else runs here does not count."""
    took = []
    for _ in range(TIMES):
        began = time.process_time()
        do()
        took.append(time.process_time() - began)
    return median(took) * 1000


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    if not settings.ROOT_KEY_FILE.exists():
        root.create(settings.ROOT_KEY_FILE)
    call_command("migrate", verbosity=0, interactive=False)
    filled(count)
    checkpoints.make(now=clock.now())
    before, began, cpu = _memory(), time.perf_counter(), time.process_time()
    found = verify()
    took, cpu = time.perf_counter() - began, time.process_time() - cpu
    assert found.fault is None and found.proven == found.sealed >= count, found
    print(f"{connection.vendor}: {found.sealed:,} entries verified in {took:.1f} s, {cpu:.2f} s of CPU of the process")
    print(f"  {found.sealed / cpu:,.0f} a second of CPU, {_memory() - before:.1f} MB more memory")
    print(f"  a page of one file recorded in {each(lambda: audit.read(AIGUL, 'cases.page', [new_id()])):.2f} ms of CPU")
    fifty = [new_id() for _ in range(50)]
    print(
        f"  a page of fifty files recorded in {each(lambda: audit.read(AIGUL, 'people.search', fifty)):.2f} ms of CPU"
    )
    began = time.process_time()
    pages = len(reading.openings([fifty[0]]))
    print(f"  who opened a file: {pages} pages found in {(time.process_time() - began) * 1000:.0f} ms of CPU")


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
