"""Signing in: two steps, locks, sessions that end, and no token, address or name kept."""

from datetime import datetime, timedelta
from hashlib import sha256

import pyotp
import pytest
from django.db import connection

from kalka.access import who
from kalka.accounts import drafts, kept, rules, selectors, services
from kalka.accounts.lasting import lasting
from kalka.accounts.models import Draft, KeptForm, Session, SignInFailure, User
from kalka.accounts.rules import Stage
from kalka.core import clock
from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.models import AuditEntry
from kalka.core.permissions import Permission
from kalka.core.refs import new_id

pytestmark = [pytest.mark.django_db, pytest.mark.both]

NOW = clock.now().replace(microsecond=0)
ADMIN = Actor(900, frozenset({Permission.USERS_MANAGE}))
PASSWORD = "carpet thunder apricot"


@pytest.fixture
def user():
    return services.create_user(ADMIN, login="aigul", name="Айгүл Сатыбалдиева", password=PASSWORD, now=NOW)


def entered(login="aigul", password=PASSWORD, address="10.0.0.1", required=False, now=NOW):
    return services.sign_in(login=login, password=password, address=address, second_factor_required=required, now=now)


def own(user, *permissions):
    session = Session.objects.filter(user=user).order_by("-id").first()
    return Actor(
        user.id,
        frozenset({Permission.OWN_ACCOUNT, *permissions}),
        subject_id=user.subject_id,
        session_id=session.id if session else None,
    )


def refused(code, **given):
    with pytest.raises(DomainError) as refusal:
        entered(**given)
    assert refusal.value.code == code
    return refusal.value


def test_a_name_is_sealed_and_the_password_hashed(user):
    stored = User.objects.values_list("login", "password", "name").get()
    assert stored[0] == "aigul" and stored[1].startswith("argon2$")
    assert "Айгүл".encode() not in stored[2].blob


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("short", "accounts.password_short"),
        ("x" * 257, "accounts.password_long"),
        ("1234567890", "accounts.password_common"),
        ("aigul-aigul-2026", "accounts.password_common"),
        ("aaaaaaaaaaaaaa", "accounts.password_common"),
    ],
)
def test_what_is_guessed_first_is_refused(password, code):
    with pytest.raises(DomainError) as refusal:
        services.create_user(ADMIN, login="aigul", name="A", password=password, now=NOW)
    assert (refusal.value.code, User.objects.count()) == (code, 0)


@pytest.mark.parametrize("login", ["", "a", "=HYPERLINK(1)", "ай гүл", "a" * 65, "-a", "a\n"])
def test_a_name_that_cannot_be_read_aloud_is_refused(login):
    with pytest.raises(DomainError) as refusal:
        services.create_user(ADMIN, login=login, name="A", password=PASSWORD, now=NOW)
    assert (refusal.value.code, refusal.value.facts, User.objects.count()) == (
        "accounts.login_unfit",
        {"field": "login"},
        0,
    )


@pytest.mark.parametrize("login", ["aigul", "айгүл.с", "u-7", "Program_of_12"])
def test_a_name_in_any_script_is_fine(login):
    assert services.create_user(ADMIN, login=login, name="A", password=PASSWORD, now=NOW).login == login


def test_a_name_is_taken_whatever_its_case(user):
    with pytest.raises(DomainError) as refusal:
        services.create_user(ADMIN, login="Aigul", name="A", password=PASSWORD, now=NOW)
    assert refusal.value.code == "accounts.login_taken"


def test_without_a_second_step_set_up_one_must_be_set_up(user):
    opened = entered(required=True)
    assert opened.stage is Stage.ENROL
    assert who.visitor(opened.token, now=NOW).actor is None
    secret, address = services.begin_enrolment(opened.token, now=NOW)
    assert services.begin_enrolment(opened.token, now=NOW)[0] == secret and "aigul" in address
    done = services.finish_enrolment(opened.token, code=pyotp.TOTP(secret).at(NOW), now=NOW)
    assert (done.stage, who.visitor(done.token, now=NOW).actor.user_id) == (Stage.FULL, user.id)
    assert who.visitor(opened.token, now=NOW).actor is None


