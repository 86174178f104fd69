"""Two hundred lives through the services: the database says of every duty what the rules say."""

from random import Random
from types import SimpleNamespace

import pytest

from kalka.core.actors import SYSTEM
from kalka.core.clock import day_of
from kalka.core.errors import DomainError
from kalka.duties.models import Duty
from kalka.orders import services
from kalka.orders.models import Expiry, ProtectionOrder, dated
from kalka.orders.rules import State, owed
from kalka.orders.tests import factories as make
from kalka.orders.tests.factories import NOW
from kalka.orders.tests.lives import DAY, EDGES, HOUR, Life, Step, born, steps
from kalka.orders.tests.test_lives import noon

pytestmark = [pytest.mark.django_db, pytest.mark.deep]
CASES, EACH = 10, 20
OF_ONE = (owed.COMPLETE, owed.SERVE, owed.AGREE)  # the visit is of the case, whichever order it is for


def taken(world: SimpleNamespace, order: ProtectionOrder, step: Step, number: str) -> bool:
    """Whether the services took it."""
    now = step.at
    last = dated(ProtectionOrder.objects.dated().get(pk=order.pk)).last_day
    does = {
        "number": lambda: make.completed(world, order, number, now=now),
        "serve": lambda: make.served(world, order, now=now),
        "missed": lambda: make.served(world, order, now=now, how="not_found"),
        "extend": lambda: make.extended(
            world, order, last + step.days * DAY, on=day_of(now) - step.back * DAY, now=now
        ),
        "revoke": lambda: make.revoked(world, order, now=now),
    }
    try:
        does[step.what]()
    except DomainError:
        return False
    return True


def live(world: SimpleNamespace, random: Random, name: str) -> tuple[ProtectionOrder, Life]:
    old = random.random() < 0.3
    issued = noon(random.choice(EDGES[:-1])) if old else NOW - random.randint(0, 90) * HOUR
    numbered = random.random() < 0.7
    told = make.paper(world, name, issued_at=issued) if numbered else make.pending(world, issued_at=issued)
    order, life = make.registered(world, told), born(issued, numbered=numbered, now=NOW)
    for step in steps(random, NOW, 70):
        if step.what in ("agree", "check"):
            continue
        assert taken(world, order, step, f"{name}/2") == life.take(step), (name, step)
    return order, life


def test_every_duty_of_two_hundred_orders_stands_or_ended_as_the_rules_say():
    random, world = Random(161), make.world()
    lives = []
    for case in range(CASES):
        world = make.fill(world) if case else world
        lives += [live(world, random, f"{case}-{each}") for each in range(EACH)]
    later = NOW + 400 * DAY
    services.note_expired(SYSTEM, now=later)
    assert len(lives) == CASES * EACH
    for order, life in lives:
        duties = Duty.objects.filter(about=f"{order.case_ref}/{order.pk}", kind__in=OF_ONE)
        standing = dict(duties.standing().values_list("kind", "due_at"))
        assert standing == {kind: due for kind, due in life.standing.items() if kind in OF_ONE}
        ended = set(duties.exclude(ended_at=None).values_list("kind", flat=True)) - set(standing)
        assert ended == (set(life.ended) & set(OF_ONE)) - set(standing)
        now = dated(ProtectionOrder.objects.dated().get(pk=order.pk))
        assert now == life.stands and now.state(later) in (State.EXPIRED, State.REVOKED)
        expired = Expiry.objects.filter(order=order, last_day=now.last_day).exists()
        assert expired == (now.revoked_at is None)
