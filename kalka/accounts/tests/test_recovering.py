"""In again: two persons of two posts, a word each, and nobody alone."""

from datetime import timedelta
from itertools import count

import pyotp
import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.test import Client

from kalka.access import who
from kalka.accounts import rules, selectors, services
from kalka.accounts.models import Recovery, RecoveryCode, Session, User
from kalka.accounts.rules import Lost, Stage
from kalka.accounts.services.sessions import open_session
from kalka.core import clock
from kalka.core.actors import SYSTEM_ID, Actor
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.models import AuditEntry
from kalka.core.permissions import Permission
from kalka.demo.staffing import staff
from tests.matrix.world import token

pytestmark = [pytest.mark.django_db, pytest.mark.both]

NOW = clock.now().replace(microsecond=0)
OWN, KEEPS = Permission.OWN_ACCOUNT, frozenset({Permission.USERS_MANAGE, Permission.OWN_ACCOUNT})
PASSWORD, NEW = "carpet thunder apricot", "lantern gravel october"
ASKER = Actor(900, KEEPS, post_id=1)
SECOND = Actor(901, KEEPS, post_id=2)
LEADER = Actor(902, frozenset({OWN}), post_id=3, leads=True)
CONSOLE = Actor(SYSTEM_ID, KEEPS)
KEY = "6d1a53c3-4f3b-4f6c-8a53-0f5f4a6f7c11"
places = count(1)


@pytest.fixture
def user() -> User:
    made = services.create_user(ASKER, login="aigul", name="Айгүл", password=PASSWORD, now=NOW)
    made.totp_step = 5
    made.save()
    return made


def asked(actor=ASKER, login="aigul", now=NOW):
    return services.ask_recovery(actor, login=login, why=Lost.BOTH, now=now)


def confirmed(row, actor=SECOND, *, leading=False, now=NOW) -> str:
    return services.confirm_recovery(actor, recovery_id=row.id, leading=leading, now=now)[1]


def used(first, second, *, login="aigul", password=NEW, now=NOW, address=""):
    where = address or f"10.0.0.{next(places)}"
    services.recover(login=login, first=first, second=second, password=password, address=where, now=now)


def refused(do) -> str:
    before = User.objects.values_list("password", "totp_step").get(login="aigul")
    with pytest.raises(DomainError) as refusal:
        do()
    assert User.objects.values_list("password", "totp_step").get(login="aigul") == before
    return refusal.value.code


def test_requirement_27_two_persons_of_two_posts_let_somebody_in_again(user):
    running = open_session(user, stage=Stage.FULL, now=NOW)
    services.make_codes(Actor(user.id, frozenset({OWN})), now=NOW)
    row, first = asked()
    second = confirmed(row)
    used(first.lower(), second.replace("-", " "))
    assert who.visitor(running.token, now=NOW).actor is None
    assert RecoveryCode.objects.count() == 0
    opened = services.sign_in(login="aigul", password=NEW, address="b", second_factor_required=True, now=NOW)
    assert opened.stage is Stage.ENROL
    secret, _ = services.begin_enrolment(opened.token, now=NOW)
    services.finish_enrolment(opened.token, code=pyotp.TOTP(secret).at(NOW), now=NOW)
    steps = list(AuditEntry.objects.filter(kind="done").values_list("command", flat=True))
    assert [one for one in steps if "recover" in one] == [
        "accounts.ask_recovery",
        "accounts.confirm_recovery",
        "accounts.recover",
    ]


@pytest.mark.parametrize(
    ("actor", "leading"),
    [
        (ASKER, False),  # who asked
        (Actor(905, KEEPS, post_id=1), False),  # another of the same post
        (Actor(906, frozenset({OWN}), post_id=9), False),  # neither keeps accounts nor leads there
    ],
)
def test_requirement_27_the_second_is_another_person_of_another_post_with_the_right_to(user, actor, leading):
    row, _ = asked()
    assert refused(lambda: confirmed(row, actor, leading=leading)) == "accounts.recovery_not_yours"
    assert Recovery.objects.get().confirmed_at is None


def test_whoever_leads_where_the_person_works_may_be_the_second(user):
    row, first = asked()
    used(first, confirmed(row, LEADER, leading=True))
    row.refresh_from_db()
    assert (row.confirmed_by, row.confirmed_post_id) == (LEADER.user_id, LEADER.post_id)
    opened = services.sign_in(login="aigul", password=NEW, address="b", second_factor_required=True, now=NOW)
    assert opened.stage is Stage.ENROL


def test_nobody_asks_or_confirms_for_themselves(user):
    own = Actor(user.id, KEEPS, post_id=7)
    assert refused(lambda: asked(own)) == "accounts.recovery_own"
    row, _ = asked()
    assert refused(lambda: confirmed(row, own)) == "accounts.recovery_not_yours"


def test_the_console_is_one_person_of_the_two_and_never_both(user):
    row, _ = asked(CONSOLE)
    assert refused(lambda: confirmed(row, CONSOLE)) == "accounts.recovery_not_yours"
    confirmed(row, SECOND)
    row, _ = asked(ASKER)
    confirmed(row, CONSOLE)


