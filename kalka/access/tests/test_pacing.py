"""Programs that ask too often are told when to come again; nobody else waits for them."""

from datetime import date

import pytest
from django.test import Client

from kalka.access import pacing
from kalka.accounts import services
from kalka.core import clock
from kalka.core.actors import Actor
from kalka.core.permissions import Permission
from kalka.core.scopes import TokenScope
from kalka.directory.models import Holding, Organisation, Post

pytestmark = [pytest.mark.django_db, pytest.mark.both]

ADMIN = Actor(900, frozenset({Permission.USERS_MANAGE}))
PATH = "/api/v1/places"


@pytest.fixture(autouse=True)
def emptied():
    pacing.TOKENS.forget()
    pacing.STRANGERS.forget()
    yield
    pacing.TOKENS.forget()
    pacing.STRANGERS.forget()


def program(login: str) -> Client:
    now = clock.now()
    user = services.create_user(ADMIN, login=login, name="П", password=None, now=now)
    house = Organisation.objects.create(kind="police", name={"ky": "а", "ru": "а", "en": "a"}, place="KG")
    post = Post.objects.create(role="health_worker", organisation=house, place="KG", since=date(2020, 1, 1))
    Holding.objects.create(post=post, user_id=user.id, since=date(2020, 1, 1))
    issued = services.issue_token(
        ADMIN, user_id=user.id, post_id=post.id, scopes=[TokenScope.PLACES_READ], days=1, now=now
    )
    return Client(headers={"Authorization": f"Bearer {issued[1].token}"})


def stranger(token: str = "x" * 43, address: str = "203.0.113.7") -> Client:
    return Client(headers={"Authorization": f"Bearer {token}"}, REMOTE_ADDR=address)


def test_requirement_29_a_token_that_asks_too_often_waits_and_no_other_does(monkeypatch):
    monkeypatch.setattr(pacing.TOKENS, "_most", 3)
    flood, calm = program("flood"), program("calm")
    assert [flood.get(PATH).status_code for _ in range(4)] == [200, 200, 200, 429]
    told = flood.get(PATH)
    assert (told.status_code, told.json()) == (429, {"code": "too_often"})
    assert 0 < int(told.headers["Retry-After"]) <= 61
    assert calm.get(PATH).status_code == 200
    assert Client().get("/info/").status_code == 200 and Client().get("/sign-in/").status_code == 200


def test_requirement_29_an_address_that_sends_wrong_tokens_waits_and_a_right_one_beside_it_does_not(monkeypatch):
    monkeypatch.setattr(pacing.STRANGERS, "_most", 5)
    known = program("known")
    assert known.get(PATH, REMOTE_ADDR="203.0.113.7").status_code == 200
    answers = [stranger(f"{number:043d}").get(PATH).status_code for number in range(6)]
    assert answers == [401] * 5 + [429]
    assert known.get(PATH, REMOTE_ADDR="203.0.113.7").status_code == 200
    assert stranger(address="203.0.113.8").get(PATH).status_code == 401
    assert Client(REMOTE_ADDR="203.0.113.7").get("/info/").status_code == 200


def test_after_a_minute_it_may_ask_again():
    now = [0.0]
    pace = pacing.Pace(2, lambda: now[0])
    pace.count("a"), pace.count("a")
    assert (pace.wait("a"), pace.wait("b")) == (61, 0)
    now[0] = 60.0
    assert pace.wait("a") == 0
    pace.count("a")
    assert pace.wait("a") == 0


def test_what_is_remembered_has_an_end(monkeypatch):
    monkeypatch.setattr(pacing, "MOST", 10)
    pace = pacing.Pace(1)
    for number in range(50):
        pace.count(str(number))
    assert len(pace._seen) == 10 and pace.knows("49") and not pace.knows("0")
