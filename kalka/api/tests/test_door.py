"""Who is let in: a token in one header, for one post, and nothing else; everybody else learns nothing."""

import sqlite3
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.db import OperationalError
from django.test import Client

from config.policy import POLICY
from kalka.accounts import services as accounts
from kalka.accounts.models import Session, User
from kalka.api.tests.factories import (
    NOTHING,
    PASSWORD,
    TOLD,
    Program,
    check_described,
    program,
    report_path,
    token_of,
)
from kalka.cases.tests.factories import DAY, NOW, opened, raion
from kalka.core.models import AuditEntry
from kalka.core.refs import new_ref
from kalka.directory.models import Holding, Post

pytestmark = [pytest.mark.django_db, pytest.mark.both]

NOBODY = b'{"code": "unauthorised"}'
ADDRESSES = {
    "api:reports": "/reports",
    "api:report": "/reports/5ee01cd0-45b7-4f94-a99f-9eb75528dcde",
    "api:report_case": "/reports/5ee01cd0-45b7-4f94-a99f-9eb75528dcde/cases/5ee01cd0-45b7-4f94-a99f-9eb75528dcde",
    "api:cases": "/cases",
    "api:case": "/cases/QQ01QX2J68",
    "api:duties": "/duties",
    "api:duty_end": "/duties/5ee01cd0-45b7-4f94-a99f-9eb75528dcde/ends/5ee01cd0-45b7-4f94-a99f-9eb75528dcde",
    "api:orders": "/orders",
    "api:authorities": "/orders/authorities",
    "api:order_lookup": "/orders/lookup",
    "api:order": "/orders/5ee01cd0-45b7-4f94-a99f-9eb75528dcde",
    "api:order_service": "/orders/5ee01cd0-45b7-4f94-a99f-9eb75528dcde/services/5ee01cd0-45b7-4f94-a99f-9eb75528dcde",
    "api:order_number": "/orders/5ee01cd0-45b7-4f94-a99f-9eb75528dcde/numbers/5ee01cd0-45b7-4f94-a99f-9eb75528dcde",
    "api:statistics": "/statistics",
    "api:statistics_releases": "/statistics/releases",
    "api:statistics_table": "/statistics/reports",
    "api:statistics_choices": "/statistics/reports/choices",
    "api:law": "/law/order.duration_days",
    "api:places": "/places",
}
OPERATIONS = [(method.lower(), path) for name, path in ADDRESSES.items() for method in POLICY[name].methods]


@pytest.fixture
def world() -> Any:
    return raion()


def signed_in(world: Any) -> Client:
    """A browser of the person behind a program, with a session that opens pages."""
    token_of(world.worker)
    user = User.objects.latest("id")
    told = {"login": user.login, "password": PASSWORD, "address": "10.0.0.1"}
    client = Client()
    client.cookies[settings.SESSION_COOKIE] = accounts.sign_in(**told, second_factor_required=False, now=NOW).token
    assert client.get("/reports/").status_code == 200
    return client


def test_every_address_of_the_api_is_tried_here() -> None:
    assert ADDRESSES.keys() == {name for name in POLICY if name.startswith("api:")} - {"api:contract"}


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_without_a_token_nobody_is_there(method: str, path: str) -> None:
    answer = Program().ask(method, path)
    assert (answer.status_code, answer.content, answer["WWW-Authenticate"]) == (401, NOBODY, "Bearer")
    assert AuditEntry.objects.count() == 0


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_the_cookie_of_a_signed_in_person_opens_nothing(world: Any, method: str, path: str) -> None:
    answer = getattr(signed_in(world), method)(f"/api/v1{path}", TOLD, content_type="application/json")
    assert (answer.status_code, answer.content) == (401, NOBODY)


def test_a_session_is_no_token_and_a_token_no_session(world: Any) -> None:
    session = signed_in(world).cookies[settings.SESSION_COOKIE].value
    assert Program(session).get("/duties").status_code == 401
    token, client = token_of(world.worker), Client()
    assert client.get("/reports/", headers={"authorization": f"Bearer {token}"}).status_code == 302
    client.cookies[settings.SESSION_COOKIE] = token
    assert client.get("/reports/").status_code == 302


@pytest.mark.parametrize(
    "header", ["{}", "Basic {}", "Bearer  {}", "Bearer {} ", "Bearer {}, Bearer {}", "Bearer", "é"]
)
def test_only_a_whole_token_in_the_right_words_counts(world: Any, header: str) -> None:
    said = header.replace("{}", token_of(world.worker))
    assert Client().get("/api/v1/duties", headers={"authorization": said}).status_code == 401