@pytest.fixture
def secret(user):
    opened = entered(required=True)
    secret, _ = services.begin_enrolment(opened.token, now=NOW)
    services.finish_enrolment(opened.token, code=pyotp.TOTP(secret).at(NOW), now=NOW)
    return secret


def test_the_second_step_takes_a_code_once(user, secret):
    later = NOW + timedelta(minutes=2)
    opened = entered(required=True, now=later)
    assert opened.stage is Stage.CODE
    code = pyotp.TOTP(secret).at(later)
    services.enter_code(opened.token, code=code, address="a", now=later)
    again = entered(required=True, now=later)
    with pytest.raises(DomainError) as refusal:
        services.enter_code(again.token, code=code, address="a", now=later)
    assert refusal.value.code == "accounts.code_wrong"


@pytest.mark.parametrize("code", ["", "12345", "abcdef", "１２３４５６", "000000 or 1=1", "9" * 5000])
def test_a_wrong_code_is_refused_and_counted(user, secret, code):
    later = NOW + timedelta(minutes=5)
    opened = entered(required=True, now=later)
    with pytest.raises(DomainError):
        services.enter_code(opened.token, code=code, address="a", now=later)
    assert SignInFailure.objects.exclude(count=0).get().count == 1


def test_the_same_words_for_a_wrong_name_and_a_wrong_password(user):
    wrong, nobody = refused("accounts.refused", password="x"), refused("accounts.refused", login="nobody")
    assert wrong.facts == nobody.facts == {}


def test_one_name_from_one_place_locks_and_opens_again(user):
    for _ in range(rules.LIMITS["password"].tries):
        refused("accounts.refused", password="wrong")
    assert refused("accounts.locked").facts == {"minutes": 15}
    assert entered(address="10.0.0.2").stage is Stage.FULL  # a neighbour's mistakes lock nobody else out
    assert entered(now=NOW + rules.LIMITS["password"].lock + timedelta(seconds=1)).stage is Stage.FULL


def test_a_refused_sign_in_is_recorded(user):
    refused("accounts.refused", password="wrong")
    assert AuditEntry.objects.values_list("kind", "actor_id", "refusal").last() == (
        "refused",
        user.id,
        "accounts.refused",
    )


def test_neither_token_nor_address_nor_name_is_in_the_tables(user):
    opened = entered()
    refused("accounts.refused", password="wrong", address="203.0.113.77")
    with connection.cursor() as cursor:
        kept_text = ""
        for table in ("accounts_session", "accounts_signinfailure", "core_auditentry", "accounts_user"):
            cursor.execute(f"SELECT * FROM {table}")
            kept_text += repr(cursor.fetchall())
    assert not any(word in kept_text for word in (opened.token, "203.0.113.77", "Айгүл", PASSWORD))
    assert bytes(Session.objects.latest("id").token) == sha256(opened.token.encode()).digest()


@pytest.mark.parametrize(
    ("change", "after"),
    [
        ({"ended_at": NOW}, timedelta(0)),
        ({}, lasting("").idle + timedelta(seconds=1)),
        ({"seen_at": NOW + rules.ABSOLUTE, "ends_at": NOW + rules.ABSOLUTE}, rules.ABSOLUTE),
    ],
)
def test_a_session_that_is_over_opens_nothing_but_tells_whose_it_was(user, change, after):
    opened = entered()
    Session.objects.update(**change)
    visitor = who.visitor(opened.token, now=NOW + after)
    assert (visitor.actor, visitor.user_id) == (None, user.id)


def test_a_suspended_user_is_out_on_the_next_request(user):
    opened = entered()
    services.suspend_user(ADMIN, user_id=user.id, now=NOW)
    assert who.visitor(opened.token, now=NOW).actor is None
    refused("accounts.refused")


def test_the_actor_knows_the_own_name_and_holds_no_post_yet(user):
    actor = who.visitor(entered().token, now=NOW).actor
    assert (actor.name, actor.permissions, actor.holders) == (
        "Айгүл Сатыбалдиева",
        frozenset({Permission.OWN_ACCOUNT}),
        (),
    )


def test_a_token_nobody_was_given_is_nobody():
    assert who.visitor("x", now=NOW) is None


