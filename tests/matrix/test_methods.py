"""Every address × every method there is: what is not declared cannot be done, and HEAD tells no more than GET."""

import pytest

from config.policy import POLICY
from tests.matrix import world as worlds
from tests.matrix.test_matrix import ADDRESSES, FOR_PROGRAMS, api_path, asked, client_of, path_of, program_of
from tests.matrix.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.seldom]

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND")


@pytest.fixture(scope="module")
def world(together: None) -> World:
    return worlds.build()


@pytest.mark.parametrize("role", ["", "social_worker", "administrator"], ids=lambda role: role or "anybody")
def test_requirement_14_a_method_that_is_not_declared_is_refused_at_every_address(world, role):
    client, wrong = client_of(world, role), []
    for name, parts in ADDRESSES:
        path = path_of(name, parts, world, "own", role or "auditor")
        for method in METHODS:
            if method not in POLICY[name].methods and (status := asked(client, method, path)[0]) != 405:
                wrong.append(f"{method} {name}: {status}")
    assert wrong == []


def test_requirement_14_head_is_answered_like_get_and_without_a_word(world):
    client, wrong = client_of(world, "social_worker"), []
    for name, parts in ADDRESSES:
        for relation in ("own", "foreign") if POLICY[name].about else ("own",):
            path = path_of(name, parts, world, relation, "social_worker")
            if "GET" not in POLICY[name].methods:
                continue
            status, body, _headers = asked(client, "HEAD", path)
            if status != asked(client, "GET", path)[0] or body:
                wrong.append(f"HEAD {name} {relation}: {status}")
    assert wrong == []


def test_requirement_14_for_programs_too(world):
    client, wrong = program_of(world, "social_worker"), []
    for name, parts in FOR_PROGRAMS:
        for method in (*METHODS, "HEAD"):
            if method not in POLICY[name].methods:
                status = asked(client, method, api_path(name, parts, world, "own"))[0]
                wrong += [f"{method} {name}: {status}"] if status != 405 else []
    assert wrong == []
