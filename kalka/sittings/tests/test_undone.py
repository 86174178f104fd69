"""What a committee decided and nobody did comes back to its secretary, and to nobody who leads."""

from datetime import timedelta

import pytest

from kalka.cases.tests.factories import NOW, TODAY
from kalka.core.actors import SYSTEM
from kalka.core.errors import AccessDenied
from kalka.core.refs import new_id
from kalka.duties import services as duties
from kalka.duties.models import Duty
from kalka.sittings import services
from kalka.sittings.rules import How
from kalka.sittings.tests import factories as made

pytestmark = [pytest.mark.django_db, pytest.mark.both]
DAY = timedelta(days=1)
BY = TODAY + 14 * DAY


@pytest.fixture
def world():
    return made.world()


@pytest.fixture
def row(world):
    made.came(world)
    item = made.put(world.secretary, world.sitting, ref=world.family.case_ref)
    return made.decided(world, item, by=BY)


def undone():
    return Duty.objects.standing().filter(kind="committee.undone")


def test_it_comes_back_to_the_secretary_with_the_sitting_and_nothing_of_the_family(world, row):
    late = NOW + 18 * DAY
    assert services.raise_undone(SYSTEM, now=NOW + 17 * DAY) == 0
    assert services.raise_undone(SYSTEM, now=late) == 1
    duty = undone().get()
    assert (duty.assignee_id, duty.subject_id, duty.about) == (world.secretary.post_id, row.subject_id, str(row.pk))
    assert duty.subject_id != row.about
    assert services.raise_undone(SYSTEM, now=late) == 0
    assert [one for one in duties.roll(SYSTEM, now=NOW + 999 * DAY) if one.kind.startswith("committee.")] == []
    given = {"decision_id": row.pk, "how": How.DONE, "on": TODAY + 17 * DAY, "now": late}
    services.carry_out(world.secretary, id=new_id(), **given)
    assert not undone().exists()
    assert services.raise_undone(SYSTEM, now=late) == 0


def test_another_day_in_the_minutes_gives_it_more_time(world, row):
    late = NOW + 18 * DAY
    services.raise_undone(SYSTEM, now=late)
    until = TODAY + 30 * DAY
    services.add_addendum(world.secretary, id=new_id(), decision_id=row.pk, change="term", by=until, now=late)
    assert not undone().exists()
    assert services.raise_undone(SYSTEM, now=late) == 0
    assert services.raise_undone(SYSTEM, now=NOW + 34 * DAY) == 1
    with pytest.raises(AccessDenied):
        services.raise_undone(world.secretary, now=late)


def test_what_was_withdrawn_is_nobodys(world, row):
    services.add_addendum(world.secretary, id=new_id(), decision_id=row.pk, change="withdrawn", now=NOW)
    assert services.raise_undone(SYSTEM, now=NOW + 18 * DAY) == 0
