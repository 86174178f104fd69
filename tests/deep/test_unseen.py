"""How long «there is nothing here» takes says nothing of whether there is something.

Two hundred answers of each kind in turns. The medians differ by less than a twentieth, and whoever is given one time of
each guesses which is which hardly better than by a coin. In process time on SQLite, where all the work is ours: other
people's work on the machine is not in it. On PostgreSQL the server is a process of its own, so there it is the clock's.
"""

import time

import pytest
from django.db import connection

from tests.matrix import world as worlds
from tests.matrix.test_matrix import ADDRESSES, FOR_PROGRAMS, asked, client_of, program_of
from tests.matrix.world import World
from tests.security import unseen
from tests.security.unseen import UNSEEN

pytestmark = [pytest.mark.django_db, pytest.mark.deep, pytest.mark.both]

TIMES, MEDIANS, GUESSED = 200, 0.05, 0.6
PAGES = ("desk:case", "desk:search_reason", "cases:file", "orders:order", "risk:show", "intake:report", "duties:finish")


@pytest.fixture(scope="module")
def world(together: None) -> World:
    return worlds.build()


def measured(client, paths: dict[str, str]) -> dict[str, list[float]]:
    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    ways = {name: (lambda path=path: asked(client, "GET", path)) for name, path in paths.items()}
    return unseen.interleaved(ways, TIMES, clock)


def told(took: dict[str, list[float]]) -> list[str]:
    return [
        f"{one}: medians {unseen.apart(took[one], took['unknown']):.1%} apart, "
        f"guessed {unseen.told_by_one_answer(took[one], took['unknown']):.2f}"
        for one in took
        if unseen.apart(took[one], took["unknown"]) >= MEDIANS
        or unseen.told_by_one_answer(took[one], took["unknown"]) >= GUESSED
    ]


@pytest.mark.parametrize("name", PAGES)
def test_requirement_17_no_time_tells_foreign_walled_and_unknown_apart(world, name):
    parts, role = dict(ADDRESSES)[name], unseen.reader_of(name, "GET")
    paths = {one: unseen.page_of(name, parts, world, one, role) for one in UNSEEN}
    took = measured(client_of(world, role), paths)
    assert told(took) == []


def test_requirement_17_for_programs_too(world):
    parts, role = dict(FOR_PROGRAMS)["api:case"], unseen.reader_of("api:case", "GET")
    paths = {one: unseen.program_page_of("api:case", parts, world, one) for one in UNSEEN}
    assert told(measured(program_of(world, role), paths)) == []


def test_what_may_be_seen_takes_another_time(world):
    """So the measure measures."""
    parts, role = dict(ADDRESSES)["desk:case"], "social_worker"
    paths = {one: unseen.page_of("desk:case", parts, world, one, role) for one in ("own", "unknown")}
    assert told(measured(client_of(world, role), paths)) != []
