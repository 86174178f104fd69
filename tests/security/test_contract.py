"""Every kind of answer by every method: exactly these headers, no more and no less."""

from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from kalka.core import clock
from kalka.demo.staffing import staff
from kalka.ui import problems
from tests.security.flow import Walk

pytestmark = [pytest.mark.django_db, pytest.mark.both]
HTML = "text/html; charset=utf-8"
CSP = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none';"
    " require-trusted-types-for 'script'; trusted-types answer; report-uri /refused/"
)
ALWAYS = {
    "Content-Security-Policy": CSP,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
# What says nothing of how a browser must treat it, or is another one each time.
ASIDE = {"Content-Length", "Vary", "Location", "Allow", "Content-Language", "Retry-After", "Content-Encoding", "Date"}
OPEN = ("/info/", "/info/find/", "/info/find/ru/", "/say/", "/say/en/")  # without a sign-in
LIKE = {"Content-Security-Policy"}  # in any order


@pytest.fixture(scope="module")
def members(together):
    return staff(clock.now())


@pytest.fixture
def walk(members) -> Walk:
    return Walk(members).be("katchy")


def carried(answer: Any) -> dict[str, str]:
    return {
        name: _sorted(value) if name in LIKE else value for name, value in answer.headers.items() if name not in ASIDE
    }


def _sorted(policy: str) -> str:
    return "; ".join(sorted(part.strip() for part in policy.split(";") if part.strip()))


def expected(kind: str, **more: str) -> dict[str, str]:
    told = {**ALWAYS, "Cache-Control": "no-store", "Content-Type": kind, **more}
    return {name: _sorted(value) if name in LIKE else value for name, value in told.items()}


def test_requirement_41_each_page_and_each_refusal_by_each_method_carries_exactly_these(walk) -> None:
    staff_, anybody = walk.client, Client(raise_request_exception=False)
    wrong = []
    for method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"):
        for path in ("/reports/new/", "/sign-in/", *OPEN, "/no/such/page/", "/cases/ZZZZZZZZZZ/"):
            for client in (staff_, anybody):
                answer = client.generic(method, path)
                told, due = carried(answer), expected(HTML)
                if path in OPEN and answer.status_code == 200:  # a refusal has no links to follow
                    due["Referrer-Policy"] = "no-referrer"
                if told != due or answer.status_code >= 500:
                    wrong.append(f"{method} {path} {answer.status_code}: {set(told.items()) ^ set(due.items())}")
    assert wrong == []


@pytest.mark.parametrize(
    ("path", "kind", "more"),
    [
        ("/info/services.json", "application/json", {}),
        ("/info/services.zip", "application/zip", {"Content-Disposition": 'attachment; filename="services.zip"'}),
    ],
)
def test_requirement_41_the_directory_for_others_carries_them_too_and_sets_no_cookie(path, kind, more) -> None:
    for method in ("GET", "HEAD", "POST", "DELETE"):
        answer = Client().generic(method, path)
        assert carried(answer) == (expected(kind, **more) if method in {"GET", "HEAD"} else expected(HTML)), method
        assert not answer.cookies


@pytest.mark.parametrize("path", ["/say/", "/say/ru/", "/info/find/"])
def test_what_nobody_signed_in_sends_is_refused_beyond_what_such_a_form_can_hold(path) -> None:
    long = b"code=" + b"7" * 100_001
    answer = Client().generic("POST", path, long, content_type="application/x-www-form-urlencoded")
    assert (answer.status_code, carried(answer)) == (413, expected(HTML))


@pytest.mark.parametrize("status", sorted(problems.WORDS))
def test_requirement_41_the_page_of_each_problem_repeats_nothing_and_is_kept_by_nobody(status) -> None:
    answer = problems.problem(status)
    assert (answer.status_code, answer["Cache-Control"], answer["Content-Type"]) == (status, "no-store", HTML)
    text = answer.content.decode()
    assert "<script" not in text and "style=" not in text and text == problems.problem(status).content.decode()


def test_requirement_41_programs_are_told_in_json_and_no_browser_keeps_it() -> None:
    for path in ("/api/v1/cases", "/api/v1/nowhere"):
        for method in ("GET", "POST", "DELETE"):
            answer = Client().generic(method, path)
            told = carried(answer)
            kind = told.pop("Content-Type").partition(";")[0]
            told = {name: value for name, value in told.items() if name not in {"WWW-Authenticate", "Referrer-Policy"}}
            due = {
                name: value for name, value in expected("").items() if name not in {"Content-Type", "Referrer-Policy"}
            }
            assert (kind, told) == ("application/json", due), (method, path)


def test_requirement_41_files_of_the_look_carry_them_too(settings, tmp_path) -> None:
    settings.STATIC_ROOT = str(tmp_path / "static")
    call_command("collectstatic", verbosity=0, interactive=False)
    for name in ("kalka.css", "portal-icon.svg", "nothing.css"):
        for method in ("GET", "HEAD", "POST"):
            told = carried(Client().generic(method, f"/static/{name}"))
            assert {key: told.get(key) for key in ALWAYS} == {
                key: _sorted(value) if key in LIKE else value for key, value in ALWAYS.items()
            }, (method, name)
