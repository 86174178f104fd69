"""Saying once more who one is: what is sensitive asks for it, and gives back what was written."""

from datetime import timedelta
from urllib.parse import quote

import pyotp
import pytest
from django.conf import settings
from django.test import Client

from config.policy import POLICY, Rule, sensitive, staff
from kalka.access import who
from kalka.accounts import guard, rules, services
from kalka.accounts.models import KeptForm, Session
from kalka.accounts.own import own_keys
from kalka.core import clock
from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.models import AuditEntry
from kalka.core.permissions import Permission as P
from kalka.demo.staffing import PASSWORD
from kalka.demo.staffing import staff as seated
from tests.matrix.world import token

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture(scope="module")
def members(together):
    return seated(clock.now())


def at_a_browser(actor) -> Client:
    client = Client()
    client.cookies[settings.SESSION_COOKIE] = token(actor)
    return client


def a_while_ago(actor) -> None:
    Session.objects.filter(user_id=actor.user_id).update(confirmed_at=clock.now() - timedelta(minutes=6))


def sent(client, path, **told):
    return client.post(path, {"key": "6d1a53c3-4f3b-4f6c-8a53-0f5f4a6f7c11", **told})


@pytest.mark.parametrize(
    ("methods", "get", "post"), [({"GET": P.TODAY}, True, True), ({"GET": P.TODAY, "POST": P.TODAY}, False, True)]
)
def test_a_file_asks_where_it_is_taken_and_a_page_where_it_is_sent(methods, get, post):
    rule = sensitive(staff(**methods))
    assert (rule.asks_again("GET"), rule.asks_again("POST")) == (get, post)
    assert not Rule(methods).asks_again("GET")


def test_what_leaves_the_house_as_a_file_is_asked_for_once_more():
    files = {"desk:cases_csv", "desk:orders_csv", "statistics:export_csv", "statistics:export_xlsx"}
    assert {name for name in files | {"statistics:export_approve", "accounts:codes"} if not POLICY[name].fresh} == set()


def test_requirement_31_a_sensitive_action_asks_again_after_five_minutes(members):
    actor = members["sotsial"].actor
    client = at_a_browser(actor)
    assert client.get("/cases.csv").status_code == 200
    a_while_ago(actor)
    answer = client.get("/cases.csv?x=1")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/me/confirm/?next=%2Fcases.csv%3Fx%3D1")
    former = client.cookies[settings.SESSION_COOKIE].value
    done = sent(client, "/me/confirm/", secret=PASSWORD, next="/cases.csv?x=1")
    assert done.status_code == 200 and 'href="/cases.csv?x=1"' in done.content.decode()
    assert client.cookies[settings.SESSION_COOKIE].value != former
    assert who.visitor(former, now=clock.now()) is None  # the token is drawn anew
    assert client.get("/cases.csv?x=1").status_code == 200


def test_a_form_comes_back_as_it_was_written_and_not_without_the_confirmation(members):
    actor = members["katchy"].actor
    client = at_a_browser(actor)
    a_while_ago(actor)
    answer = sent(client, "/me/recovery-codes/", next="/reports/")
    assert answer.headers["Location"].startswith("/me/confirm/") and KeptForm.objects.count() == 1
    wrong = sent(client, "/me/confirm/", secret="туура-эмес-сырсөз")
    assert wrong.status_code == 200 and KeptForm.objects.count() == 1
    done = sent(client, "/me/confirm/", secret=PASSWORD)
    assert (done.status_code, done.headers["Location"]) == (302, "/me/recovery-codes/")
    page = client.get("/me/recovery-codes/").content.decode()
    assert 'value="6d1a53c3-4f3b-4f6c-8a53-0f5f4a6f7c11"' in page and 'value="/reports/"' in page
    assert KeptForm.objects.count() == 0


def test_a_form_without_a_page_of_its_own_leads_back_to_where_it_was_sent_from(members, monkeypatch):
    monkeypatch.setitem(POLICY, "desk:post", sensitive(POLICY["desk:post"]))
    actor = members["katchy"].actor
    client = at_a_browser(actor)
    a_while_ago(actor)
    for came, leads in (("http://testserver/me/?a=1", "/me/"), ("http://evil.example/me/", "/"), ("", "/")):
        answer = client.post("/me/post/", {"post": "1"}, headers={"referer": came})
        assert answer.headers["Location"] == f"/me/confirm/?next={quote(leads, safe='')}"
    assert KeptForm.objects.count() == 0


def test_the_way_on_stays_in_the_house(members):
    client = at_a_browser(members["katchy"].actor)
    for wanted in ("https://evil.example/", "//evil.example/x.csv", "javascript:alert(1)"):
        assert sent(client, "/me/confirm/", secret=PASSWORD, next=wanted).headers["Location"] == "/"


def test_what_one_may_not_do_is_not_there_however_long_ago(members):
    actor = members["katchy"].actor
    client = at_a_browser(actor)
    a_while_ago(actor)
    assert client.get("/cases.csv").status_code == 404


def signed(user) -> Actor:
    row = Session.objects.filter(user=user).latest("id")
    return Actor(user.id, frozenset({P.OWN_ACCOUNT}), subject_id=user.subject_id, session_id=row.id)


@pytest.fixture
def user():
    admin = Actor(900, frozenset({P.USERS_MANAGE}))
    made = services.create_user(admin, login="aigul", name="Айгүл", password="carpet thunder apricot", now=clock.now())
    services.open_session(made, stage=rules.Stage.FULL, now=clock.now())
    return made


def refused(user, secret, *, now):
    with pytest.raises(DomainError) as refusal:
        services.confirm(signed(user), secret=secret, now=now)
    return refusal.value.code


def test_the_code_of_the_app_confirms_too_and_once(user):
    now, secret = clock.now(), pyotp.random_base32()
    own_keys(user.subject_id).put(user, "totp", secret)
    user.totp_step = 1
    user.save()
    code = pyotp.TOTP(secret).at(now)
    services.confirm(signed(user), secret=f"{code[:3]} {code[3:]}", now=now)
    assert refused(user, code, now=now) == "accounts.not_confirmed"


def test_a_wrong_confirmation_is_counted_recorded_and_locks_nothing_but_itself(user):
    now = clock.now()
    Session.objects.update(confirmed_at=None)
    for _ in range(rules.LIMITS["own"].tries):
        assert refused(user, "wrong", now=now) == "accounts.not_confirmed"
    assert refused(user, "carpet thunder apricot", now=now) == "accounts.locked"
    assert Session.objects.get().confirmed_at is None
    entry = AuditEntry.objects.latest("id")
    assert (entry.kind, entry.command, entry.refusal) == ("refused", "accounts.confirm", "accounts.not_confirmed")
    guard.refuse_if_locked("password", guard.whose("aigul", "10.0.0.1"), now=now)


def test_a_session_that_has_ended_is_not_confirmed(user):
    Session.objects.update(ended_at=clock.now())
    with pytest.raises(AccessDenied):
        services.confirm(signed(user), secret="carpet thunder apricot", now=clock.now())


def test_a_moment_ahead_of_the_clock_confirms_nothing():
    now = clock.now()
    assert rules.is_confirmed(now, now) and not rules.is_confirmed(None, now)
    assert not rules.is_confirmed(now + timedelta(hours=1), now)
    assert not rules.is_confirmed(now - rules.CONFIRMED_FOR - timedelta(seconds=1), now)
