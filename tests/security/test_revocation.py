"""Whoever may no longer see a file does not see it on the very next request."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from kalka.access import services as access
from kalka.accounts import services as accounts
from kalka.cases.models import Case
from kalka.core import clock
from kalka.core.actors import SYSTEM
from kalka.demo.staffing import FOUNDER
from kalka.directory import services as directory
from tests.matrix.world import step
from tests.security import flow
from tests.security.flow import Walk
from tests.standing import standing

pytestmark = [pytest.mark.django_db, pytest.mark.both]
NOWHERE = "/cases/ZZZZZZZZZZ/"


@pytest.fixture
def walk() -> Walk:
    made, made.ref = standing("opened", opened)
    return made.be("sotsial")


def opened() -> tuple[Walk, str]:
    walk = flow.begin()
    ref = flow.people(walk, flow.reports(walk))
    walk.clients.clear()
    return walk, ref


def ended_grants(walk: Walk, case: Case) -> None:
    actor = walk.members["sotsial"].actor
    for holder in actor.holders:
        step(SYSTEM, do=lambda h=holder: access.end_grant(case.subject_id, h, now=clock.now()))


def walled(walk: Walk, case: Case) -> None:
    user = walk.members["sotsial"].actor.user_id
    step(SYSTEM, do=lambda: access.wall(case.subject_id, user, why="kin", now=clock.now()))


def suspended(walk: Walk, case: Case) -> None:
    accounts.suspend_user(FOUNDER, user_id=walk.members["sotsial"].actor.user_id, now=clock.now())


def signed_out_elsewhere(walk: Walk, case: Case) -> None:
    actor = walk.members["sotsial"].actor
    session = accounts.Session.objects.filter(user_id=actor.user_id).latest("id")
    accounts.end_session(actor, session_id=session.id, now=clock.now())


def left_the_post(walk: Walk, case: Case) -> None:
    actor, yesterday = walk.members["sotsial"].actor, clock.day_of(clock.now()) - timedelta(days=1)
    directory.leave_post(FOUNDER, post_id=actor.post_id, user_id=actor.user_id, until=yesterday, now=clock.now())


@pytest.mark.parametrize("revoke", [ended_grants, walled])
def test_the_file_is_gone_as_if_it_had_never_been(walk, revoke: Callable[[Walk, Case], None]):
    case = Case.objects.get(ref=walk.ref)
    pages = [f"/cases/{case.ref}/", f"/cases/{case.ref}/note/", f"/cases/{case.ref}/incident/"]
    note = walk.fill(pages[1], text="Дагы")
    for page in pages:
        walk.get(page)
    assert case.ref in walk.get("/cases/")
    revoke(walk, case)
    nothing = walk.client.get(NOWHERE).content
    for page in pages:
        answer = walk.client.get(page)
        assert (answer.status_code, answer.content) == (404, nothing), page
    assert walk.client.post(pages[1], note).status_code == 404
    assert walk.client.post(f"/cases/{case.ref}/identity/").status_code == 404
    assert case.ref not in walk.get("/cases/")


@pytest.mark.parametrize("revoke", [suspended, signed_out_elsewhere])
def test_the_session_is_over(walk, revoke: Callable[[Walk, Case], None]):
    revoke(walk, Case.objects.get(ref=walk.ref))
    answer = walk.client.get(f"/cases/{walk.ref}/")
    assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (302, "/sign-in/")


def test_whoever_left_the_post_is_signed_in_and_sees_nothing(walk):
    left_the_post(walk, Case.objects.get(ref=walk.ref))
    assert walk.client.get(f"/cases/{walk.ref}/").content == walk.client.get(NOWHERE).content
    assert walk.client.get("/me/").status_code == 200
