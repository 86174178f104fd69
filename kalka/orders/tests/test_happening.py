"""An order is broken, or its term runs out."""

from datetime import timedelta

import pytest

from kalka.cases.tests import factories as cases
from kalka.core.actors import SYSTEM
from kalka.core.errors import AccessDenied
from kalka.core.refs import new_id
from kalka.duties.models import Duty, DutyEnd
from kalka.history.models import Event
from kalka.notices.models import Notice
from kalka.orders import rules, services
from kalka.orders.models import Breach, Expiry
from kalka.orders.rules import NewBreach
from kalka.orders.tests import factories as make
from kalka.orders.tests.factories import DAY, NOW, TODAY
from kalka.risk.models import Trigger

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def world():
    world = make.world()
    world.order = make.registered(world)
    return world


# Breach


def test_a_breach_asks_for_a_new_assessment_and_alerts(world):
    cases.join(world.inspector, world.case, world.worker)
    row = make.breached(world, world.order, by=world.worker, told=NewBreach(on=TODAY, how="came", told="Эшикке келди."))
    assert (row.on, row.how) == (TODAY, "came")
    assert Trigger.objects.get().kind == "order_breached"
    assert Duty.objects.standing().filter(subject_id=world.case.subject_id, kind__startswith="risk.").exists()
    alerted = Notice.objects.filter(kind="order_breached").values_list("to_post", flat=True)
    assert set(alerted) == {world.inspector.post_id, world.officer.post_id}
    event = Event.objects.get(kind="order_breached")
    assert (event.on, event.person_id) == (TODAY, world.man)


def test_whoever_writes_it_down_is_not_alerted(world):
    make.breached(world, world.order)
    assert set(Notice.objects.values_list("to_post", flat=True)) == {world.officer.post_id}


def test_a_breach_found_at_a_visit_needs_no_more_words(world):
    row = make.breached(world, world.order)
    assert (row.on, row.how, bool(row.told)) == (TODAY, "unknown", False)


@pytest.mark.parametrize(
    ("told", "code"),
    [
        (NewBreach(on=TODAY - 40 * DAY), "orders.did_not_run_then"),
        (NewBreach(on=TODAY + DAY), "orders.day_to_come"),
        (NewBreach(how="rudely"), "orders.unknown_code"),
    ],
)
def test_a_breach_that_cannot_be_is_refused(world, told, code):
    assert make.refusal(lambda: make.breached(world, world.order, told=told)).code == code
    assert Trigger.objects.count() == Notice.objects.count() == 0


def test_breaking_twice_is_two_and_sending_twice_is_one(world):
    id = new_id()
    make.breached(world, world.order, id=id)
    make.breached(world, world.order, id=id)
    make.breached(world, world.order)
    assert Breach.objects.count() == 2


# The end of the term


def test_an_order_that_ran_out_is_noted_once_and_the_inspector_is_told(world):
    last = world.order.ends
    end = rules.end_of(last)
    assert services.note_expired(SYSTEM, now=end - timedelta(minutes=1)) == ()
    (row,) = services.note_expired(SYSTEM, now=end)
    assert (row.order_id, row.last_day) == (world.order.pk, last)
    assert services.note_expired(SYSTEM, now=end + DAY) == ()
    assert Event.objects.get(kind="order_expired").on == last
    assert [one.to_post_id for one in Notice.objects.filter(kind="order_expired")] == [world.inspector.post_id]


def test_an_end_waives_no_duty(world):
    before = make.duties(world)
    services.note_expired(SYSTEM, now=NOW + 40 * DAY)
    assert make.duties(world) == before and not DutyEnd.objects.filter(duty__kind__startswith="order.").exists()


def test_an_extended_order_runs_out_at_its_later_end(world):
    make.extended(world, world.order, TODAY + 60 * DAY)
    assert services.note_expired(SYSTEM, now=NOW + 40 * DAY) == ()
    (row,) = services.note_expired(SYSTEM, now=NOW + 61 * DAY)
    assert row.last_day == TODAY + 60 * DAY


def test_a_revoked_order_does_not_run_out(world):
    make.revoked(world, world.order)
    assert services.note_expired(SYSTEM, now=NOW + 40 * DAY) == () and Expiry.objects.count() == 0


def test_only_the_installation_itself_notes_an_end(world):
    with pytest.raises(AccessDenied, match="core.not_permitted"):
        services.note_expired(world.inspector, now=NOW + 40 * DAY)
