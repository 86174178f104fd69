"""On every fact of violence an order is asked for, whatever the level of danger, once."""

from datetime import timedelta

import pytest

from kalka.cases.tests import factories as cases
from kalka.core.actors import SYSTEM
from kalka.core.errors import AccessDenied
from kalka.duties import services as duty_services
from kalka.duties.models import Duty
from kalka.orders import services
from kalka.orders.tests import factories as make
from kalka.orders.tests.factories import DAY, HOUR, NOW, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def world():
    return make.world()


def demanded(now=NOW):
    return services.demand_orders(SYSTEM, now=now)


def asked(world) -> list[tuple]:
    rows = Duty.objects.filter(kind="order.consider", subject_id=world.case.subject_id)
    return [(row.assignee_id, row.due_at, row.ended_at is None) for row in rows.order_by("recorded_at")]


def test_a_fact_nobody_assessed_yet_is_the_inspectors_duty_within_the_term_of_the_law(world):
    assert demanded(NOW + HOUR) == (world.case.subject_id,)
    assert asked(world) == [(world.inspector.post_id, world.case.recorded_at + DAY, True)]
    (duty,) = Duty.objects.filter(kind="order.consider")
    assert (duty.basis["key"], duty.basis["value"], duty.about) == ("order.issue_within_hours", 24, world.case.ref)
    assert demanded(NOW + 2 * HOUR) == (), "once for each fact"


def test_with_an_order_nothing_is_asked_and_registering_ends_what_was(world):
    demanded()
    make.registered(world)
    assert [standing for _post, _due, standing in asked(world)] == [False]
    assert demanded(NOW + HOUR) == ()


def test_what_a_person_let_go_is_not_asked_again_but_another_fact_is(world):
    demanded()
    named = {"subject_id": world.case.subject_id, "about": world.case.ref, "actor": world.inspector}
    cases.in_a_command(lambda: duty_services.let_go("order.consider", now=NOW + HOUR, **named))
    assert demanded(NOW + 2 * HOUR) == ()
    again = NOW + 3 * DAY
    cases.incident(world.inspector, world.case, now=again, on=TODAY + timedelta(days=2), precision="day")
    assert demanded(again + HOUR) == (world.case.subject_id,)
    assert asked(world)[-1] == (world.inspector.post_id, again + DAY, True)


def test_an_old_fact_is_on_the_list_and_nobodys_new_duty_and_only_the_installation_asks(world):
    assert demanded(NOW + 8 * DAY) == ()
    with pytest.raises(AccessDenied):
        services.demand_orders(world.inspector, now=NOW)
    assert asked(world) == []
