"""A program's token: one post, its term, no page; a person's session opens no API."""

from datetime import date, timedelta
from hashlib import sha256

import pytest
from django.db import IntegrityError, transaction

from kalka.access import who
from kalka.accounts import selectors, services
from kalka.accounts.lasting import lasting
from kalka.accounts.models import Session
from kalka.accounts.rules import Stage
from kalka.core import clock, scopes
from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.models import AuditEntry
from kalka.core.permissions import Permission
from kalka.core.scopes import TokenScope
from kalka.directory.models import Holding, Organisation, Post
from kalka.directory.roles import ROLES

pytestmark = [pytest.mark.django_db, pytest.mark.both]

NOW = clock.now().replace(microsecond=0)
DAY = timedelta(days=1)
ADMIN = Actor(900, frozenset({Permission.USERS_MANAGE}))
PASSWORD = "carpet thunder apricot"
READ = TokenScope.REPORTS_READ


@pytest.fixture
def user():
    return services.create_user(ADMIN, login="clinic", name="Клиника", password=PASSWORD, now=NOW)


def post(role="health_worker"):
    clinic = Organisation.objects.create(kind="police", name={"ky": "а", "ru": "а", "en": "a"}, place="KG")
    return Post.objects.create(role=role, organisation=clinic, place="KG", since=date(2020, 1, 1))


@pytest.fixture
def held(user):
    made = post()
    Holding.objects.create(post=made, user_id=user.id, since=date(2020, 1, 1))
    return made


def issued(user, post, days=90, now=NOW, scopes=tuple(TokenScope)):
    return services.issue_token(ADMIN, user_id=user.id, post_id=post.id, scopes=scopes, days=days, now=now)[1].token


def acting(token, *, now=NOW, api=True):
    found = who.visitor(token, now=now, api=api)
    return found.actor if found else None


def own(user):
    return Actor(user.id, frozenset({Permission.OWN_ACCOUNT}), subject_id=user.subject_id)


def signed_in(user):
    return services.sign_in(
        login=user.login, password=PASSWORD, address="10.0.0.1", second_factor_required=False, now=NOW
    ).token


def test_a_token_acts_in_its_post_and_only_its_hash_is_kept(user, held):
    token = issued(user, held)
    actor = acting(token)
    assert (actor.user_id, actor.post_id, actor.scopes) == (user.id, held.id, frozenset(TokenScope))
    assert actor.permissions == ROLES["health_worker"].permissions & scopes.allowed(TokenScope)
    row = Session.objects.get()
    assert (row.stage, bytes(row.token)) == (Stage.API, sha256(token.encode()).digest())


def test_the_record_names_what_was_issued(user, held):
    issued(user, held)
    entry = AuditEntry.objects.latest("id")
    assert (entry.command, entry.actor_id) == ("accounts.issue_token", ADMIN.user_id)
    assert (entry.object, entry.object_id) == ("accounts.Session", str(Session.objects.get().pk))


def test_a_token_opens_no_page_and_a_session_no_api(user, held):
    token, session = issued(user, held), signed_in(user)
    assert (acting(token, api=False), acting(session, api=True)) == (None, None)
    assert acting(token) and acting(session, api=False)


def test_a_program_is_never_idle_but_its_term_ends(user, held):
    token = issued(user, held, days=2)
    assert acting(token, now=NOW + lasting("hotline_operator").idle * 20)
    assert acting(token, now=NOW + 2 * DAY - timedelta(seconds=1))
    assert acting(token, now=NOW + 2 * DAY) is None


def test_a_post_that_is_left_leaves_the_token_nothing_though_another_is_held(user, held):
    other = post()
    Holding.objects.create(post=other, user_id=user.id, since=date(2020, 1, 1))
    token = issued(user, held)
    Holding.objects.filter(post=held).update(until=clock.day_of(NOW) - DAY)
    assert acting(token) is None


def test_a_token_for_a_post_that_is_not_held_is_nobody(user):
    assert acting(issued(user, post())) is None


def test_a_token_may_what_its_role_and_its_scopes_both_allow(user, held):
    actor = acting(issued(user, held, scopes=[READ, TokenScope.ORDERS_WRITE]))
    assert actor.scopes == {READ, TokenScope.ORDERS_WRITE}
    assert actor.permissions == {Permission.REPORT_READ}  # a health worker registers no orders


