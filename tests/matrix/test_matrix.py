"""Over HTTP: every address × its methods and one it does not have × every role × own, foreign and walled.

The unseen answers like the nonexistent, byte for byte.
"""

import json
from collections.abc import Collection, Iterator
from uuid import UUID

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from config.policy import POLICY
from kalka.accounts import services
from kalka.accounts.models import Session
from kalka.core import clock
from kalka.core.models import AuditEntry
from kalka.core.scopes import TokenScope
from kalka.demo.staffing import FOUNDER
from kalka.directory import services as directory
from kalka.directory.roles import ROLES
from tests.matrix import world as worlds
from tests.matrix.world import RELATIONS, World
from tests.undoing import undone

pytestmark = pytest.mark.django_db

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
# A judgement is its author's alone, and a lower level is agreed to by whoever leads the unit that proposed it.
ONLY = {
    "risk:result": {"police_inspector"},
    "risk:countersign": {"supervising_officer", "police_inspector"},
    # Whoever was asked to help, by a consent for their office; whoever has a seat at the table; whose entry it is.
    "referrals:answer": {"crisis_worker", "psychologist", "shelter_worker"},
    "referrals:reply": {"crisis_worker", "psychologist", "shelter_worker"},
    "referrals:invited": {"police_inspector"},
    "guide:change": {"crisis_worker", "ministry_coordinator"},
    # What another post is to do is shown to those who work with the plan.
    "support:action": {"child_protection", "crisis_worker", "social_worker", "window_coordinator"},
    # A programme is led by the body somebody was sent to: in this world by probation.
    **{f"programmes:{name}": {"probation_officer"} for name in ("group", "session", "step", "threat")},
    # What a committee held is changed by itself alone; its story is read by its own and by those who review it.
    **{f"prevention:{name}": {"committee_secretary"} for name in ("withdraw", "roll", "photo_new", "photo", "picture")},
    "library:story": {"committee_secretary", "regional_coordinator", "ministry_coordinator"},
    # A course, its roll and a focal point are kept by whoever entered them: in this world a committee.
    **{
        f"training:{name}": {"committee_secretary"}
        for name in ("enrol", "results", "measure", "certificates", "paper", "take_back", "learnt")
    },
}
# The ministry keeps the whole guide, and its territory is the country: to it no entry, no committee is a stranger's.
EVERYBODYS = {("guide:change", "ministry_coordinator"), ("committees:approve", "ministry_coordinator")}
EVERYBODYS |= {("prevention:event", "ministry_coordinator"), ("library:story", "ministry_coordinator")}
# Their object is named in the form, so an empty form names one that does not exist; or nobody here has one (a passkey).
NAMED_IN_THE_FORM = {("accounts:end_session", "POST"), ("desk:post", "POST"), ("accounts:passkey_confirm", "POST")}
NAMED_IN_THE_FORM |= {("guide:list", "POST")}
# An id that somebody used is that one's: sent by another, it answers like one nobody may use.
ITS_AUTHORS_ALONE = {("api:order", "PUT")}
# Every role on PostgreSQL. On SQLite, whose predicates are the same, one in three: the table is enforced before either.
EACH = [pytest.param(role, marks=[pytest.mark.both] * (number % 3 == 0)) for number, role in enumerate(sorted(ROLES))]
NOWHERE = "/cases/ZZZZZZZZZZ/nowhere/"
UNKNOWN_ID = UUID(int=0)
NOBODYS = {"ref": "ZZZZZZZZZZ", "user": 999_999, "number": 1, "holding_id": 999_999}


def addresses(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, tuple[str, ...]]]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}", tuple(pattern.pattern.converters)
        else:
            yield from addresses(pattern, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)


ADDRESSES = [(name, parts) for name, parts in addresses() if not name.startswith("api:")]
FOR_PROGRAMS = [(name, parts) for name, parts in addresses() if name.startswith("api:")]


@pytest.fixture(scope="module")
def world(together: None) -> World:
    """Built once for all of them; each leaves it as it found it."""
    return worlds.build()


