"""What a visitor is told while nothing can be kept, and what comes back of a form."""

import re
import sqlite3
from html import unescape

import psycopg
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client, RequestFactory
from django.utils.translation import override
from structlog.testing import capture_logs

from config.policy import POLICY
from kalka.access import pausing
from kalka.core import clock
from kalka.core.outage import Outage
from kalka.demo.staffing import staff
from kalka.intake.models import Report
from kalka.ui import problems
from tests.security import forms
from tests.security.flow import Walk

pytestmark = [pytest.mark.django_db, pytest.mark.both]

PAGE = "/reports/new/"
TEXT = '«Үч жолу» <деди> & "экөө".\nЭкинчи сап: \'</textarea><script>alert(1)</script>'
CSRF = "c" * 32


def away() -> None:
    try:
        psycopg.connect("host=127.0.0.1 port=9 dbname=x connect_timeout=2")
    except psycopg.OperationalError as error:
        raise OperationalError(*error.args) from error


def busy() -> None:
    error = sqlite3.OperationalError("database is locked")
    error.sqlite_errorcode = sqlite3.SQLITE_BUSY
    raise OperationalError(*error.args) from error


@pytest.fixture(autouse=True)
def rested():
    pausing._rests["until"] = 0.0
    yield
    pausing._rests["until"] = 0.0


@pytest.fixture(scope="module")
def members(together):
    return staff(clock.now())


@pytest.fixture
def walk(members) -> Walk:
    walk = Walk(members).be("katchy")
    walk.client.raise_request_exception = False
    walk.client.cookies[settings.CSRF_COOKIE_NAME] = CSRF
    return walk


@pytest.fixture
def gone(monkeypatch):
    """The database answers no command: a function that takes it away, and gives it back."""

    def take(fails=away):
        monkeypatch.setattr("kalka.core.audit.done", lambda *_: fails())
        return monkeypatch.undo

    return take


def sent(walk: Walk, **more: object) -> dict[str, object]:
    told = walk.fill(PAGE, danger="no", what=TEXT, needs=["escort", "interpreter"], when=None)
    return {name: value for name, value in told.items() if value is not None} | {"csrfmiddlewaretoken": CSRF} | more


def again(html: str) -> dict[str, list[str]]:
    """What the one form of the page would send."""
    found = {}
    for name, value in forms_hidden(html):
        found.setdefault(name, []).append(value)
    return found


def forms_hidden(html: str) -> list[tuple[str, str]]:
    pairs = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', html)
    return [(unescape(name), unescape(value)) for name, value in pairs]


@pytest.mark.parametrize("fails", [away, busy])
def test_a_form_comes_back_with_its_text_and_the_same_button_saves_it_once(walk, gone, fails):
    told = sent(walk)
    back = gone(fails)
    with capture_logs() as logs:
        answer = walk.client.post(PAGE, told)
    html = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "15", "no-store")
    assert Report.objects.count() == 0
    assert again(html) == {name: value if isinstance(value, list) else [value] for name, value in told.items()}
    assert "<script>alert" not in html and html.count("<form") == 1
    assert "деди" not in repr(logs) and "Үч" not in repr(logs)

    back()
    pausing._rests["until"] = 0.0
    for _ in range(3):
        assert walk.client.post(PAGE, again(html)).status_code == 302
    assert str(Report.objects.get().pk) == told["key"]


def test_while_the_database_rests_nobody_waits_for_it_and_the_form_is_there_as_well(walk, gone):
    told = sent(walk)
    gone()()  # it is back at once, but has just been away
    pausing._rests["until"] = pausing.monotonic() + 60
    answer = walk.client.post(PAGE, told)
    assert answer.status_code == 503 and again(answer.content.decode())["key"] == [told["key"]]
    assert Report.objects.count() == 0
    assert walk.client.get("/").content == problems.problem(503).content
    assert {client.get("/info/").status_code for client in (Client(), walk.client)} == {200}


def test_the_token_of_the_form_still_holds_when_the_database_is_back(walk, gone):
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    strict.cookies = walk.client.cookies
    token = forms.asking(strict.get(PAGE).content.decode(), PAGE).controls["csrfmiddlewaretoken"].value
    told = sent(walk, csrfmiddlewaretoken=token)
    back = gone()
    html = strict.post(PAGE, told).content.decode()
    back()
    pausing._rests["until"] = 0.0
    assert strict.post(PAGE, again(html)).status_code == 302
    assert Report.objects.count() == 1


def test_what_came_from_another_site_is_not_shown_as_ours(walk):
    pausing._rests["until"] = pausing.monotonic() + 60
    constant = problems.problem(503).content
    told = {"what": TEXT, "key": "x"}
    assert walk.client.post(PAGE, told).content == constant
    walk.client.cookies.pop(settings.CSRF_COOKIE_NAME)
    assert walk.client.post(PAGE, told | {"csrfmiddlewaretoken": CSRF}).content == constant


def test_a_page_that_is_only_read_is_the_same_for_everybody(walk, monkeypatch):
    monkeypatch.setattr("kalka.duties.selectors.today", lambda *_, **__: away())
    for language in ("ky", "ru", "en"):
        walk.client.cookies["kalka-lang"] = language
        pausing._rests["until"] = 0.0
        answer = walk.client.get("/")
        with override(language):
            assert answer.content == problems.problem(503).content
        assert (answer.status_code, answer["Retry-After"]) == (503, "15")


@pytest.mark.parametrize("path", ["/sign-in/", "/sign-in/code/", "/me/password/"])
def test_a_password_never_comes_back(walk, path):
    pausing._rests["until"] = pausing.monotonic() + 60
    told = {"login": "katchy", "password": "tumar-kiyiz", "old": "kiyiz-archa", "code": "123456"}
    answer = walk.client.post(path, told | {"csrfmiddlewaretoken": CSRF})
    assert answer.status_code == 503
    assert answer.content == problems.problem(503).content


def test_every_page_that_asks_for_a_secret_is_named_as_such(walk):
    asks = {name for name, rule in POLICY.items() if rule.secret}
    doors = {"sign_in", "code", "enrol", "password", "recovery_code", "confirm"}
    assert {f"accounts:{door}" for door in doors} <= asks


def test_a_file_is_asked_for_again(walk):
    pausing._rests["until"] = pausing.monotonic() + 60
    file = SimpleUploadedFile("Үй<1>.pdf", b"%PDF-1.4 secret", "application/pdf")
    told = {"about": "photo", "file": file, "csrfmiddlewaretoken": CSRF}
    html = walk.client.post("/cases/ABCDEFGHJK/attach/", told).content.decode()
    assert 'enctype="multipart/form-data"' in html and 'type="file"' in html and 'name="file" required' in html
    assert "Үй&lt;1&gt;.pdf" in html and "secret" not in html
    assert again(html) == {"about": ["photo"], "csrfmiddlewaretoken": [CSRF]}


def test_a_program_is_told_a_code():
    answer = pausing.paused(RequestFactory().put("/api/v1/reports/x"), Outage.FULL)
    assert (answer.status_code, answer["Retry-After"], answer.content) == (503, "15", b'{"code": "pause"}')


def test_a_fault_of_the_program_stays_one(walk, monkeypatch):
    def falls(*_, **__):
        raise ValueError

    monkeypatch.setattr("kalka.duties.selectors.today", falls)
    answer = walk.client.get("/")
    assert (answer.status_code, answer.has_header("Retry-After")) == (500, False)
