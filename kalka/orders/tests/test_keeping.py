"""While an order runs somebody visits, and before it ends the danger is looked at anew."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from kalka.cases.services import mark_closed
from kalka.cases.tests import factories as cases
from kalka.core.actors import SYSTEM
from kalka.core.errors import AccessDenied
from kalka.core.refs import new_id
from kalka.duties import services as duty_services
from kalka.duties.models import Duty
from kalka.orders import ending, rules, selectors, services
from kalka.orders.tests import factories as make
from kalka.orders.tests.factories import DAY, HOUR, NOW, TODAY
from kalka.risk.models import Trigger

pytestmark = [pytest.mark.django_db, pytest.mark.both]
CHECK = "order.check_compliance"


@pytest.fixture
def world():
    return make.world()


def standing(world) -> dict[str, object]:
    rows = Duty.objects.standing().filter(subject_id=world.case.subject_id)
    return {row.kind: (row.assignee_id, row.due_at) for row in rows}


def let_go(world, kind=CHECK, now=NOW):
    named = {"subject_id": world.case.subject_id, "about": world.case.ref, "actor": world.inspector}
    return cases.in_a_command(lambda: duty_services.let_go(kind, now=now, **named))


# The next visit


def test_a_visit_that_was_let_go_is_followed_by_another_while_the_order_runs(world):
    make.registered(world)
    assert services.keep_visited(SYSTEM, now=NOW) == (), "registering asked for one"
    assert let_go(world) == 1
    assert services.keep_visited(SYSTEM, now=NOW + HOUR) == (world.case.subject_id,)
    assert standing(world)[CHECK] == (world.inspector.post_id, rules.next_noon(NOW + HOUR))
    assert services.keep_visited(SYSTEM, now=NOW + 2 * HOUR) == ()
    let_go(world, now=NOW + 3 * HOUR)
    assert services.keep_visited(SYSTEM, now=NOW + 31 * DAY) == (), "it is over"
    with pytest.raises(AccessDenied):
        services.keep_visited(world.inspector, now=NOW)


def test_revoking_an_order_leaves_the_visit_of_one_that_is_to_begin(world):
    order = make.registered(world)
    make.registered(world, make.paper(world, "2", starts=TODAY + 5 * DAY))
    make.revoked(world, order)
    assert CHECK in standing(world)


def test_an_order_that_runs_again_by_a_longer_term_is_served_and_visited(world):
    order = make.registered(world, make.paper(world, issued_at=NOW - 40 * DAY))
    assert make.duties(world) == {}, "it was over when it was written down"
    make.extended(world, order, TODAY + 9 * DAY, on=TODAY - 11 * DAY)
    end = rules.end_of(TODAY + 9 * DAY)
    assert make.duties(world) == {
        "order.serve": NOW + rules.SERVE_WITHIN,
        CHECK: rules.next_noon(NOW),
        "order.before_expiry": end - timedelta(hours=72),
    }


def test_a_case_is_not_closed_while_an_order_is_to_begin(world):
    make.registered(world, make.paper(world, starts=TODAY + 5 * DAY))
    found = selectors.open_work(world.inspector, world.case.subject_id, now=NOW)
    assert [(one.code, one.facts["until"]) for one in found] == [("orders.to_begin", TODAY + 35 * DAY)]


# Before it ends


def test_the_danger_is_assessed_anew_before_an_order_ends_once_for_each_end(world):
    order = make.registered(world)
    end = rules.end_of(TODAY + 30 * DAY)
    near = end - rules.ASSESS_BEFORE_END
    assert services.note_expiring(SYSTEM, now=near - timedelta(days=1)) == ()
    assert services.note_expiring(SYSTEM, now=near) == (world.case.subject_id,)
    (row,) = Trigger.objects.all()
    assert (row.kind, row.due_at, row.recorded_at) == ("order_expiring", end - timedelta(hours=72), near)
    assert "risk.assess" in standing(world)
    assert services.note_expiring(SYSTEM, now=near + HOUR) == ()

    make.extended(world, order, TODAY + 60 * DAY, on=TODAY + 28 * DAY, now=near + DAY)
    assert services.note_expiring(SYSTEM, now=near + DAY) == ()
    assert services.note_expiring(SYSTEM, now=near + 30 * DAY) == (world.case.subject_id,)
    assert Trigger.objects.count() == 2


def test_in_one_run_all_of_them_are_some_at_a_time_and_each_file_once(world, monkeypatch):
    """A closed case at the head keeps no other one waiting."""
    monkeypatch.setattr(ending, "AT_ONCE", 1)
    files = []
    for number in range(3):
        other = make.fill(SimpleNamespace(**vars(world)))
        make.registered(other, make.paper(other, f"A{number}"))
        make.registered(other, make.paper(other, f"B{number}", issued_at=NOW - DAY))
        files.append(other.case)
    files.sort(key=lambda case: case.subject_id)
    cases.join(world.inspector, files[0], world.worker)
    mark_closed(world.worker, id=new_id(), case_ref=files[0].ref, now=NOW)
    near = rules.end_of(TODAY + 30 * DAY) - rules.ASSESS_BEFORE_END
    assert [len(some) for some in ending.expiring(near)] == [1, 1, 1]
    found = [services.note_expiring(SYSTEM, now=near, ends=some) for some in ending.expiring(near)]
    assert found == [(), *((case.subject_id,) for case in files[1:])]


def test_an_order_that_was_revoked_or_is_over_asks_for_nothing(world):
    make.revoked(world, make.registered(world))
    make.registered(world, make.paper(world, "2", issued_at=NOW - 40 * DAY))
    assert services.note_expiring(SYSTEM, now=NOW + 29 * DAY) == ()
    assert Trigger.objects.count() == 0
