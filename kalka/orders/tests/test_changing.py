"""What happens to an order after it was registered."""

from datetime import date, timedelta

import pytest

from kalka.cases.tests import factories as cases
from kalka.core.clock import BISHKEK
from kalka.core.errors import AccessDenied
from kalka.core.refs import new_id
from kalka.duties.models import Duty
from kalka.orders import rules, selectors
from kalka.orders.models import Breach, Extension, ProtectionOrder, Revocation, Service, dated
from kalka.orders.rules import NewBreach, State
from kalka.orders.tests import factories as make
from kalka.orders.tests.factories import BEFORE, DAY, HOUR, ISSUED, NOW, SINCE, TODAY, noon

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def world():
    world = make.world()
    world.order = make.registered(world)
    return world


def stands(order, at=NOW):
    return dated(ProtectionOrder.objects.dated().get(pk=order.pk)).state(at)


# Service


def test_serving_ends_its_duty_and_stands_in_the_history(world):
    row = make.served(world, world.order, how="read_out", refused=True)
    assert (row.at, row.how, row.refused) == (NOW, "read_out", True)
    assert "order.serve" not in make.duties(world)
    assert make.history(world) == ["order_registered", "order_served"]
    assert ProtectionOrder.objects.dated().get().served


def test_whoever_was_not_found_is_still_to_be_told(world):
    make.served(world, world.order, how="not_found")
    make.served(world, world.order, how="not_found", at=NOW - HOUR / 2)
    assert "order.serve" in make.duties(world)
    assert (Service.objects.count(), make.history(world)) == (2, ["order_registered"])
    make.served(world, world.order)
    assert "order.serve" not in make.duties(world)


def test_serving_twice_is_serving_once(world):
    id = new_id()
    assert make.served(world, world.order, id=id).pk == make.served(world, world.order, id=id).pk
    assert make.refusal(lambda: make.served(world, world.order)).code == "orders.served_already"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"at": ISSUED - HOUR}, "orders.before_issue"),
        ({"at": NOW + HOUR}, "orders.time_to_come"),
        ({"how": "shouted"}, "orders.unknown_code"),
        ({"told": "а" * 2_001}, "orders.too_long"),
    ],
)
def test_a_service_that_cannot_be_is_refused(world, said, code):
    assert make.refusal(lambda: make.served(world, world.order, **said)).code == code


def test_an_order_that_is_over_cannot_be_served_any_more_but_was(world):
    later = NOW + 40 * DAY
    assert make.refusal(lambda: make.served(world, world.order, now=later)).code == "orders.was_over_then"
    row = make.served(world, world.order, now=later, at=NOW + DAY)
    assert row.at == NOW + DAY


# Extension


def test_an_extension_today_is_not_established_in_law_and_kept_as_granted(world):
    row = make.extended(world, world.order, TODAY + 60 * DAY)
    assert (row.on, row.until, row.basis["value"], row.basis["confidence"]) == (
        TODAY,
        TODAY + 60 * DAY,
        None,
        "unknown",
    )
    assert stands(world.order) is State.EXTENDED
    assert stands(world.order, NOW + 45 * DAY) is State.EXTENDED
    assert make.history(world) == ["order_extended", "order_registered"]


def test_an_extension_moves_the_talk_about_its_end(world):
    make.extended(world, world.order, TODAY + 60 * DAY)
    assert make.duties(world)["order.before_expiry"] == rules.end_of(TODAY + 60 * DAY) - timedelta(hours=72)
    assert Duty.objects.standing().filter(kind="order.before_expiry").count() == 1


@pytest.mark.parametrize(
    ("on", "until", "code"),
    [
        (BEFORE, BEFORE + 30 * DAY, None),
        (BEFORE, BEFORE + 31 * DAY, "orders.extended_too_long"),
        (SINCE, BEFORE + 31 * DAY, None),  # the law of the day it was granted
    ],
)
def test_the_ceiling_is_that_of_the_day_of_the_extension(world, on, until, code):
    old = make.registered(world, make.paper(world, "old", issued_at=noon(BEFORE), numbered=None))
    if code is None:
        make.extended(world, old, until, on=on)
        assert Extension.objects.get().basis["act"] == ("law-63" if on == BEFORE else "law-161")
    else:
        assert make.refusal(lambda: make.extended(world, old, until, on=on)).code == code


