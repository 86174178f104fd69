"""What somebody wrote survives the end of their session, a lost token and another language: for them alone."""

from datetime import timedelta
from html import unescape

import pytest
from django.conf import settings
from django.test import Client

from kalka.accounts.models import KeptForm, Session
from kalka.core import clock
from kalka.demo.staffing import FOUNDER, PASSWORD, staff
from kalka.intake.models import Report
from tests.security import forms
from tests.security.flow import Walk

pytestmark = [pytest.mark.django_db, pytest.mark.both]

PAGE = "/reports/new/"
TEXT = 'Түнкүсүн кыйкырык угулду; «үч жолу» <деди> & "экөө" дагы.\nЭкинчи сап.'


@pytest.fixture
def walk(settings) -> Walk:
    settings.DEMO = True  # without the second factor
    return Walk(staff(clock.now())).be("katchy")


def written(walk: Walk) -> dict[str, object]:
    return walk.fill(PAGE, danger="no", what=TEXT, needs=["escort"], when=None)


def shown(html: str) -> dict[str, forms.Control]:
    return forms.asking(html, PAGE).controls


def sign_in(client: Client, login: str, **more: str):
    door = forms.asking(client.get("/sign-in/").content.decode(), "/sign-in/")
    return client.post("/sign-in/", forms.filled(door, lambda _: "", {"login": login, "password": PASSWORD, **more}))


ENDS = {
    "idle": {"seen_at": -timedelta(minutes=16)},
    "its longest": {"ends_at": -timedelta(seconds=1)},
    "ended elsewhere": {"ended_at": -timedelta(seconds=1)},
}


def end(walk: Walk, how: str) -> None:
    moment = {name: clock.now() + span for name, span in ENDS[how].items()}
    Session.objects.filter(user_id=walk.members["katchy"].actor.user_id).update(**moment)


@pytest.mark.parametrize("how", ENDS)
def test_a_form_sent_too_late_is_there_again_after_sign_in(walk, how):
    sent = written(walk)
    end(walk, how)
    assert walk.send(PAGE, sent) == "/sign-in/"
    assert Report.objects.count() == 0
    answer = sign_in(walk.client, "katchy")
    assert answer.headers["Location"] == PAGE
    again = shown(walk.get(PAGE))
    assert again["what"].value.strip() == TEXT
    assert again["needs"].chosen == ["escort"] and again["danger"].chosen == ["no"]
    assert again["key"].value == sent["key"]
    assert KeptForm.objects.count() == 0
    assert shown(walk.get(PAGE))["what"].value.strip() == ""
    walk.send(PAGE, sent)
    assert Report.objects.count() == 1


def test_nobody_else_at_the_same_browser_is_given_it(walk):
    sent = written(walk)
    end(walk, "ended elsewhere")
    walk.send(PAGE, sent)
    assert sign_in(walk.client, "sotsial").headers["Location"] == "/"
    assert TEXT[:20] not in unescape(walk.get(PAGE))
    assert KeptForm.objects.count() == 1
    walk.client.cookies.pop(settings.SESSION_COOKIE)
    sign_in(walk.client, "katchy")
    assert shown(walk.get(PAGE))["what"].value.strip() == TEXT


def test_another_browser_of_the_same_person_is_not_given_it(walk):
    sent = written(walk)
    end(walk, "idle")
    walk.send(PAGE, sent)
    walk.clients["katchy"] = Client()
    sign_in(walk.client, "katchy")
    assert shown(walk.get(PAGE))["what"].value.strip() == ""


def test_after_half_an_hour_it_is_gone(walk):
    sent = written(walk)
    end(walk, "idle")
    walk.send(PAGE, sent)
    KeptForm.objects.update(kept_at=clock.now() - timedelta(minutes=31))
    assert sign_in(walk.client, "katchy").headers["Location"] == "/"
    assert shown(walk.get(PAGE))["what"].value.strip() == ""


def test_of_somebody_who_never_signed_in_nothing_is_kept(walk):
    walk.clients["katchy"] = Client()
    assert walk.send(PAGE, {"what": TEXT}) == "/sign-in/"
    assert KeptForm.objects.count() == 0


def test_of_somebody_who_was_suspended_nothing_comes_back(walk):
    from kalka.accounts import services as accounts

    sent = written(walk)
    accounts.suspend_user(FOUNDER, user_id=walk.members["katchy"].actor.user_id, now=clock.now())
    assert walk.send(PAGE, sent) == "/sign-in/"
    assert sign_in(walk.client, "katchy").status_code == 200


@pytest.mark.parametrize("token", ["", "x" * 32, None])
def test_a_lost_form_token_loses_no_text(walk, token):
    sent = written(walk)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = walk.client.cookies
    more = {} if token is None else {"csrfmiddlewaretoken": token}
    answer = strict.post(PAGE, {**{name: value for name, value in sent.items() if value is not None}, **more})
    assert (answer.status_code, answer.headers["Location"]) == (302, PAGE)
    assert Report.objects.count() == 0
    assert shown(strict.get(PAGE).content.decode())["what"].value.strip() == TEXT


def test_another_language_keeps_the_text_and_judges_nothing(walk):
    sent = {name: value for name, value in written(walk).items() if value is not None} | {"told_on_day": "77"}
    answer = walk.client.post("/language/", {**sent, "to_language": "ru", "next": PAGE})
    assert (answer.status_code, answer.headers["Location"]) == (307, PAGE)
    page = walk.client.post(PAGE, {**sent, "to_language": "ru"})
    assert page.status_code == 200 and '<html lang="ru"' in page.content.decode()
    again = shown(page.content.decode())
    assert (again["what"].value.strip(), again["told_on_day"].value) == (TEXT, "77")
    assert "aria-invalid" not in page.content.decode()
    assert Report.objects.count() == 0