def test_a_token_in_the_address_is_none(world: Any) -> None:
    token = token_of(world.worker)
    assert Client().get(f"/api/v1/duties?token={token}&access_token={token}").status_code == 401


@pytest.mark.parametrize("end", ["token", "post", "account", "term"])
def test_what_has_ended_opens_nothing_from_the_next_request(world: Any, end: str) -> None:
    clinic = program(world.worker)
    session = Session.objects.latest("id")
    assert clinic.get("/duties").status_code == 200
    if end == "token":
        Session.objects.filter(pk=session.pk).update(ended_at=NOW)
    if end == "post":
        Post.objects.filter(pk=world.worker.post_id).update(until=(NOW - DAY).date())
    if end == "account":
        User.objects.filter(pk=session.user_id).update(active=False)
    with time_machine.travel(NOW + (90 * DAY if end == "term" else timedelta(0)), tick=False):
        assert clinic.get("/duties").status_code == 401


def test_whoever_leaves_the_post_leaves_the_token_though_another_post_is_held(world: Any) -> None:
    clinic = program(world.worker)
    user_id = Session.objects.latest("id").user_id
    Holding.objects.create(post_id=world.inspector.post_id, user_id=user_id, since=(NOW - DAY).date())
    Holding.objects.filter(post_id=world.worker.post_id, user_id=user_id).update(until=(NOW - DAY).date())
    assert clinic.get("/duties").status_code == 401


def test_what_the_post_may_not_ask_answers_like_what_is_not_there(world: Any) -> None:
    case = opened(world)
    psychologist, stranger = program(world.psychologist), program(world.stranger)
    answers = [
        psychologist.get("/orders"),
        stranger.get(f"/cases/{case.ref}"),
        stranger.get(f"/cases/{new_ref()}"),
        stranger.get("/cases/%00"),
        stranger.get(f"/cases/{'A' * 3000}"),
        stranger.get(f"/reports/{case.report_id}"),
        stranger.get(report_path()),
        stranger.get("/reports/not-an-id"),
        stranger.get("/law/nothing.of_the_kind"),
        stranger.get("/nothing"),
        Program(language="ru").get("/nothing"),
        Program(language="ky").get("/"),
    ]
    assert {(answer.status_code, answer.content) for answer in answers} == {(404, NOTHING)}


def test_a_refusal_is_in_the_record(world: Any) -> None:
    program(world.psychologist).get("/orders")
    entry = AuditEntry.objects.exclude(command="places.install_builtin").latest("id")
    assert (entry.kind, entry.command, entry.refusal) == ("refused", "api:orders", "core.not_permitted")
    assert entry.post_id == world.psychologist.post_id


@pytest.mark.parametrize("name", [*ADDRESSES, "api:contract"])
@pytest.mark.parametrize("method", ["post", "put", "delete", "patch", "head", "options"])
def test_a_method_it_has_not_is_not_allowed(world: Any, method: str, name: str) -> None:
    path, has = ADDRESSES.get(name, "/openapi.json"), POLICY[name].methods
    if method.upper() in has:
        return
    answer = getattr(Client(), method)(f"/api/v1{path}", headers={"authorization": f"Bearer {token_of(world.worker)}"})
    assert (answer.status_code, answer.content) == (405, b"" if method == "head" else b'{"code": "not_allowed"}')
    assert answer["Allow"] == ", ".join(sorted(has))


def test_a_pause_is_told_as_one_with_when_to_send_again(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_a: Any, **_k: Any) -> None:
        busy = sqlite3.OperationalError("database is locked")
        busy.sqlite_errorcode = sqlite3.SQLITE_BUSY
        raise OperationalError from busy

    clinic = program(world.worker)
    monkeypatch.setattr("kalka.duties.selectors.today", locked)
    client = Client(raise_request_exception=False)
    answer = client.get("/api/v1/duties", headers={"authorization": f"Bearer {clinic.token}"})
    assert (answer.status_code, answer.content) == (503, b'{"code": "pause"}')
    assert int(answer["Retry-After"]) > 0
    check_described("get", "/api/v1/duties", answer)


def test_what_breaks_says_so_to_a_program_without_a_word_of_what_was_sent(
    world: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    clinic = program(world.worker)
    monkeypatch.setattr("kalka.duties.selectors.today", lambda *_a, **_k: 1 / 0)
    client = Client(raise_request_exception=False)
    answer = client.get("/api/v1/duties", headers={"authorization": f"Bearer {clinic.token}"})
    assert (answer.status_code, answer.content) == (500, b'{"code": "broken"}')