def test_the_database_itself_holds_no_recovery_by_one_person(user):
    row, _ = asked()
    for by, post in ((ASKER.user_id, 2), (901, 1), (user.id, 2)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Recovery.objects.filter(id=row.id).update(confirmed_at=NOW, confirmed_by=by, confirmed_post_id=post)


def test_neither_word_alone_opens_anything(user):
    row, first = asked()
    assert refused(lambda: used(first, first)) == "accounts.recovery_refused"
    second = confirmed(row)
    for pair in ((first, first), (second, second), (second, first), (first, ""), ("", second)):
        assert refused(lambda pair=pair: used(*pair)) == "accounts.recovery_refused"
    used(first, second)


def test_requirement_30_the_same_answer_for_a_wrong_word_a_wrong_name_and_nothing_asked(user):
    said = set()
    for told in (("x", "y", "aigul"), ("x", "y", "nobody")):
        with pytest.raises(DomainError) as refusal:
            used(told[0], told[1], login=told[2])
        said.add((refusal.value.code, tuple(refusal.value.facts)))
    asked()
    with pytest.raises(DomainError) as refusal:
        used("x", "y")
    assert said == {(refusal.value.code, ())}


def test_the_words_are_used_once_and_in_time(user):
    row, first = asked()
    second = confirmed(row)
    late = NOW + rules.WORDS_FOR + timedelta(seconds=1)
    assert refused(lambda: used(first, second, now=late)) == "accounts.recovery_refused"
    used(first, second)
    assert refused(lambda: used(first, second)) == "accounts.recovery_refused"


def test_what_waited_a_day_waits_no_more(user):
    row, _ = asked()
    late = NOW + rules.WAITS_FOR
    assert selectors.recoveries(SECOND, now=late) == []
    assert refused(lambda: confirmed(row, now=late)) == "accounts.recovery_not_yours"


def test_ten_wrong_tries_from_wherever_end_it(user):
    row, first = asked()
    second = confirmed(row)
    for _ in range(rules.MOST_TRIES):
        assert refused(lambda: used("x", "y")) == "accounts.recovery_refused"
    assert refused(lambda: used(first, second)) == "accounts.recovery_refused"


def test_a_bad_password_is_refused_and_the_words_still_hold(user):
    row, first = asked()
    second = confirmed(row)
    assert refused(lambda: used(first, second, password="aigul-2026-x")) == "accounts.password_common"
    used(first, second)


def test_a_newer_request_ends_the_older(user):
    row, first = asked()
    second = confirmed(row)
    asked()
    assert refused(lambda: used(first, second)) == "accounts.recovery_refused"


def test_only_the_keyed_hash_of_a_word_is_kept(user):
    row, first = asked()
    kept = Recovery.objects.get()
    assert rules.plain_code(first).encode() not in bytes(kept.first) and len(bytes(kept.first)) == 32


def test_nobody_without_the_right_asks(user):
    with pytest.raises(AccessDenied):
        asked(LEADER)
    assert Recovery.objects.count() == 0


# On the pages


@pytest.fixture(scope="module")
def members(together):
    return staff(clock.now())


def at(actor) -> Client:
    client = Client()
    client.cookies[settings.SESSION_COOKIE] = token(actor)
    return client


def word(page) -> str:
    return page.content.decode().split('class="code">')[1].split("<")[0]


def test_the_person_is_told_on_every_page_and_stops_it_with_one_press(members):
    mine = at(members["mucho"].actor)
    assert "/me/recovery/" not in mine.get("/").content.decode()
    at(members["admin"].actor).post("/recoveries/ask/", {"key": KEY, "login": "mucho", "why": "both"})
    assert "/me/recovery/" in mine.get("/").content.decode()
    assert mine.get("/me/recovery/").status_code == 200
    assert mine.post("/me/recovery/", {"do": "stop"}).status_code == 302
    assert Recovery.objects.get().stopped_at is not None
    assert "/me/recovery/" not in mine.get("/").content.decode()


def test_an_administrator_asks_the_leading_post_confirms_and_the_person_comes_in(members):
    page = at(members["admin"].actor).post("/recoveries/ask/", {"key": KEY, "login": "mucho", "why": "second"})
    first, row = word(page), Recovery.objects.get()
    for stranger in ("inspektor", "ofitser", "admin"):
        client = at(members[stranger].actor)
        assert "mucho" not in client.get("/recoveries/").content.decode()
        assert 'class="code"' not in client.post("/recoveries/", {"key": KEY, "recovery": row.id}).content.decode()
    leader = at(members["katchy"].actor)
    assert "mucho" in leader.get("/recoveries/").content.decode()
    second = word(leader.post("/recoveries/", {"key": KEY, "recovery": row.id}))
    told = {"key": KEY, "login": "mucho", "first": first, "second": second, "password": NEW}
    assert Client().post("/sign-in/recover/", told).headers["Location"] == "/sign-in/"
    answer = Client().post("/sign-in/", {"key": KEY, "login": "mucho", "password": NEW})
    assert answer.headers["Location"] == "/sign-in/second-factor/"


def test_asking_and_confirming_need_a_fresh_word_of_who_one_is(members):
    admin = members["admin"].actor
    client = at(admin)
    Session.objects.filter(user_id=admin.user_id).update(confirmed_at=None)
    for path in ("/recoveries/ask/", "/recoveries/"):
        assert client.post(path, {"key": KEY}).headers["Location"].startswith("/me/confirm/")
    assert Recovery.objects.count() == 0
