from dataclasses import fields
from datetime import date

import pytest

from kalka.orders import facts
from kalka.orders.facts import BreachFact, OrderFact
from kalka.orders.rules import NewBreach
from kalka.orders.tests import factories as make
from kalka.orders.tests.factories import BEFORE, DAY, TODAY, noon

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def world():
    return make.world()


def test_an_order_is_counted_on_its_day_of_issue_by_what_became_of_it(world):
    order = make.registered(world)
    make.served(world, order)
    make.extended(world, order, TODAY + 60 * DAY)
    make.breached(world, order)
    make.breached(world, order)
    make.registered(world, make.pending(world, issued_at=noon(BEFORE), protected=()))
    assert list(facts.orders(TODAY, TODAY + DAY)) == [
        OrderFact(
            on=TODAY,
            place=world.case.place,
            days=60,
            numbered=True,
            served=True,
            extended=True,
            revoked=False,
            breaches=2,
            protected=2,
        )
    ]
    (old,) = facts.orders(BEFORE, BEFORE + DAY)
    assert (old.days, old.numbered, old.protected, old.breaches) == (3, False, 0, 0)


def test_a_day_of_the_table_is_a_day_in_bishkek(world):
    make.registered(world, make.paper(world, issued_at=noon(TODAY - DAY).replace(hour=18)))  # midnight there
    assert [len(list(facts.orders(day, day + DAY))) for day in (TODAY - DAY, TODAY)] == [0, 1]


def test_a_breach_is_counted_on_its_day_with_the_day_of_the_order(world):
    order = make.registered(world, make.paper(world, issued_at=noon(TODAY - 9 * DAY)))
    make.breached(world, order, told=NewBreach(on=TODAY - 2 * DAY, how="came"))
    assert list(facts.breaches(TODAY - 2 * DAY, TODAY)) == [BreachFact(TODAY - 2 * DAY, world.case.place, "came", 7)]


def test_facts_hold_nothing_that_leads_to_a_person():
    kinds = {field.type for fact in (OrderFact, BreachFact) for field in fields(fact)}
    assert kinds <= {date, int, bool, str}
    assert not {"id", "number", "ref", "subject_id"} & {
        f.name for fact in (OrderFact, BreachFact) for f in fields(fact)
    }
