"""A duty never waits with somebody whom a wall keeps from seeing it."""

from datetime import timedelta

import pytest

from kalka.access import selectors as access
from kalka.core.actors import SYSTEM
from kalka.duties import passing, selectors, services
from kalka.duties.tests.factories import (
    NOW,
    acting,
    duty,
    ends_of,
    give_file,
    organisation,
    post,
    standing,
    subject,
    team,
    wall,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both]
HOUR = timedelta(hours=1)


@pytest.fixture
def office():
    return team()


@pytest.fixture
def file(office):
    made = subject()
    give_file(made, office.inspector)
    return made


def named(file, office):
    """The inspector is named in the file."""
    wall(file, acting(office.inspector).user_id)


def test_it_is_given_to_the_head_when_the_wall_stands_already(office, file):
    named(file, office)
    assert duty(office.inspector, subject_id=file).assignee_id == office.lead.pk
    assert selectors.today(acting(office.inspector), now=NOW).whole == 0
    assert selectors.today(acting(office.lead), now=NOW).whole == 1


def test_it_leaves_at_once_when_the_wall_is_raised_later(office, file):
    made = duty(office.inspector, subject_id=file, due_at=NOW + 9 * HOUR)
    named(file, office)
    (moved,) = services.roll(SYSTEM, now=NOW)
    assert (moved.from_post, moved.to_post, moved.vacant) == (office.inspector.pk, office.lead.pk, True)
    assert ends_of(made) == [("moved", SYSTEM.user_id, office.lead.pk)]
    assert standing().get().assignee_id == office.lead.pk
    assert services.roll(SYSTEM, now=NOW) == ()


def test_it_passes_over_a_head_who_is_shut_out_too(office, file):
    above = post(organisation(name="Oblast police"), leads=True)
    type(office.office).objects.filter(pk=office.office.pk).update(parent=above.organisation)
    named(file, office)
    wall(file, acting(office.lead).user_id)
    assert duty(office.inspector, subject_id=file).assignee_id == above.pk


def test_a_colleague_in_the_same_post_who_may_know_is_enough(office, file):
    from kalka.directory.models import Holding

    Holding.objects.create(post=office.inspector, user_id=77, since="2020-01-01")
    named(file, office)
    assert duty(office.inspector, subject_id=file).assignee_id == office.inspector.pk


def test_what_is_late_in_a_file_with_a_wall_moves_up_like_any_other(office, file):
    wall(file, 999)
    duty(office.inspector, subject_id=file, due_at=NOW)
    assert services.roll(SYSTEM, now=NOW + 5 * HOUR) == ()
    (moved,) = services.roll(SYSTEM, now=NOW + 6 * HOUR)
    assert (moved.to_post, moved.vacant, moved.alarm) == (office.lead.pk, False, True)


def test_where_nobody_else_is_it_stays_and_is_late_there(office, file):
    lonely = post(organisation(name="Lonely"))
    give_file(file, lonely)
    wall(file, acting(lonely).user_id)
    assert duty(lonely, subject_id=file).assignee_id == lonely.pk


def test_whether_somebody_may_take_it_is_asked_in_one_statement(office, file, django_assert_num_queries):
    """The same answer as `passing.absent` gives, for held, vacant, ended and walled posts."""
    vacant, two = post(organisation()), post(organisation(), held_by=77)
    ended = post(organisation(), held_by=78)
    type(ended).objects.filter(pk=ended.pk).update(until=NOW.date() - timedelta(days=1))
    for before in (lambda: None, lambda: named(file, office), lambda: wall(file, 77)):
        before()
        for one in (office.inspector, office.lead, vacant, two, ended):
            with django_assert_num_queries(1):
                found = access.answered(one.pk, file, on=NOW.date())
            assert found is not passing.absent(one.pk, NOW.date(), access.walled_users(file)), one.pk
