"""Whatever is sent to any address for programs: a clear answer, never a fault of ours, and nothing half written."""

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from config.policy import POLICY
from kalka.api.api import described
from kalka.api.urls import operations
from kalka.core import clock
from kalka.core.refs import new_id
from kalka.intake import services as intake
from kalka.intake.rules import NewReport
from kalka.orders import services as orders
from kalka.orders.rules import NewOrder
from tests.security import programs
from tests.security.installed import Installed, readers
from tests.security.test_bad_input import BODIES, VALUES
from tests.security.written import Written, rows
from tests.undoing import undone

JSON = "application/json"
EXPECTED = {200, 201, 404, 413, 422}
# Beside the words of the forms: whatever else JSON can say, and what no JSON says.
RAW: dict[str, bytes] = {
    "null": b"null",
    "true": b"true",
    "a fraction": b"0.1",
    "infinity": b"1e309",
    "below zero": b"-1",
    "the largest that fits": b"9223372036854775807",
    "one more than fits": b"9223372036854775808",
    "400 figures": b"9" * 400,
    "5,000 figures": b"9" * 5_000,
    "no number": b"NaN",
    "nul": b'"a\\u0000b"',
    "half a sign": b'"\\ud800"',
    "an object": b'{"text": {}}',
    "a list of lists": b"[[[]]]",
    "a long list": b"[" + b'"a",' * 5_000 + b'"a"]',
    "a long text": b'"' + "ы".encode() * 30_000 + b'"',
    "a far day": b'"9999-12-31"',
    "a far moment": b'"9999-12-31T23:59:59-23:59"',
    "a leap second": b'"2026-06-30T23:59:60Z"',
    "other figures": '"٢٠٢٦-١١-٢٣"'.encode(),
}
IN_A_PATH = (
    "%00",
    "a%00b",
    "..%2f..",
    "%ed%a0%80",
    "%c3%28",
    "9" * 3_000,
    "-1",
    "0",
    "%F0%9F%92%A9",
    "a'%20OR%201=1",
    "%",
)
METHODS = [(name, method) for name, rule in POLICY.items() if rule.scopes for method in rule.scopes]


