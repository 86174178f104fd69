"""The authenticator app: on the way in and on one's own page, and nobody's but who reads the first code out of it."""

import re

import pyotp
import pytest

from kalka.accounts import services
from kalka.accounts.models import Passkey, Session, SignInFailure, User
from kalka.accounts.rules import Stage
from kalka.accounts.services.sessions import open_session
from kalka.accounts.tests.device import Device
from kalka.accounts.tests.test_pages import ORIGIN, PASSWORD, inside, sent
from kalka.accounts.tests.test_services import NOW
from kalka.accounts.webauthn import Site
from kalka.core import clock
from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.models import AuditEntry
from kalka.core.permissions import Permission
from kalka.vault.crypto import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.both]
SITE = Site(ORIGIN)


@pytest.fixture
def user() -> User:
    admin = Actor(900, frozenset({Permission.USERS_MANAGE}))
    return services.create_user(admin, login="aigul", name="Айгүл", password=PASSWORD, now=NOW)


def on_the_way(user: User) -> str:
    return open_session(user, stage=Stage.ENROL, now=NOW).token


def code_of(secret: str, now=NOW) -> str:
    return pyotp.TOTP(secret).at(now)


def whole(user: User) -> tuple:
    user.refresh_from_db()
    return user.totp_step, bool(user.totp), Passkey.objects.count(), Session.objects.filter(stage=Stage.FULL).count()


def test_who_looked_at_the_page_before_with_the_password_alone_has_seen_another_secret(user):
    """Otherwise the guest would own the second step that its person sets up afterwards."""
    guest, person = on_the_way(user), on_the_way(user)
    seen = services.begin_enrolment(guest, now=NOW)[0]
    secret = services.begin_enrolment(person, now=NOW)[0]
    assert seen != secret and services.begin_enrolment(person, now=NOW)[0] == secret
    services.finish_enrolment(person, code=code_of(secret), now=NOW)
    half = open_session(user, stage=Stage.CODE, now=NOW).token
    with pytest.raises(DomainError, match="accounts.code_wrong"):
        services.enter_code(half, code=code_of(seen), address="a", now=NOW)


def test_looking_at_the_page_stores_nothing(user):
    services.begin_enrolment(on_the_way(user), now=NOW)
    assert whole(user) == (0, False, 0, 0)


@pytest.mark.parametrize("way", ["app", "passkey"])
def test_who_waited_on_the_way_in_is_too_late_once_the_person_has_a_second_step(user, way):
    guest, person = on_the_way(user), on_the_way(user)
    seen = services.begin_enrolment(guest, now=NOW)[0]
    device = Device(ORIGIN, "testserver")
    asked = services.ask_passkey(guest, purpose="enrol", site=SITE, address="a", now=NOW)
    if way == "app":
        secret = services.begin_enrolment(person, now=NOW)[0]
        services.finish_enrolment(person, code=code_of(secret), now=NOW)
    else:
        mine = services.ask_passkey(person, purpose="enrol", site=SITE, address="a", now=NOW)
        answer = Device(ORIGIN, "testserver").make(mine)
        services.enrol_passkey(person, answer=answer, name="телефон", site=SITE, now=NOW)
    before = whole(user)
    for late in (
        lambda: services.begin_enrolment(guest, now=NOW),
        lambda: services.finish_enrolment(guest, code=code_of(seen), now=NOW),
        lambda: services.enrol_passkey(guest, answer=device.make(asked), name="x", site=SITE, now=NOW),
    ):
        with pytest.raises(AccessDenied):
            late()
    assert whole(user) == before


def test_beside_a_passkey_it_is_set_up_on_the_own_page_and_opens_from_then_on(user):
    client = inside(user)
    device = Device(ORIGIN, "testserver")
    asked = client.post("/me/passkeys/begin/", {}).content.decode()
    assert sent(client, "/me/passkeys/", passkey=device.make(asked), name="ачкыч").status_code == 302
    assert 'href="/me/app/"' in client.get("/me/").content.decode()
    page = client.get("/me/app/").content.decode()
    secret = next(one for one in re.findall(r"\b[A-Z2-7]{32}\b", page))
    assert sent(client, "/me/app/", code="000000").status_code == 200 and whole(user)[0] == 0
    assert sent(client, "/me/app/", code=pyotp.TOTP(secret).now()).headers["Location"] == "/me/"
    assert whole(user)[0] > 0 and secret not in client.get("/me/app/").content.decode(), "it is shown no more"
    later = clock.now().timestamp() + 30
    half = open_session(user, stage=Stage.CODE, now=clock.now()).token
    services.enter_code(half, code=pyotp.TOTP(secret).at(later), address="a", now=clock.now())
    assert AuditEntry.objects.filter(command="accounts.set_app", kind="done").count() == 1


def test_it_asks_who_is_there_before_it_takes_a_code(user):
    client = inside(user)
    secret = re.findall(r"\b[A-Z2-7]{32}\b", client.get("/me/app/").content.decode())[0]
    Session.objects.update(confirmed_at=None)
    answer = sent(client, "/me/app/", code=pyotp.TOTP(secret).now())
    assert answer.headers["Location"].startswith("/me/confirm/") and whole(user)[0] == 0


def test_on_another_phone_the_former_app_stops(user):
    client = inside(user)
    first = re.findall(r"\b[A-Z2-7]{32}\b", client.get("/me/app/").content.decode())[0]
    assert sent(client, "/me/app/", code=pyotp.TOTP(first).now()).status_code == 302
    second = re.findall(r"\b[A-Z2-7]{32}\b", client.get("/me/app/").content.decode())[0]
    assert second != first and sent(client, "/me/app/", code=pyotp.TOTP(second).now()).status_code == 302
    half = open_session(user, stage=Stage.CODE, now=clock.now()).token
    with pytest.raises(DomainError, match="accounts.code_wrong"):
        services.enter_code(half, code=pyotp.TOTP(first).now(), address="a", now=clock.now())


def test_wrong_codes_are_counted_and_lock_it(user):
    client = inside(user)
    for _ in range(6):
        page = sent(client, "/me/app/", code="000000")
    secret = re.findall(r"\b[A-Z2-7]{32}\b", page.content.decode())[0]
    assert sent(client, "/me/app/", code=pyotp.TOTP(secret).now()).status_code == 200 and whole(user)[0] == 0
    assert SignInFailure.objects.exists()


def test_nobody_sets_it_up_without_a_session_of_their_own(user):
    other = Actor(user.id, frozenset({Permission.OWN_ACCOUNT}), session_id=12345)
    with pytest.raises((AccessDenied, Refused)):
        services.begin_app(other)