def test_a_changed_password_ends_the_other_sessions(user):
    first, here = entered(), entered()
    assert who.visitor(here.token, now=NOW).actor is not None
    services.change_password(own(user), old=PASSWORD, new="lantern gravel october", now=NOW)
    assert who.visitor(first.token, now=NOW).actor is None
    assert who.visitor(here.token, now=NOW).actor is not None
    refused("accounts.refused")


def test_a_password_is_not_changed_without_the_old_one(user):
    entered()
    with pytest.raises(DomainError) as refusal:
        services.change_password(own(user), old="x", new="lantern gravel october", now=NOW)
    assert refusal.value.code == "accounts.password_wrong"
    assert entered().stage is Stage.FULL


def test_nobody_ends_anothers_session(user):
    entered()
    stranger = Actor(user.id + 1, frozenset({Permission.OWN_ACCOUNT}))
    with pytest.raises(AccessDenied):
        services.end_session(stranger, session_id=Session.objects.latest("id").id, now=NOW)
    assert Session.objects.latest("id").ended_at is None


def test_my_sessions_show_which_one_is_this(user):
    entered(), entered()
    assert [line.this for line in selectors.my_sessions(own(user), now=NOW)] == [True]


def test_a_draft_is_sealed_and_opens_for_its_writer_alone(user):
    id, writer = new_id(), own(user)
    drafts.keep_draft(writer, id=id, kind="report", values={"told": ["Түнкү кыйкырык"]}, now=NOW)
    assert "кыйкырык".encode() not in bytes(Draft.objects.values_list("values", flat=True).get().blob)
    assert drafts.draft(writer, id=id, now=NOW) == {"told": ["Түнкү кыйкырык"]}
    other = services.create_user(ADMIN, login="bek", name="Б", password=PASSWORD, now=NOW)
    assert drafts.draft(own(other), id=id, now=NOW) is None
    with pytest.raises(AccessDenied):
        drafts.keep_draft(own(other), id=id, kind="report", values={"told": ["x"]}, now=NOW)
    assert drafts.draft(writer, id=id, now=NOW) == {"told": ["Түнкү кыйкырык"]}


def test_a_draft_lives_72_hours(user):
    id = new_id()
    drafts.keep_draft(own(user), id=id, kind="report", values={"told": "x"}, now=NOW)
    end = NOW + rules.DRAFT_FOR
    assert drafts.draft(own(user), id=id, now=end) is None
    assert (drafts.expire_drafts(now=end), Draft.objects.count()) == (1, 0)


def test_a_kept_form_comes_back_once_to_the_same_person_on_the_same_page(user):
    cookie = kept.keep(user.id, address="/reports/new/", body={"told": ["Эмне болду"]}, now=NOW)
    assert "Эмне".encode() not in bytes(KeptForm.objects.get().body)
    assert kept.give_back(cookie, user.id + 1, address="/reports/new/", now=NOW) is None
    assert kept.give_back(cookie, user.id, address="/other/", now=NOW) is None
    assert kept.give_back(cookie[:-4] + "AAA=", user.id, address="/reports/new/", now=NOW) is None
    assert kept.give_back(cookie, user.id, address="/reports/new/", now=NOW) == {"told": ["Эмне болду"]}
    assert kept.give_back(cookie, user.id, address="/reports/new/", now=NOW) is None


def test_a_kept_form_lives_thirty_minutes(user):
    cookie = kept.keep(user.id, address="/a/", body={"a": ["b"]}, now=NOW)
    assert kept.give_back(cookie, user.id, address="/a/", now=NOW + rules.KEPT_FOR) is None
    assert kept.expire(now=NOW + rules.KEPT_FOR) == 1


def test_the_lock_counts_from_the_last_failure():
    last, limit = datetime(2026, 1, 1, tzinfo=clock.UTC), rules.LIMITS["password"]
    five = rules.Failures(5, last)
    assert rules.locked_until(limit, five, last) == last + limit.lock
    assert rules.locked_until(limit, five, last + limit.lock) is None
    assert rules.locked_until(limit, rules.Failures(4, last), last) is None


def test_an_account_without_a_password_lets_nobody_in():
    services.create_user(ADMIN, login="nobody-yet", name="Асан Үсөнов", password=None, now=NOW)
    for password in ("", "None", "!"):
        refused("accounts.refused", login="nobody-yet", password=password)
    assert Session.objects.count() == 0