def asked(client: Client, method: str, path: str, told: dict[str, object] | None = None):
    """One request that leaves nothing behind, so that the next one meets the same world."""
    client.cookies = client.held.copy()
    with undone():
        answer = client.generic(method, path, json.dumps(told) if told is not None else "", "application/json")
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
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
            own = f"{name} {part}"
            given[part] = parts_[own if own in parts_ else part]
    return reverse(name, kwargs=given)


def client_of(world: World, role: str) -> Client:
    client = Client(raise_request_exception=True)
    if role:
        client.cookies[settings.SESSION_COOKIE] = world.tokens[role]
        now = clock.now()  # the world may be older than what a session, or a confirmation, is good for
        Session.objects.update(confirmed_at=now, seen_at=now)
    client.held = client.cookies  # what an answer sets or takes away is forgotten
    return client


def relations_of(name: str) -> tuple[str, ...]:
    return RELATIONS if POLICY[name].about else ("own",)


@pytest.mark.parametrize("role", [pytest.param("", id="anybody", marks=pytest.mark.both), *EACH])
def test_every_address_answers_this_role_as_declared(world, role):
    client, wrong = client_of(world, role), []
    nothing = asked(client, "GET", NOWHERE)
    for name, parts in ADDRESSES:
        undeclared = next(method for method in METHODS if method not in POLICY[name].methods)
        for relation in relations_of(name) if (name, role) not in EVERYBODYS else ("own",):
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
        return None if status in {200, 204, 302, 303, 307, 404} else f"public page answered {status}"
    if not role:
        return None if status == 302 and dict(headers)["Location"].startswith("/sign-in/") else f"answered {status}"
    permitted = needed in ROLES[role].permissions and role in ONLY.get(name, ROLES)
    if not permitted or (relation != "own" and rule.about):
        same = (status, body, headers) == nothing
        return None if same else f"answered {status}, not like what does not exist"
    if (name, method) in NAMED_IN_THE_FORM:
        return None if (status, body, headers) == nothing else f"answered {status}"
    fine = {200, 302, 303, 307} | ({400} if name == "intake:draft" else set())  # a draft without a number
    return None if status in fine else f"answered {status}"


@pytest.mark.both
def test_a_number_nobody_has_answers_like_one_that_may_not_be_seen(world):
    client = client_of(world, "social_worker")
    for name, parts in ADDRESSES:
        if "ref" not in parts:
            continue
        foreign = asked(client, "GET", path_of(name, parts, world, "foreign", "social_worker"))
        given = {part: NOBODYS.get(part, UNKNOWN_ID) for part in parts}
        assert asked(client, "GET", reverse(name, kwargs=given)) == foreign, name


@pytest.mark.both
def test_whoever_leaves_the_post_is_out_on_the_next_request(world):
    actor = world.members["police_inspector"].actor
    client, path = client_of(world, "police_inspector"), f"/cases/{world.bundles['own'].parts['ref']}/"
    assert asked(client, "GET", path)[0] == 200
    yesterday, now = clock.day_of(clock.now()) - clock.DAY, clock.now()
    directory.leave_post(FOUNDER, post_id=actor.post_id, user_id=actor.user_id, until=yesterday, now=now)
    assert asked(client, "GET", path) == asked(client, "GET", NOWHERE)


def program_of(world: World, role: str, scopes: Collection[TokenScope] = tuple(TokenScope)) -> Client:
    actor = world.members[role].actor
    issued = services.issue_token(
        FOUNDER, user_id=actor.user_id, post_id=actor.post_id or 0, scopes=scopes, days=1, now=clock.now()
    )
    client = Client(headers={"Authorization": f"Bearer {issued[1].token}"})
    client.held = client.cookies
    return client


