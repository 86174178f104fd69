"""Whether a file is there is not told by how much work its absence is."""

import random
import re
from functools import partial

import pytest
from django.db import connection, reset_queries
from django.test.utils import CaptureQueriesContext

from tests.matrix import world as worlds
from tests.matrix.test_matrix import ADDRESSES, FOR_PROGRAMS, asked, client_of, program_of, told_of
from tests.matrix.world import World
from tests.security import unseen
from tests.security.unseen import UNSEEN

pytestmark = [pytest.mark.django_db, pytest.mark.seldom]

VALUES = re.compile(r"'(?:[^']|'')*'|\b[0-9a-f]{32}\b|\b\d+\b|\bX?''")
SAVEPOINT = re.compile(r'"s\d+_x\d+"')


@pytest.fixture(scope="module")
def world(together: None) -> World:
    return worlds.build()


def asks(client, method: str, path: str, told: dict[str, object] | None = None) -> list[str]:
    """The statements of an answer, without the values in them."""
    reset_queries()  # Django remembers nine thousand, and then counts wrongly
    with CaptureQueriesContext(connection) as made:
        status, *_ = asked(client, method, path, told)
    assert status in {404, 422}, path
    return [VALUES.sub("…", SAVEPOINT.sub("", one["sql"])) for one in made.captured_queries]


def unlike(told: dict[str, list[str]], name: str) -> list[str]:
    """Which of them is asked for otherwise than what does not exist."""
    unknown = told["unknown"]
    return [
        f"{name}, {one}: {len(told[one])} statements for {len(unknown)}; {set(told[one]) ^ set(unknown)}"
        for one in UNSEEN
        if told[one] != unknown
    ]


def test_requirement_17_foreign_walled_and_unknown_ask_the_database_the_same(world):
    wrong, looked = [], 0
    for name, parts, method in unseen.about_a_file(ADDRESSES):
        role = unseen.reader_of(name, method)
        client, path = client_of(world, role), partial(unseen.page_of, name, parts, world, role=role)
        asks(client, method, path("unknown"))  # what is remembered from now on
        wrong += unlike({one: asks(client, method, path(one)) for one in UNSEEN}, f"{method} {name}")
        looked += 1
    assert not wrong, "\n".join(wrong)
    assert looked > 200


def test_requirement_17_for_programs_too(world):
    wrong, looked = [], 0
    for name, parts, method in unseen.about_a_file(FOR_PROGRAMS):
        client = program_of(world, unseen.reader_of(name, method))
        sent = {one: told_of(name, method, world, "" if one == "unknown" else one) for one in UNSEEN}
        paths = {one: unseen.program_page_of(name, parts, world, one) for one in UNSEEN}
        asks(client, method, paths["unknown"], sent["unknown"])
        wrong += unlike({one: asks(client, method, paths[one], sent[one]) for one in UNSEEN}, f"{method} {name}")
        looked += 1
    assert not wrong, "\n".join(wrong)
    assert looked > 6


def test_a_difference_in_time_would_be_seen():
    drawn = random.Random(3)
    some, same = ([drawn.gauss(10, 1) for _ in range(200)] for _ in range(2))
    slower = [each + 1 for each in same]
    assert unseen.apart(some, same) < 0.05 < unseen.apart(some, slower)
    assert unseen.told_by_one_answer(some, same) < 0.6 < unseen.told_by_one_answer(some, slower)
    assert unseen.told_by_one_answer([1, 2], [1, 2]) == 0.5
    assert unseen.told_by_one_answer([1, 1], [2, 2]) == 1
