"""Over HTTP: every address × its methods and one it does not have × every role × own, foreign and walled.

The unseen answers like the nonexistent, byte for byte.
"""

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from config.policy import POLICY
from kalka.directory.roles import ROLES
from tests.matrix import world as worlds
from tests.matrix.world import RELATIONS, World

pytestmark = [pytest.mark.django_db, pytest.mark.both]

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
# A judgement is its author's alone, and a lower level is agreed to by whoever leads the unit that proposed it.
ONLY = {"risk:result": {"police_inspector"}, "risk:countersign": {"supervising_officer", "police_inspector"}}
# Their object is named in the form, so an empty form names one that does not exist.
NAMED_IN_THE_FORM = {"accounts:end_session", "desk:post"}
NOWHERE = "/cases/ZZZZZZZZZZ/nowhere/"
UNKNOWN_ID = UUID(int=0)


def addresses(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, tuple[str, ...]]]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}", tuple(pattern.pattern.converters)
        else:
            yield from addresses(pattern, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)


ADDRESSES = [(name, parts) for name, parts in addresses() if not name.startswith("api:")]


@pytest.fixture
def world() -> World:
    return worlds.build()


def asked(client: Client, method: str, path: str):
    """One request that leaves nothing behind, so that the next one meets the same world."""
    client.cookies = client.held.copy()
    before = transaction.savepoint()
    answer = client.generic(method, path)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    transaction.savepoint_rollback(before)
    return answer.status_code, body, sorted((k, v) for k, v in answer.items() if k != "Content-Length")


def path_of(name: str, parts: tuple[str, ...], world: World, relation: str, role: str) -> str:
    given = {}
    for part in parts:
        if part == "post_id":
            given[part] = world.members[role].actor.post_id if relation == "own" else 999_999
        elif part == "language":
            given[part] = "ru"
        else:
            parts_ = world.bundles[relation].parts
            given[part] = parts_.get(f"{name} {part}", parts_[part])
    return reverse(name, kwargs=given)


def client_of(world: World, role: str) -> Client:
    client = Client(raise_request_exception=True)
    if role:
        client.cookies[settings.SESSION_COOKIE] = world.tokens[role]
    client.held = client.cookies  # what an answer sets or takes away is forgotten
    return client


def relations_of(name: str, parts: tuple[str, ...]) -> tuple[str, ...]:
    return RELATIONS if POLICY[name].about else ("own",)


@pytest.mark.parametrize("role", ["", *sorted(ROLES)], ids=lambda role: role or "anybody")
def test_every_address_answers_this_role_as_declared(world, role):
    client, wrong = client_of(world, role), []
    nothing = asked(client, "GET", NOWHERE)
    for name, parts in ADDRESSES:
        undeclared = next(method for method in METHODS if method not in POLICY[name].methods)
        for relation in relations_of(name, parts):
            path = path_of(name, parts, world, relation, role or "auditor")
            for method in (*POLICY[name].methods, undeclared):
                got = asked(client, method, path)
                if (fault := judged(name, method, role, relation, got, nothing)) is not None:
                    wrong.append(f"{method} {name} {relation}: {fault}")
    assert not wrong, "\n".join(wrong)


def judged(name: str, method: str, role: str, relation: str, got, nothing) -> str | None:
    """What is wrong with the answer, by the table alone: it knows nothing of how the table is enforced."""
    rule, (status, body, headers) = POLICY[name], got
    if method not in rule.methods:
        return None if status == 405 else f"undeclared method answered {status}"
    needed = rule.methods[method]
    if needed is None:
        return None if status in {200, 302, 303, 307, 404} else f"public page answered {status}"
    if not role:
        return None if status == 302 and dict(headers)["Location"].startswith("/sign-in/") else f"answered {status}"
    permitted = needed in ROLES[role].permissions and role in ONLY.get(name, ROLES)
    if not permitted or (relation != "own" and rule.about):
        same = (status, body, headers) == nothing
        return None if same else f"answered {status}, not like what does not exist"
    if name in NAMED_IN_THE_FORM:
        return None if (status, body, headers) == nothing else f"answered {status}"
    fine = {200, 302, 303, 307} | ({400} if name == "intake:draft" else set())  # a draft without a number
    return None if status in fine else f"answered {status}"


def test_a_number_nobody_has_answers_like_one_that_may_not_be_seen(world):
    client = client_of(world, "social_worker")
    for name, parts in ADDRESSES:
        if "ref" not in parts:
            continue
        foreign = asked(client, "GET", path_of(name, parts, world, "foreign", "social_worker"))
        given = {part: UNKNOWN_ID if part != "ref" else "ZZZZZZZZZZ" for part in parts}
        assert asked(client, "GET", reverse(name, kwargs=given)) == foreign, name


def test_whoever_leaves_the_post_is_out_on_the_next_request(world):
    from kalka.core import clock
    from kalka.demo.staffing import FOUNDER
    from kalka.directory import services as directory

    actor = world.members["police_inspector"].actor
    client, path = client_of(world, "police_inspector"), f"/cases/{world.bundles['own'].parts['ref']}/"
    assert asked(client, "GET", path)[0] == 200
    yesterday, now = clock.day_of(clock.now()) - clock.DAY, clock.now()
    directory.leave_post(FOUNDER, post_id=actor.post_id, user_id=actor.user_id, until=yesterday, now=now)
    assert asked(client, "GET", path) == asked(client, "GET", NOWHERE)
