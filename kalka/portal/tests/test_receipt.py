"""Whoever told asks by a number: from any telephone, without a trace."""

import pytest
import structlog
from django.test import Client

from kalka.accounts.rules import LIMITS
from kalka.core import clock
from kalka.core.refs import new_id
from kalka.directory.models import Holding
from kalka.intake import services
from kalka.intake.models import Receipt
from kalka.intake.tests.factories import AIMAK, TODAY, TOLD, received, village

pytestmark = pytest.mark.django_db

TAKEN, WAITING, NOTHING = "somebody answers for it", "Nobody has taken it yet", "By this number nothing is found"


def posted(code: str, *, path: str = "/info/ask/en/", at: str = "10.0.0.1"):
    client = Client(enforce_csrf_checks=True, REMOTE_ADDR=at)
    answer = client.post(path, {"code": code})
    assert (answer.status_code, dict(client.cookies), answer.headers["Cache-Control"]) == (200, {}, "no-store")
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    return answer


def given():
    here, now = village(), clock.now()
    report = received(here.secretary, now=now)
    return here, report, services.give_receipt(here.secretary, id=new_id(), report_id=report.pk, now=now)[1]


def test_requirement_32_two_words_and_nothing_of_the_report():
    here, report, code = given()
    page = posted(code).content.decode()
    assert TAKEN in page and posted(code).content.decode() == page
    Holding.objects.filter(post=here.worker.post_id).update(until="2020-02-01")
    waits = posted(code).content.decode()
    assert WAITING in waits and "tel:5200" in waits and "tel:102" in waits
    for shown in (page, waits):
        for word in (TOLD.what, TOLD.where, TOLD.reporter_name, AIMAK, "Ак-Жар", str(report.pk), code, str(TODAY.year)):
            assert word not in shown


def test_requirement_32_unknown_over_replaced_and_unreadable_are_the_same_bytes():
    here, report, code = given()
    unknown = posted("0" * 20).content
    assert NOTHING in unknown.decode()
    services.give_receipt(here.secretary, id=new_id(), report_id=report.pk, now=clock.now())
    assert posted(code).content == unknown
    other = received(here.secretary, now=clock.now())
    over = services.give_receipt(here.secretary, id=new_id(), report_id=other.pk, now=clock.now())[1]
    Receipt.objects.filter(report=other).update(given_on="2020-01-01", until="2020-06-01")
    assert [posted(said).content == unknown for said in (over, "", "сөз", "9" * 500, "a\0b")] == [True] * 5


def test_requirement_32_the_number_stands_in_no_address_and_no_log():
    _here, _report, code = given()
    with structlog.testing.capture_logs() as lines:
        page = posted(code)
    assert code not in str(lines) and code not in str(page.headers) and "10.0.0.1" not in str(lines)
    asked = Client().get("/info/ask/en/", {"code": code}).content.decode()
    assert TAKEN not in asked and NOTHING not in asked
    assert 'method="post" action="/info/ask/en/" autocomplete="off"' in asked and "<title>Information</title>" in asked


def test_requirement_32_it_is_never_shut_without_saying_when_and_whom_to_call():
    for _ in range(LIMITS["receipt"].tries + 1):
        page = posted("0" * 20).content.decode()
    assert "Ask again in" in page and "tel:5200" in page and NOTHING not in page
    assert NOTHING in posted("0" * 20, at="10.0.0.2").content.decode()
    assert Client(REMOTE_ADDR="10.0.0.1").get("/info/ask/").status_code == 200


def test_in_three_languages_and_no_other():
    assert [Client().get(f"/info/ask/{one}").status_code for one in ("", "ky/", "ru/", "en/", "de/")] == [200] * 4 + [
        404
    ]
    assert "Жазылдыбы?" in Client().get("/info/ask/").content.decode()
