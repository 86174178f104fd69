"""kill -9 of the server, of the worker and of PostgreSQL at any moment while eight clients write: nothing that was
acknowledged is lost, nothing is doubled, nothing is half there."""

import os
import time
from collections import Counter
from random import Random
from threading import Thread

import pytest

from tests.deep.installed import Installation, installation
from tests.deep.ledger import Ledger

pytestmark = pytest.mark.deep

CLIENTS, EACH = 8, int(os.environ.get("KALKA_KILL_EACH", "125"))
FILLED = (8, 20, 20)  # cases to write in, reports left lying, jobs that wait
SEED = int(os.environ.get("KALKA_KILL_SEED", "1"))


def kill_the_web(here: Installation, random: Random) -> None:
    here.web.kill()
    here.web.start()


def kill_a_process_of_the_web(here: Installation, random: Random) -> None:
    here.web.kill_a_child(random)


def kill_the_worker(here: Installation, random: Random) -> None:
    here.worker.kill()
    here.worker.start()


def kill_the_database(here: Installation, random: Random) -> None:
    assert here.server is not None
    here.server.kill()
    time.sleep(random.choice((0, 0, 1)))
    here.server.start()


def killing(here: Installation, ledger: Ledger, clients: list[Thread]) -> Counter[str]:
    """Until the clients are through: one of them each time they have come a little further, so that they do, however
    slow the machine is. What was killed how often."""
    random, killed = Random(SEED), Counter()
    ways = [kill_a_process_of_the_web, kill_the_worker, kill_the_web]
    ways += [kill_the_database] * 2 if here.server else []
    while any(client.is_alive() for client in clients):
        further = len(ledger.acknowledged) + random.randint(10, 80)
        while len(ledger.acknowledged) < further and any(client.is_alive() for client in clients):
            time.sleep(0.02)
        time.sleep(random.uniform(0, 0.3))
        way = ways[killed.total() % len(ways)]
        way(here, random)
        killed[way.__name__] += 1
    return killed


def wait_for_the_worker(here: Installation, late: str) -> None:
    until = time.monotonic() + 240
    while time.monotonic() < until:
        if here.drill("waiting", late) == {"jobs": 0, "late": 0}:
            return
        time.sleep(2)


def test_nothing_acknowledged_is_lost_doubled_or_half_there():
    with installation(filled=FILLED) as here:
        ledger, late = Ledger(here, EACH), ",".join(here.ready["late"])
        began = time.monotonic()
        clients = ledger.begin(CLIENTS)
        killed = killing(here, ledger, clients)
        took = time.monotonic() - began
        wait_for_the_worker(here, late)
        here.worker.kill()
        verified = here.kalka("verify", "--json")
        found, log = here.drill("count", late), here.log

    sent = Counter(ledger.acknowledged.values())
    print(
        f"\n{len(ledger.acknowledged)} acknowledged in {took:.0f} s {dict(sent)}; sent again: {ledger.sent_again}; "
        f"answers {dict(ledger.answers)}, longest {ledger.longest:.1f} s; killed {dict(killed)}; "
        f"record {found['entries']} entries, {verified}"
    )
    print("\n".join(line for line in log.splitlines() if '"level": "error"' in line)[-6000:])
    assert ledger.faults == []
    assert len(ledger.acknowledged) == CLIENTS * EACH
    assert killed.total() > 3 and ledger.answers[0] > 0, "nothing was interrupted: the drill proves nothing"
    for kind, rows in found["rows"].items():
        mine = sorted(set(rows) - set(here.ready["before"][kind]))
        assert mine == sorted(key for key, way in ledger.acknowledged.items() if way == kind)
        assert len(set(rows)) == len(rows) and found["whole"][kind] == rows
        assert sent[kind] <= found["recorded"][kind] <= len(rows) + ledger.sent_again
    assert found["late"] == [[1, 1, 1]] * len(here.ready["late"])
    assert (set(found["jobs"]), set(found["steps"])) == ({"done"}, {10})
    assert (found["fault"], found["waiting"]) == ("", 0)