def test_an_order_that_was_over_or_revoked_is_not_extended(world):
    over = make.registered(world, make.paper(world, "2", issued_at=NOW - 40 * DAY))
    refused = make.refusal(lambda: make.extended(world, over, TODAY + 9 * DAY))
    assert refused.code == "orders.did_not_run_then"
    make.revoked(world, world.order)
    refused = make.refusal(lambda: make.extended(world, world.order, TODAY + 60 * DAY))
    assert refused.code == "orders.did_not_run_then"


def test_an_extension_by_nobody_is_refused(world):
    refused = make.refusal(lambda: make.extended(world, world.order, TODAY + 60 * DAY, authority=999_999))
    assert (refused.code, refused.facts["field"]) == ("orders.no_such_authority", "authority")


def test_an_extension_that_reaches_into_another_order_links_them(world):
    later = make.registered(world, make.paper(world, "2", starts=TODAY + 40 * DAY))
    make.extended(world, world.order, TODAY + 60 * DAY)
    page = selectors.order_page(world.inspector, world.case.ref, later.pk, now=NOW)
    assert [one.id for one in page.overlaps] == [world.order.pk]
    assert "order.explain_overlap" in make.duties(world)


# Revocation


def test_a_revoked_order_runs_no_more_and_leaves_nothing_to_do(world):
    make.revoked(world, world.order)
    assert (stands(world.order), make.duties(world)) == (State.REVOKED, {})
    assert Revocation.objects.get().by == "court"
    assert make.history(world) == ["order_registered", "order_revoked"]


def test_where_another_order_runs_the_check_stays(world):
    make.registered(world, make.paper(world, "2"))
    make.revoked(world, world.order)
    assert set(make.duties(world)) == {
        "order.serve",
        "order.before_expiry",
        "order.check_compliance",
        "order.explain_overlap",
    }


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"reason": "  "}, "orders.reason_missing"),
        ({"by": "elders"}, "orders.unknown_code"),
        ({"at": NOW + HOUR}, "orders.time_to_come"),
        ({"at": ISSUED - HOUR}, "orders.before_issue"),
    ],
)
def test_a_revocation_without_power_reason_or_sense_is_refused(world, said, code):
    assert make.refusal(lambda: make.revoked(world, world.order, **said)).code == code
    assert stands(world.order) is State.RUNNING


def test_an_order_is_revoked_once(world):
    id = new_id()
    assert make.revoked(world, world.order, id=id).pk == make.revoked(world, world.order, id=id).pk
    assert make.refusal(lambda: make.revoked(world, world.order)).code == "orders.revoked_already"


# Who


STEPS = {
    "complete": lambda w, by: make.completed(w, w.order, "88", by=by),
    "serve": lambda w, by: make.served(w, w.order, by=by),
    "extend": lambda w, by: make.extended(w, w.order, TODAY + 60 * DAY, by=by),
    "revoke": lambda w, by: make.revoked(w, w.order, actor=by),
    "breach": lambda w, by: make.breached(w, w.order, by=by),
}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("who", ["prosecutor", "stranger", "far"])
def test_whoever_may_not_or_does_not_see_the_case_changes_nothing(world, step, who):
    world.far = cases.post("police_inspector", place=cases.FAR)
    refused = make.refusal(lambda: STEPS[step](world, getattr(world, who)))
    assert isinstance(refused, AccessDenied)


@pytest.mark.parametrize("step", STEPS)
def test_an_order_of_another_case_is_not_found_in_this_one(world, step):
    other = make.fill(type(world)(**vars(world)))
    world.order = make.registered(other, make.paper(other, "55"))
    refused = make.refusal(lambda: STEPS[step](world, world.inspector))
    assert (type(refused), refused.code) == (AccessDenied, "orders.unknown")


def test_nothing_told_of_an_order_is_kept_in_the_clear(world):
    canary = "Канарейка7741"
    make.served(world, world.order, told=canary)
    make.extended(world, world.order, TODAY + 60 * DAY, told=canary)
    make.breached(world, world.order, told=NewBreach(told=canary))
    make.revoked(world, world.order, reason=canary)
    stored = [
        bytes(getattr(row, field).blob)
        for model, field in ((Service, "told"), (Extension, "told"), (Breach, "told"), (Revocation, "reason"))
        for row in model.objects.all()
    ]
    assert [len(blob) > 60 and canary.encode() not in blob for blob in stored] == [True] * 4


def test_a_day_ends_at_midnight_in_bishkek(world):
    assert rules.end_of(date(2026, 12, 23)).astimezone(BISHKEK).isoformat() == "2026-12-24T00:00:00+06:00"
