"""What every kind of answer carries, and which cookies there are."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from kalka.core import clock
from kalka.demo.staffing import PASSWORD, staff
from tests.architecture.tree import ROOT
from tests.security import forms
from tests.security.flow import Walk

pytestmark = [pytest.mark.django_db, pytest.mark.seldom]

CSP = {
    "default-src": "'none'",
    "style-src": "'self'",
    "script-src": "'self'",
    "img-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "require-trusted-types-for": "'script'",
    "trusted-types": "answer",
    "report-uri": "/refused/",
}


@pytest.fixture(scope="module")
def members(together):
    return staff(clock.now())


@pytest.fixture
def walk(members) -> Walk:
    return Walk(members).be("katchy")


@pytest.fixture
def broken(monkeypatch):
    """Today falls over."""

    def fall(*_, **__):
        raise RuntimeError("Кундузйөңгүш")

    monkeypatch.setattr("kalka.duties.selectors.today", fall)


def checked(answer) -> None:
    said = dict(
        part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";") if part.strip()
    )
    assert said == CSP
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer.headers["Referrer-Policy"] in {"same-origin", "no-referrer"}
    assert "Server" not in answer.headers and "X-Powered-By" not in answer.headers


def test_every_kind_of_answer_says_what_a_browser_may_not_do(walk, broken):
    client, anybody = walk.client, Client(raise_request_exception=False)
    anybody.cookies = client.cookies
    answers = {
        200: client.get("/reports/new/"),
        302: Client().get("/"),
        404: client.get("/no/such/page/"),
        405: client.delete("/reports/new/"),
        413: client.generic("POST", "/reports/new/", b"x", CONTENT_LENGTH="99000000"),
        500: anybody.get("/"),
        400: Client(raise_request_exception=False).get("/", headers={"host": "evil.example"}),
    }
    for status, answer in answers.items():
        assert answer.status_code == status
        checked(answer)
        assert answer.headers["Cache-Control"] == "no-store", status
    assert "Кундузйөңгүш" not in answers[500].content.decode()


def test_the_public_pages_and_the_door_carry_them_too():
    for path in ("/info/", "/info/ru/", "/info/find/", "/say/", "/sign-in/"):
        answer = Client().get(path)
        assert answer.status_code == 200
        checked(answer)
        assert answer.headers["Cache-Control"] == "no-store"


def test_files_of_the_look_carry_them_and_may_be_kept(settings, tmp_path):
    settings.STATIC_ROOT = str(tmp_path / "static")
    call_command("collectstatic", verbosity=0, interactive=False)
    answer = Client().get("/static/kalka.css")
    assert answer.status_code == 200
    checked(answer)
    assert "Set-Cookie" not in answer.headers and not answer.cookies


def test_the_public_pages_leave_nothing_in_a_browser():
    ways = ("", "ru/", "en/", "xx/", "find/", "find/?n=2", "ask/")
    for path in (*(f"/info/{way}" for way in ways), "/say/"):
        client = Client()
        answer = client.get(path)
        assert not answer.cookies and not client.cookies, path
        assert "Set-Cookie" not in answer.headers


def test_signing_out_clears_what_a_browser_kept(walk):
    answer = walk.client.post("/sign-out/")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert answer.cookies[settings.SESSION_COOKIE]["max-age"] == 0
    assert walk.client.get("/").status_code == 302


def test_the_session_draws_a_new_token_at_every_step_and_holds_it_nowhere(walk, settings):
    settings.DEMO = True
    client = Client()
    door = forms.asking(client.get("/sign-in/").content.decode(), "/sign-in/")
    client.post("/sign-in/", forms.filled(door, lambda _: "", {"login": "mucho", "password": PASSWORD}))
    cookie = client.cookies[settings.SESSION_COOKIE]
    assert cookie["httponly"] and cookie["samesite"] == "Strict" and cookie["path"] == "/" and not cookie["domain"]
    assert client.cookies[settings.CSRF_COOKIE_NAME]["httponly"]
    assert client.cookies[settings.CSRF_COOKIE_NAME]["samesite"] == "Strict"
    assert client.cookies[settings.LANGUAGE_COOKIE_NAME]["httponly"]


OVER_HTTPS = """
import json, django; django.setup()
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from kalka.core import clock, root
from kalka.vault import keys
from kalka.demo.staffing import PASSWORD, staff
from tests.security import forms
root.create(settings.ROOT_KEY_FILE)
settings.DEMO = True
call_command("migrate", run_syncdb=True, verbosity=0)
keys.ensure_keks()
staff(clock.now())
client = Client()
plain = client.get("/sign-in/")
page = client.get("/sign-in/", secure=True)
door = forms.asking(page.content.decode(), "/sign-in/")
client.post("/sign-in/", forms.filled(door, lambda _: "", {"login": "katchy", "password": PASSWORD}), secure=True)
print(json.dumps({
    "plain": [plain.status_code, plain.headers["Location"]],
    "hsts": page.headers["Strict-Transport-Security"],
    "cookies": {name: {k: v for k, v in one.items() if v} for name, one in client.cookies.items()},
}))
"""


def test_over_https_every_cookie_is_secure_and_bound_to_the_host(tmp_path):
    env = {name: value for name, value in os.environ.items() if not name.startswith("KALKA_")}
    env |= {"KALKA_HTTPS": "true", "KALKA_DATA": str(tmp_path), "DATABASE_URL": "", "KALKA_TEST_DB": "sqlite"}
    env |= {"DJANGO_SETTINGS_MODULE": "config.settings.test", "PYTHONPATH": str(ROOT)}
    words = [sys.executable, "-W", "ignore", "-c", OVER_HTTPS]
    done = subprocess.run(words, env=env, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["plain"] == [301, "https://testserver/sign-in/"]
    assert told["hsts"] == "max-age=31536000; includeSubDomains"
    assert set(told["cookies"]) == {"__Host-kalka", "__Host-kalka-csrf", "kalka-lang"}
    for name, said in told["cookies"].items():
        assert said["secure"] and said["httponly"] and said["path"] == "/" and "domain" not in said, name
        assert said["samesite"] == ("Lax" if name == "kalka-lang" else "Strict")
