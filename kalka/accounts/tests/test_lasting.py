"""How long a sign-in lasts and at how many places: data of the role."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client

from kalka.access import who
from kalka.accounts import selectors
from kalka.accounts.lasting import EVERYBODY, LASTING, lasting
from kalka.accounts.models import Session
from kalka.core import clock
from kalka.demo.staffing import staff
from kalka.directory.roles import ROLES
from tests.matrix.world import token

pytestmark = [pytest.mark.django_db, pytest.mark.both]
MINUTE = timedelta(minutes=1)


@pytest.fixture(scope="module")
def members(together):
    return staff(clock.now())


def acts(token_, now) -> bool:
    found = who.visitor(token_, now=now)
    return found is not None and found.actor is not None


def test_every_role_that_is_named_exists():
    assert LASTING.keys() - {EVERYBODY} <= ROLES.keys()


def test_requirement_31_fifteen_minutes_idle_eight_hours_in_all_one_at_a_time_unless_the_role_says_otherwise():
    told = lasting("auditor")
    assert (told.idle, told.absolute, told.at_once) == (15 * MINUTE, timedelta(hours=8), 1)
    assert lasting("hotline_operator").idle == 60 * MINUTE


@pytest.mark.parametrize(("login", "idle"), [("auditor", 15), ("operator", 60)])
def test_requirement_31_whoever_does_nothing_is_out_by_the_term_of_the_role(members, login, idle):
    opened, now = token(members[login].actor), clock.now()
    Session.objects.update(seen_at=now - idle * MINUTE)
    assert acts(opened, now)
    Session.objects.update(seen_at=now - idle * MINUTE - 2 * MINUTE)
    assert not acts(opened, now)


def test_requirement_31_nobody_is_in_for_longer_than_the_role_says(members):
    opened, now = token(members["auditor"].actor), clock.now()
    Session.objects.update(started_at=now - timedelta(hours=8) + MINUTE)
    assert acts(opened, now)
    Session.objects.update(started_at=now - timedelta(hours=8))
    assert not acts(opened, now)


def test_requirement_31_a_newer_sign_in_ends_the_oldest(members):
    auditor, inspector, now = members["auditor"].actor, members["inspektor"].actor, clock.now()
    first, second = token(auditor), token(auditor)
    assert (acts(first, now), acts(second, now)) == (False, True)
    three = [token(inspector) for _ in range(3)]
    assert [acts(one, now) for one in three] == [False, True, True]


def test_in_the_demo_everybody_shares_the_sign_ins(members, settings):
    settings.DEMO = True
    first, second = token(members["auditor"].actor), token(members["auditor"].actor)
    assert acts(first, clock.now()) and acts(second, clock.now())


def test_the_list_names_only_what_still_runs(members):
    token(members["auditor"].actor)
    opened, now = token(members["auditor"].actor), clock.now()
    actor = who.visitor(opened, now=now).actor
    assert [(line.this, line.program) for line in selectors.my_sessions(actor, now=now)] == [(True, False)]


def test_whoever_signs_out_everywhere_is_out_everywhere_on_the_next_request(members):
    inspector = members["inspektor"].actor
    first, here = token(inspector), token(inspector)
    client = Client()
    client.cookies[settings.SESSION_COOKIE] = here
    answer = client.post("/me/sessions/end-all/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in/")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert not acts(first, clock.now()) and not acts(here, clock.now())
