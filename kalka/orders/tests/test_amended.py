"""A fictitious amendment of the term: new orders follow it, those that stand are not touched."""

from datetime import UTC, date, datetime, timedelta

import pytest

from kalka.lawbook.tests.amending import law_says
from kalka.orders.models import ProtectionOrder
from kalka.orders.tests import factories as make
from kalka.orders.tests.factories import DAY, NOW, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.both]
FIRST = date(2027, 1, 1)
THEN = datetime(2027, 1, 1, 2, 40, tzinfo=UTC)  # 08:40 in Bishkek


def stored(order: ProtectionOrder) -> tuple[object, ...]:
    found = ProtectionOrder.objects.get(pk=order.pk)
    return found.starts, found.ends, found.stated, found.basis


def test_new_orders_follow_the_amendment_and_old_ones_stand_as_they_were(monkeypatch, tmp_path):
    world = make.world()
    old = make.registered(world)
    before = stored(old)
    assert (before[1] - TODAY, before[3]["value"], before[3]["act"]) == (timedelta(days=30), 30, "law-161")
    law_says(monkeypatch, tmp_path, "order.duration_days", 45, since="2027-01-01")

    eve = make.registered(world, make.paper(world, "2", issued_at=THEN - DAY), now=THEN)
    new = make.registered(world, make.paper(world, "3", issued_at=THEN - timedelta(hours=1)), now=THEN)
    assert (stored(eve)[1] - (FIRST - timedelta(days=1)), stored(eve)[3]["value"]) == (timedelta(days=30), 30)
    assert (stored(new)[1] - FIRST, stored(new)[3]["value"]) == (timedelta(days=45), 45)
    assert stored(old) == before
    assert NOW < THEN