@pytest.mark.parametrize("given", [[], ["reports:everything"], [READ, ""]])
def test_a_token_without_a_scope_or_with_an_unknown_one_is_not_issued(user, held, given):
    with pytest.raises(DomainError) as refusal:
        issued(user, held, scopes=given)
    assert (refusal.value.code, refusal.value.facts["field"]) == ("accounts.token_scopes", "scopes")
    assert Session.objects.count() == 0


@pytest.mark.parametrize(("stage", "kept"), [(Stage.API, ""), (Stage.FULL, "reports:read")])
def test_the_database_holds_no_token_without_a_scope_and_no_session_with_one(user, held, stage, kept):
    session = {"started_at": NOW, "seen_at": NOW, "ends_at": NOW + DAY, "post_id": held.id}
    with pytest.raises(IntegrityError), transaction.atomic():
        Session.objects.create(token=b"1" * 32, user=user, stage=stage, scopes=kept, **session)


def test_a_scope_that_is_no_more_allows_nothing(user, held):
    token = issued(user, held)
    Session.objects.update(scopes="reports:read reports:sing")
    assert acting(token).scopes == {READ}


def test_all_scopes_fit_beside_each_other():
    assert len(scopes.write(TokenScope)) <= Session._meta.get_field("scopes").max_length
    assert scopes.read(scopes.write(TokenScope)) == frozenset(TokenScope)


def test_whoever_keeps_accounts_sees_the_tokens_that_run_and_never_their_secret(user, held):
    issued(user, held, scopes=[READ])
    ended = issued(user, held)
    Session.objects.filter(token=sha256(ended.encode()).digest()).update(ended_at=NOW)
    lines = selectors.tokens(ADMIN, now=NOW)
    assert [(line.login, line.post_id, line.scopes, line.ends_at) for line in lines] == [
        ("clinic", held.id, ("reports:read",), NOW + 90 * DAY)
    ]
    assert selectors.tokens(ADMIN, now=NOW, user_id=user.id + 1) == ()
    with pytest.raises(AccessDenied):
        selectors.tokens(own(user), now=NOW)


@pytest.mark.parametrize("days", [0, -1, 366, 10**9])
def test_a_term_outside_a_year_is_refused(user, held, days):
    with pytest.raises(DomainError) as refusal:
        issued(user, held, days=days)
    assert (refusal.value.code, refusal.value.facts["field"]) == ("accounts.token_days", "days")
    assert Session.objects.count() == 0


def test_nobody_but_the_administrator_issues_and_never_to_a_suspended_account(user, held):
    with pytest.raises(AccessDenied):
        services.issue_token(own(user), user_id=user.id, post_id=held.id, scopes=[READ], days=1, now=NOW)
    services.suspend_user(ADMIN, user_id=user.id, now=NOW)
    with pytest.raises(AccessDenied):
        issued(user, held)
    assert Session.objects.count() == 0


def test_its_account_ends_a_token_like_any_session(user, held):
    token = issued(user, held)
    line = selectors.my_sessions(own(user), now=NOW)[0]
    assert line.program and "reports:read" in line.scopes
    services.end_session(own(user), session_id=line.id, now=NOW)
    assert acting(token) is None


def test_the_administrator_ends_all_tokens_and_no_session(user, held):
    first, second, session = issued(user, held), issued(user, held), signed_in(user)
    assert len(services.end_tokens(ADMIN, user_id=user.id, now=NOW)) == 2
    assert (acting(first), acting(second)) == (None, None)
    assert acting(session, api=False)


def test_suspending_the_account_ends_the_token(user, held):
    token = issued(user, held)
    services.suspend_user(ADMIN, user_id=user.id, now=NOW)
    assert acting(token) is None


def test_a_token_does_not_choose_the_post_of_the_next_sign_in(user, held):
    mine = post("educator")
    Holding.objects.create(post=mine, user_id=user.id, since=date(2020, 1, 1))
    first = acting(signed_in(user), api=False)
    services.take_post(first, post_id=mine.id, now=NOW)
    issued(user, held)
    assert acting(signed_in(user), api=False).post_id == mine.id


def test_a_token_cannot_take_another_post(user, held):
    token = issued(user, held)
    with pytest.raises(AccessDenied):
        services.take_post(acting(token), post_id=post().id, now=NOW)
    assert acting(token).post_id == held.id
