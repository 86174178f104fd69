from datetime import date

import pytest

from kalka.accounts import services as accounts
from kalka.core.actors import organisation_holder, post_holder
from kalka.directory.tests import factories as directory
from kalka.directory.tests.factories import NOW
from kalka.worker.acting import actor_of

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def post():
    directory.territory()
    return directory.post(directory.organisation())


def test_a_job_runs_with_the_rights_of_the_post_it_was_asked_for_in(post):
    user_id = directory.person()
    directory.held(post, by=user_id)
    actor = actor_of(user_id, post.pk, NOW)
    assert (actor.user_id, actor.post_id, actor.role) == (user_id, post.pk, "police_inspector")
    assert actor.holders == (post_holder(post.pk), organisation_holder(post.organisation_id))


def test_who_left_the_post_or_was_suspended_has_no_rights_any_more(post):
    user_id = directory.person()
    directory.held(post, by=user_id, until=date(2026, 3, 1))
    assert actor_of(user_id, post.pk, NOW) is None
    assert actor_of(user_id, None, NOW) is None
    other = directory.person("gulnara")
    directory.held(post, by=other)
    assert actor_of(other, post.pk, NOW) is not None
    accounts.suspend_user(directory.ADMINISTRATOR, user_id=other, now=NOW)
    assert actor_of(other, post.pk, NOW) is None
