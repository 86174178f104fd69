"""Who sees what: grants, their scope and end, walls, and keys that follow them."""

from datetime import timedelta

import pytest
from django.db.models import Model

from kalka.access import selectors, services
from kalka.access.models import Grant, Wall
from kalka.access.rules import Scope
from kalka.core import clock
from kalka.core.actors import SYSTEM, Actor
from kalka.core.commands import command
from kalka.core.errors import AccessDenied
from kalka.core.models import AuditEntry
from kalka.core.permissions import Permission
from kalka.core.refs import new_id
from kalka.vault.classes import Klass
from kalka.vault.keys import new_keys
from kalka.vault.models import SubjectKey

pytestmark = [pytest.mark.django_db, pytest.mark.both]

NOW = clock.now()
AIGUL = Actor(7, frozenset(), ("post:3", "org:1"), post_id=3)
BEK = Actor(8, frozenset(), ("post:4", "org:2"), post_id=4)


@command("test.step", needs=Permission.SYSTEM)
def step(actor, *, do):
    return do()


def given(subject_id, holder="post:3", **more):
    return step(SYSTEM, do=lambda: services.grant(subject_id, holder, why="test", now=NOW, **more))


@pytest.fixture
def subject():
    id = new_id()
    new_keys(id, [Klass.NARRATIVE, Klass.REPORTER])
    return id


def seen(actor, *, now=NOW, scope=Scope.FILE) -> set:
    rows = selectors.visible(actor, SubjectKey.objects.all(), now=now, scope=scope)
    return set(rows.values_list("subject_id", flat=True))


def test_nothing_is_seen_without_a_grant(subject):
    assert (seen(AIGUL), selectors.sees(AIGUL, subject, now=NOW)) == (set(), False)


def test_a_grant_shows_the_subject_to_its_holder_alone(subject):
    given(subject)
    assert (seen(AIGUL), seen(BEK)) == ({subject}, set())
    assert selectors.sees(AIGUL, subject, now=NOW) and not selectors.sees(BEK, subject, now=NOW)


def test_a_grant_to_the_organisation_shows_it_to_every_post_of_it(subject):
    given(subject, "org:1")
    assert seen(AIGUL) == {subject}


def test_a_grant_ends_on_its_day_and_not_before(subject):
    end = NOW + timedelta(days=30)
    given(subject, until=end)
    assert seen(AIGUL, now=end - timedelta(seconds=1)) == {subject}
    assert seen(AIGUL, now=end) == set()


def test_an_ended_grant_shows_nothing_from_the_next_request(subject):
    given(subject)
    step(SYSTEM, do=lambda: services.end_grant(subject, "post:3", now=NOW))
    assert seen(AIGUL, now=NOW) == set()


def test_a_narrow_scope_does_not_show_the_file(subject):
    given(subject, scope=Scope.DUTIES)
    assert seen(AIGUL) == set()
    assert seen(AIGUL, scope=Scope.ORDERS) == set()
    assert seen(AIGUL, scope=Scope.DUTIES) == {subject}


def test_the_file_includes_the_narrow_scopes(subject):
    given(subject)
    assert seen(AIGUL, scope=Scope.DUTIES) == seen(AIGUL, scope=Scope.ORDERS) == {subject}


def test_a_wall_beats_every_grant(subject):
    given(subject)
    given(subject, "org:1")
    step(SYSTEM, do=lambda: services.wall(subject, 7, why="kin", now=NOW))
    given(subject, until=None)
    assert (seen(AIGUL), selectors.sees(AIGUL, subject, now=NOW)) == (set(), False)
    with pytest.raises(AccessDenied):
        selectors.unlock(AIGUL, [subject], what="test.page", now=NOW)


def test_the_same_grant_twice_is_one(subject):
    given(subject), given(subject)
    assert Grant.objects.count() == 1


def test_who_takes_over_sees_as_much_and_no_more(subject):
    given(subject, scope=Scope.DUTIES)
    step(SYSTEM, do=lambda: services.grant_as(subject, "post:4", like="post:3", why="handed", now=NOW))
    assert (seen(BEK), seen(BEK, scope=Scope.DUTIES)) == (set(), {subject})


def test_opening_is_recorded_before_anything_is_opened(subject):
    given(subject)
    keys = selectors.unlock(AIGUL, [subject], what="test.page", now=NOW)
    assert keys.has(subject, Klass.NARRATIVE)
    assert AuditEntry.objects.values_list("kind", "actor_id", "command", "count", "subject_id").last() == (
        "read",
        7,
        "test.page",
        1,
        subject,
    )


def test_the_reporters_key_is_not_among_the_files(subject):
    given(subject)
    assert not selectors.unlock(AIGUL, [subject], what="test.page", now=NOW).has(subject, Klass.REPORTER)


def test_a_page_with_one_unseen_subject_opens_none(subject):
    given(subject)
    with pytest.raises(AccessDenied):
        selectors.unlock(AIGUL, [subject, new_id()], what="test.list", now=NOW)


def test_a_page_with_nobody_on_it_is_not_a_read():
    before = AuditEntry.objects.count()
    selectors.unlock(AIGUL, [], what="test.list", now=NOW)
    assert AuditEntry.objects.count() == before


def test_keys_for_a_command_are_refused_outside_one(subject):
    given(subject)
    with pytest.raises(AccessDenied):
        selectors.keys_for(AIGUL, subject, now=NOW)


@pytest.mark.parametrize("write", [services.grant, services.wall])
def test_nobody_grants_or_walls_outside_a_command(subject, write):
    who = "post:3" if write is services.grant else 7
    with pytest.raises(AccessDenied):
        write(subject, who, why="x", now=NOW)
    assert (Grant.objects.count(), Wall.objects.count()) == (0, 0)


def test_rows_addressed_otherwise_still_stop_at_the_wall(subject):
    rows = SubjectKey.objects.filter(klass=Klass.NARRATIVE)
    assert [row.subject_id for row in selectors.unwalled(BEK, rows)] == [subject]
    step(SYSTEM, do=lambda: services.wall(subject, 8, why="kin", now=NOW))
    assert list[Model](selectors.unwalled(BEK, rows)) == []
