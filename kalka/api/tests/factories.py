"""A program with a token for a post, and requests that are held against the description of the API."""

import json
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.test import Client

from kalka.accounts import services as accounts
from kalka.api import schemas
from kalka.api.api import described
from kalka.cases.tests.factories import NOW
from kalka.core.actors import Actor
from kalka.core.permissions import Permission
from kalka.core.refs import new_id
from kalka.core.scopes import TokenScope
from kalka.directory.models import Holding

ADMIN = Actor(900, frozenset({Permission.USERS_MANAGE}))
PASSWORD = "carpet thunder apricot"
NOTHING = b'{"code": "not_found"}'
TOLD = {
    "danger": "unsure",
    "told_on": "2026-11-23",
    "way": "clinic",
    "by_whom": "worker",
    "what": "Кечинде үйүнөн кыйкырык угулду.",
    "children": "yes",
    "children_count": 2,
    "phone": "+996555121234",
    "reporter_name": "Салтанат Эсенова",
}


def token_of(actor: Actor, *scopes: TokenScope, days: int = 90) -> str:
    """A token for a program of its own account, which holds the actor's post beside whoever else does.

    For every scope, unless some are named.
    """
    login = f"program-{new_id().hex[:12]}"
    user = accounts.create_user(ADMIN, login=login, name="Клиника", password=PASSWORD, now=NOW)
    Holding.objects.create(post_id=actor.post_id, user_id=user.pk, since=date(2020, 1, 1))
    issued = {"user_id": user.pk, "post_id": actor.post_id, "scopes": scopes or tuple(TokenScope)}
    return accounts.issue_token(ADMIN, **issued, days=days, now=NOW)[1].token


@dataclass(frozen=True)
class Program:
    """Asks as a program does. Whatever is answered must be in the description."""

    token: str = ""
    language: str = "en"

    def get(self, path: str, **query: Any) -> Any:
        return self.ask("get", path, data=query)

    def put(self, path: str, body: Any) -> Any:
        return self.send("put", path, body)

    def post(self, path: str, body: Any) -> Any:
        return self.send("post", path, body)

    def send(self, method: str, path: str, body: Any) -> Any:
        sent = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.ask(method, path, data=sent, content_type="application/json")

    def ask(self, method: str, path: str, **more: Any) -> Any:
        headers = {"accept-language": self.language}
        if self.token:
            headers["authorization"] = f"Bearer {self.token}"
        answer = getattr(Client(), method)(f"/api/v1{path}", headers=headers, **more)
        check_described(method, f"/api/v1{path}", answer)
        return answer


def program(actor: Actor, *scopes: TokenScope, language: str = "en") -> Program:
    return Program(token_of(actor, *scopes), language)


def check_described(method: str, path: str, answer: Any) -> None:
    """The status is declared for the operation, and the body has the declared shape, no key more."""
    assert answer["Content-Type"].startswith("application/json")
    assert answer["Cache-Control"] == "no-store"
    operation = _operation(method, path.partition("?")[0])
    if operation is None:
        assert answer.status_code in {404, 405}
        return
    declared = operation["responses"][answer.status_code]["content"]["application/json"]["schema"]
    shape = getattr(schemas, declared["$ref"].rpartition("/")[2])
    said = json.loads(answer.content)
    assert _keys(shape.model_validate(said).model_dump(mode="json")) == _keys(said)


def _keys(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _keys(inner) for key, inner in value.items()}
    return [_keys(inner) for inner in value] if isinstance(value, list) else None


def _operation(method: str, path: str) -> dict[str, Any] | None:
    for template, methods in described()["paths"].items():
        pattern = re.sub(r"\\\{(id|report|order|duty)\\\}", "[0-9a-f-]{36}", re.escape(template))
        if re.fullmatch(re.sub(r"\\\{\w+\\\}", "[^/]+", pattern), path):
            return methods.get(method)
    return None


def faults(answer: Any, status: int = 422) -> list[tuple[str, str]]:
    assert answer.status_code == status, answer.content
    return sorted((one["field"], one["code"]) for one in answer.json()["errors"])


def report_path() -> str:
    return f"/reports/{new_id()}"
