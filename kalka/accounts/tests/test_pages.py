"""The way in over HTTP, in every way there is, and one's own account."""

import re

import pyotp
import pytest
from django.conf import settings
from django.test import Client

from kalka.accounts import services
from kalka.accounts.models import Passkey, RecoveryCode, Session, User
from kalka.accounts.rules import Stage
from kalka.accounts.services.sessions import open_session
from kalka.accounts.tests.device import Device
from kalka.core import clock
from kalka.core.actors import Actor
from kalka.core.permissions import Permission

pytestmark = [pytest.mark.django_db, pytest.mark.both]

PASSWORD = "carpet thunder apricot"
KEY = "6d1a53c3-4f3b-4f6c-8a53-0f5f4a6f7c11"
ORIGIN = "http://testserver"


@pytest.fixture
def user() -> User:
    admin = Actor(900, frozenset({Permission.USERS_MANAGE}))
    return services.create_user(admin, login="aigul", name="Айгүл", password=PASSWORD, now=clock.now())


def sent(client, path, **told):
    return client.post(path, {"key": KEY, **told})


def first_step(client, **more):
    return sent(client, "/sign-in/", login="aigul", password=PASSWORD, **more)


def inside(user) -> Client:
    client = Client()
    client.cookies[settings.SESSION_COOKIE] = open_session(user, stage=Stage.FULL, now=clock.now()).token
    return client


def options(client, path, **told) -> str:
    answer = client.post(path, told)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/json")
    return answer.content.decode()


def test_an_app_is_set_up_then_codes_are_offered_then_one_is_where_one_wanted_to_go(user):
    client = Client()
    step = first_step(client, next="/me/").headers["Location"]
    assert step == "/sign-in/second-factor/?next=%2Fme%2F"
    page = client.get(step).content.decode()
    secret = next(one for one in re.findall(r"\b[A-Z2-7]{32}\b", page))
    led = sent(client, step, code=pyotp.TOTP(secret).now(), next="/me/").headers["Location"]
    assert led == "/me/recovery-codes/?next=%2Fme%2F"
    page = sent(client, led, next="/me/").content.decode()
    codes = re.findall(r">([0-9A-Z]{5}-[0-9A-Z]{5})<", page)
    assert (len(set(codes)), RecoveryCode.objects.count()) == (10, 10) and 'href="/me/"' in page
    assert codes[0] not in client.get(led).content.decode()


def test_a_passkey_is_set_up_on_the_way_in_and_opens_alone_from_then_on(user):
    client, device = Client(), Device(ORIGIN, "testserver")
    step = first_step(client).headers["Location"]
    answer = device.make(options(client, "/sign-in/passkey/begin/", **{"for": "enrol"}))
    assert sent(client, step, passkey=answer, name="телефон").headers["Location"] == "/me/recovery-codes/"
    other = Client()
    answer = device.use(options(other, "/sign-in/passkey/begin/", **{"for": "alone"}))
    assert sent(other, "/sign-in/passkey/", passkey=answer, next="/me/").headers["Location"] == "/me/"
    assert other.get("/me/").status_code == 200
    third = Client()
    assert first_step(third).headers["Location"] == "/sign-in/code/"
    page = third.get("/sign-in/code/").content.decode()
    assert "passkey.js" in page and 'name="code"' not in page
    answer = device.use(options(third, "/sign-in/passkey/begin/", **{"for": "second"}))
    assert sent(third, "/sign-in/code/", passkey=answer).headers["Location"] == "/"


def test_pages_without_a_passkey_load_no_script_for_one(user):
    assert "passkey.js" not in Client().get("/sign-in/").content.decode()
    User.objects.update(totp_step=1)
    client = Client()
    first_step(client)
    assert "passkey.js" not in client.get("/sign-in/code/").content.decode()
    assert "passkey.js" not in inside(user).get("/me/confirm/").content.decode()


def test_what_nobody_asked_for_is_not_there(user):
    client = inside(user)
    for told in ({"for": "add"}, {"for": "confirm"}, {"for": "x"}, {}):
        assert client.post("/sign-in/passkey/begin/", told).status_code == 404
    assert client.post("/me/confirm/begin/").status_code == 404  # none is set up
    assert Client().post("/sign-in/passkey/begin/", {"for": "second"}).status_code == 404


def test_a_recovery_code_opens_once_in_place_of_the_second_step(user):
    User.objects.update(totp_step=1)
    codes = services.make_codes(Actor(user.id, frozenset({Permission.OWN_ACCOUNT})), now=clock.now())[1]
    client = Client()
    first_step(client)
    assert "/sign-in/recovery-code/" in client.get("/sign-in/code/").content.decode()
    written = codes[3].lower().replace("-", " ").replace("0", "o")
    assert sent(client, "/sign-in/recovery-code/", code=written, next="/me/").headers["Location"] == "/me/"
    assert client.get("/me/").status_code == 200
    again = Client()
    first_step(again)
    assert sent(again, "/sign-in/recovery-code/", code=codes[3]).status_code == 200
    assert again.get("/me/").status_code == 302
    assert RecoveryCode.objects.filter(used_at=None).count() == 9


def test_new_codes_end_the_former_ones_and_only_keyed_hashes_are_kept(user):
    actor = Actor(user.id, frozenset({Permission.OWN_ACCOUNT}))
    former = services.make_codes(actor, now=clock.now())[1]
    assert not {bytes(mac).hex() for mac in RecoveryCode.objects.values_list("mac", flat=True)} & set(former)
    User.objects.update(totp_step=1)
    services.make_codes(actor, now=clock.now())
    client = Client()
    first_step(client)
    assert sent(client, "/sign-in/recovery-code/", code=former[0]).status_code == 200
    assert Session.objects.filter(stage=Stage.FULL).count() == 0


def test_a_passkey_is_added_confirmed_by_and_removed_on_ones_own_pages(user):
    client, device = inside(user), Device(ORIGIN, "testserver")
    answer = device.make(options(client, "/me/passkeys/begin/"))
    assert sent(client, "/me/passkeys/", passkey=answer, name="ачкыч").status_code == 302
    assert "ачкыч" in client.get("/me/passkeys/").content.decode()
    answer = device.use(options(client, "/me/confirm/begin/"))
    assert sent(client, "/me/confirm/", passkey=answer, next="/me/").headers["Location"] == "/me/"
    last = str(Passkey.objects.get().id)
    assert sent(client, "/me/passkeys/", do="remove", id=last).status_code == 200  # the only second step
    User.objects.update(totp_step=1)
    assert sent(client, "/me/passkeys/", do="remove", id="x").status_code == 404
    assert sent(client, "/me/passkeys/", do="remove", id=last).status_code == 302
    assert Passkey.objects.count() == 0


def test_a_script_that_adds_after_a_while_is_led_to_the_confirmation(user):
    client = inside(user)
    Session.objects.update(confirmed_at=None)
    answer = client.post("/me/passkeys/begin/", {}, headers={"referer": f"{ORIGIN}/me/passkeys/"})
    assert answer.headers["Location"] == "/me/confirm/?next=%2Fme%2Fpasskeys%2F"


def test_an_empty_answer_of_a_device_says_what_to_do(user):
    client = inside(user)
    for path in ("/me/confirm/", "/me/passkeys/"):
        page = sent(client, path, passkey="")
        assert page.status_code == 200 and "data-errors" in page.content.decode()
