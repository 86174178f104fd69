"""What browsers refused, and tell of it."""

import json

import pytest
import structlog
from django.test import Client

ADDRESS = "https://kalka.example/cases/K7M2Q4XW9P/"


def told(body: bytes, content_type: str = "application/csp-report") -> list[dict[str, object]]:
    with structlog.testing.capture_logs() as lines:
        answer = Client(enforce_csrf_checks=True).post("/refused/", body, content_type=content_type)
    assert (answer.status_code, answer.content) == (204, b"")
    return [line for line in lines if line["event"] == "refused"]


def report(rule: object) -> bytes:
    said = {"effective-directive": rule, "document-uri": ADDRESS, "blocked-uri": "https://elsewhere.example/x.js"}
    return json.dumps({"csp-report": said}).encode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "code"),
    [
        (report("script-src-elem"), "script-src"),
        (report("require-trusted-types-for"), "require-trusted-types-for"),
        (report(ADDRESS), "other"),
        (report(["img-src"]), "other"),
        (b"{}", "unreadable"),
        (b"[1]", "unreadable"),
        (b"\xff\xfe", "unreadable"),
        (b"[" * 9_000, "unreadable"),
        (report("img-src").ljust(10_001), "unreadable"),
    ],
)
def test_of_a_report_the_name_of_the_rule_is_kept_and_nothing_else(body, code):
    assert told(body) == [{"event": "refused", "log_level": "warning", "code": code}]


@pytest.mark.django_db
def test_a_form_is_no_report():
    assert told(b"csp-report=img-src", "application/x-www-form-urlencoded") == [
        {"event": "refused", "log_level": "warning", "code": "unreadable"}
    ]
