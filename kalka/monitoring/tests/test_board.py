"""What waits on the board, when more waits than it shows."""

from datetime import timedelta

import pytest

from kalka.monitoring import selectors
from kalka.monitoring.tests import factories as make
from kalka.monitoring.tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.both]
MINUTE = timedelta(minutes=1)


def test_a_new_danger_is_first_however_much_else_waits_unanswered(monkeypatch):
    monkeypatch.setattr(selectors, "SIZE", 2)
    world = make.world()
    measure = make.decided(world)
    for minute in range(3):
        make.signalled(world, measure, "battery", now=NOW + minute * MINUTE)
    danger = make.signalled(world, measure, "near", now=NOW + 60 * MINUTE)
    waiting = selectors.board(world.inspector, now=NOW + 61 * MINUTE).waiting
    assert [(one.sign, one.danger) for one in waiting] == [("near", True), ("battery", False)]
    assert waiting[0].id == danger.pk and waiting[1].came == NOW