def api_path(name: str, parts: tuple[str, ...], world: World, relation: str) -> str:
    """Where the id is that of what is written, nobody has used it yet."""
    given: dict[str, object] = {"key": "order.duration_days", "indicator": "reports", "id": UNKNOWN_ID}
    if relation:
        told = world.bundles[relation].parts
        given |= {"duty": told["duty_id"], **told}
        given |= {"api:report": {"id": told["report"]}, "api:order": {"id": told["order"]}}.get(name, {})
    else:
        given |= {"ref": "ZZZZZZZZZZ", **dict.fromkeys(("report", "order", "duty"), UNKNOWN_ID)}
    return reverse(name, kwargs={part: given[part] for part in parts})


def told_of(name: str, method: str, world: World, relation: str) -> dict[str, object] | None:
    """What would do, so that only who asks decides."""
    now = clock.now().isoformat()
    told: dict[str, dict[str, object]] = {
        "api:report_case": {},
        "api:duty_end": {"how": "done"},
        "api:order": {"case": world.bundles[relation].parts["ref"] if relation else "ZZZZZZZZZZ", "issued_at": now},
        "api:order_lookup": {"number": "12/345"},
        "api:order_service": {"at": now, "how": "not_found"},
        "api:order_number": {"number": "12/345", "authority": world.members["police_inspector"].actor.organisation_id},
    }
    return told.get(name) if method in {"PUT", "POST"} else None


@pytest.mark.parametrize("role", EACH)
def test_every_address_for_programs_answers_this_role_as_declared(world, role):
    client, wrong = program_of(world, role), []
    for name, parts in FOR_PROGRAMS:
        rule = POLICY[name]
        for relation in relations_of(name):
            for method in (*rule.methods, "DELETE"):
                told, other = (told_of(name, method, world, of) for of in (relation, ""))
                got = asked(client, method, api_path(name, parts, world, relation), told)
                unused = asked(client, method, api_path(name, parts, world, ""), other) if rule.about else None
                needed = rule.methods.get(method)
                permitted = needed is None or needed in ROLES[role].permissions
                if method not in rule.methods:
                    fine = got[0] == 405
                elif not permitted:
                    fine = got[0] == 404
                elif rule.about and relation != "own":
                    fine = got == unused and got[0] in {404, 422}
                else:
                    fine = got[0] in {200, 201, 409, 422} or (name, method) in ITS_AUTHORS_ALONE
                if not fine:
                    wrong.append(f"{method} {name} {relation}: answered {got[0]}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("scope", sorted(TokenScope))
def test_a_token_meets_nothing_outside_its_scope_whatever_its_post_may(world, scope):
    """Byte for byte like an address that is not there, and on record."""
    wrong = []
    for role in ("police_inspector", "social_worker", "ministry_coordinator"):
        client = program_of(world, role, [scope])
        nothing = asked(client, "GET", "/api/v1/nowhere")
        for name, parts in FOR_PROGRAMS:
            for method, needed in POLICY[name].scopes.items():
                told = told_of(name, method, world, "own")
                got = asked(client, method, api_path(name, parts, world, "own"), told)
                permitted = POLICY[name].methods[method] in ROLES[role].permissions
                outside = needed != scope or not permitted or (name, method) in ITS_AUTHORS_ALONE
                if (got == nothing) != outside:
                    wrong.append(f"{role} {method} {name}: answered {got[0]}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.both
def test_a_step_outside_the_scope_is_on_record(world):
    client = program_of(world, "social_worker", [TokenScope.LAW_READ])
    client.get("/api/v1/cases")
    entry = AuditEntry.objects.latest("id")
    assert (entry.kind, entry.command, entry.refusal) == ("refused", "api:cases", "core.outside_scope")


@pytest.mark.both
def test_without_a_token_a_program_learns_nothing(world):
    client = client_of(world, "social_worker")  # a cookie is no token
    closed = [(name, parts) for name, parts in FOR_PROGRAMS if not POLICY[name].public]
    answers = {asked(client, next(iter(POLICY[n].methods)), api_path(n, p, world, "own"))[:2] for n, p in closed}
    assert len(answers) == 1 and answers.pop()[0] == 401