class EveryOperation(Installed):
    def setUp(self) -> None:
        """With a report nobody has decided on, and an order without a number."""
        super().setUp()
        told = NewReport(danger="no", told_on=clock.day_of(clock.now()), what="сөз")
        by = self.walk.members["sotsial"].actor
        self.report = intake.receive_report(by, id=new_id(), told=told, now=clock.now()).pk
        paper, police = NewOrder(issued_at=clock.now()), self.walk.members["inspektor"].actor
        ref = self.parts["ref"]
        self.order = orders.register_order(police, id=new_id(), case_ref=ref, told=paper, now=clock.now()).pk

    def program(self, name: str, method: str) -> Client:
        return programs.client(self.walk, readers(POLICY[name], method, self.walk)[0])

    def at(self, name: str, **more: Any) -> str:
        """Of what is there; what is written has an id of its own."""
        given = {**self.parts, "report": self.report, "order": self.order, "duty": self.parts["duty_id"]}
        given |= {"indicator": "reports", "key": "order.duration_days"}
        wanted = next(tuple(one.pattern.converters) for one in operations if f"api:{one.name}" == name)
        return reverse(name, kwargs={part: ({"id": new_id()} | given | more)[part] for part in wanted})

    def asked(self, client: Client, method: str, path: str, body: bytes = b"", kind: str = JSON) -> str | None:
        """What was wrong with the answer. What it wrote is taken back."""
        fault, after, written = None, None, Written()
        with undone():
            try:
                with connection.execute_wrapper(written):
                    answer = client.generic(method, path, body, content_type=kind)
                fault = None if answer.status_code in EXPECTED else f"answered {answer.status_code}"
                if fault is None and answer["Content-Type"].partition(";")[0] != JSON:
                    fault = "answered no JSON"
                done = answer.status_code in {200, 201}
                after = rows() if fault is None and not done and written.tables else None
            except Exception as error:
                fault = f"{type(error).__name__}: {str(error)[:200]}"
        if after is not None and after != rows():
            fault = "wrote something and did not say so"
        return fault

    def bodies(self, *, every: int) -> list[str]:
        wrong = []
        for number, (name, method) in enumerate(METHODS):
            client = self.program(name, method)
            for what, (body, kind) in list(BODIES.items())[number % every :: every]:
                for sent_as in {kind, JSON}:
                    fault = self.asked(client, method, self.at(name), body, sent_as)
                    wrong += [f"{method} {name}, {what}: {fault}"] if fault else []
        return wrong

    def test_no_body_breaks_an_operation(self) -> None:
        assert self.bodies(every=3) == []

    @pytest.mark.both
    @pytest.mark.deep
    def test_no_body_at_all_breaks_an_operation(self) -> None:
        assert self.bodies(every=1) == []

    def test_no_value_breaks_an_operation(self) -> None:
        """Each key with a third of them, among answers that would do."""
        wrong, tried = [], 0
        values = {**{what: json.dumps(value).encode() for what, value in VALUES.items()}, **RAW}
        for name, method in METHODS:
            told = self.would_do(name) if method != "GET" else {}
            client = self.program(name, method)
            for place, key in enumerate(shape(name, method)):
                rest = json.dumps({other: value for other, value in told.items() if other != key})[1:-1]
                for what in list(values)[place % 3 :: 3]:
                    value = values[what]
                    body = b"{%s: %s%s}" % (json.dumps(key).encode(), value, f", {rest}".encode() if rest else b"")
                    fault = self.asked(client, method, self.at(name), body)
                    tried += 1
                    wrong += [f"{method} {name} {key}, {what}: {fault}"] if fault else []
        assert wrong == []
        assert tried > 400

    def test_what_would_do_does(self) -> None:
        """Otherwise the test above tries nothing but the first refusal."""
        for name, method in METHODS:
            if method == "GET" or name == "api:duty_end":  # that one ends with its step
                continue
            body = json.dumps(self.would_do(name)).encode()
            with undone():
                answer = self.program(name, method).generic(method, self.at(name), body, content_type=JSON)
            assert answer.status_code in {200, 201}, f"{name}: {answer.content!r}"

    def addresses(self, *, every: int) -> list[str]:
        """In each part of a path, in each key of a question, and in keys nobody declared."""
        wrong = []
        for number, (name, method) in enumerate(METHODS):
            client = self.program(name, method)
            paths = [*self.paths(name), *(f"{self.at(name)}?{query}" for query in questions(name, method))]
            for path in paths[number % every :: every]:
                fault = self.asked(client, method, path)
                wrong += [f"{method} {path[:200]}: {fault}"] if fault else []
        return wrong

    def test_no_address_breaks(self) -> None:
        assert self.addresses(every=4) == []

    @pytest.mark.both
    @pytest.mark.deep
    def test_no_address_at_all_breaks(self) -> None:
        assert self.addresses(every=1) == []

    def paths(self, name: str) -> Iterator[str]:
        path = self.at(name)
        parts = path.split("/")
        for place in range(3, len(parts)):
            for odd in IN_A_PATH:
                yield "/".join([*parts[:place], odd, *parts[place + 1 :]])

    def would_do(self, name: str) -> dict[str, Any]:
        now = clock.now().isoformat()
        order = {"number": "777/1", "authority": self.walk.members["inspektor"].actor.organisation_id}
        return {
            "api:report": {"danger": "no", "told_on": str(clock.day_of(clock.now())), "what": "сөз"},
            "api:report_case": {"protected": {"sex": "f"}},
            "api:duty_end": {"how": "done"},
            "api:order": {"case": self.parts["ref"], "issued_at": now, **order},
            "api:order_lookup": {"number": "777/1"},
            "api:order_service": {"at": now, "how": "not_found"},
            "api:order_number": order,
        }[name]


def shape(name: str, method: str) -> list[str]:
    """The keys of the body that an operation takes."""
    body = operation(name, method).get("requestBody")
    if body is None:
        return []
    shapes = described()["components"]["schemas"]
    taken = shapes[body["content"][JSON]["schema"]["$ref"].rpartition("/")[2]]
    return [*taken["properties"], "nobody_declared_this"]


def questions(name: str, method: str) -> Iterator[str]:
    keys = [one["name"] for one in operation(name, method)["parameters"] if one["in"] == "query"]
    for key in (*keys, "nobody_declared_this", "%00", "%ed%a0%80"):
        for value in VALUES.values():
            yield f"{key}={value if value.startswith('%') else quote(value)}"
        yield f"{key}"
        yield f"{key}=a&{key}=b"


def operation(name: str, method: str) -> dict[str, Any]:
    template = next(str(one.pattern) for one in operations if f"api:{one.name}" == name)
    wanted = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", template)
    found: dict[str, Any] = described()["paths"][f"/api/v1/{wanted}"][method.lower()]
    return found
