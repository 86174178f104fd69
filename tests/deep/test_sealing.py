"""Requirement 52: thirty-two writers who also fail, a sealer that is killed, keys that turn: every entry of the
record that was committed is sealed, once."""

import os
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from random import Random
from threading import Event

import pytest
from django.db import connection, connections

from kalka.core import chain, clock, ratchet, verifying
from kalka.core.actors import SYSTEM, Actor
from kalka.core.commands import command
from kalka.core.errors import DomainError
from kalka.core.models import AuditEntry, AuditSeal
from kalka.core.permissions import Permission
from kalka.core.refs import new_id
from kalka.history.models import Event as Happened

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.deep]

WRITERS, EACH = 32, 60


class Broken(Exception):
    """A fault no rule foresees: everything is undone, the record included."""


@command("deep.write", needs=Permission.SYSTEM)
def write(actor: Actor, *, id, how: str, pause: float) -> Happened:
    at = clock.now()
    row = Happened(
        id=id, subject_id=new_id(), kind="report_received", on=clock.day_of(at), recorded_at=at, author_id=-1
    )
    row.save(force_insert=True)
    time.sleep(pause)  # the transaction has its number and stays open
    if how == "refused":
        raise DomainError("deep.refused")
    if how == "broken":
        raise Broken
    return row


@pytest.fixture
def wide():
    """As many connections as there are writers, so that none of them waits for another's."""
    options = connection.settings_dict["OPTIONS"]
    if connection.vendor != "postgresql":
        yield
        return
    before = options["pool"]
    connection.close()
    connection.close_pool()
    options["pool"] = {**before, "max_size": WRITERS + 4, "timeout": 30}
    yield
    connection.close()
    connection.close_pool()
    options["pool"] = before


def writing(number: int) -> tuple[list[str], int]:
    """What was acknowledged and how many were refused."""
    random, done, refused = Random(number), [], 0
    for _ in range(EACH):
        id, how = new_id(), random.choices(("done", "refused", "broken"), (6, 2, 2))[0]
        try:
            write(SYSTEM, id=id, how=how, pause=random.choice((0, 0, 0.001, 0.02)))
            done.append(str(id))
        except DomainError:
            refused += 1
        except Broken:
            pass
    connections.close_all()
    return done, refused


def sealing(over: Event) -> None:
    while not over.is_set():
        chain.seal()
        over.wait(0.01)
    connections.close_all()


SEALER = """
import time, django
django.setup()
from kalka.core import chain
while True:
    chain.seal()
"""


def killed(over: Event) -> int:
    """A sealer of its own, killed wherever it is: nothing it had begun is left, and the next goes on. How often."""
    told = connection.settings_dict
    url = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format_map(told)
    surroundings = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    random, times = Random(52), 0
    while not over.is_set():
        sealer = subprocess.Popen([sys.executable, "-c", SEALER], env=surroundings)
        over.wait(2 + random.random())
        sealer.kill()
        sealer.wait()
        times += 1
    return times


def turning(over: Event) -> None:
    while not over.wait(0.5):
        ratchet.turn(now=clock.now())
    connections.close_all()


def test_requirement_52_every_committed_entry_is_sealed_exactly_once(wide):
    over = Event()
    with ThreadPoolExecutor(WRITERS + 3) as threads:
        sealers = [threads.submit(sealing, over), threads.submit(turning, over)]
        if connection.vendor == "postgresql":
            sealers.append(threads.submit(killed, over))
        written = [one.result() for one in [threads.submit(writing, n) for n in range(WRITERS)]]
        over.set()
        [one.result() for one in sealers]
    chain.seal()

    entries = AuditEntry.objects.filter(command="deep.write")
    done = entries.filter(kind="done").values_list("object_id", flat=True)
    assert sorted(done) == sorted(id for ids, _ in written for id in ids)
    assert entries.filter(kind="refused").count() == sum(refused for _, refused in written)
    sealed = Counter(AuditSeal.objects.values_list("entry", flat=True))
    assert sealed == Counter(AuditEntry.objects.values_list("id", flat=True))
    assert verifying.verify() == verifying.Verified(sealed=len(sealed), waiting=0, fault=None)
