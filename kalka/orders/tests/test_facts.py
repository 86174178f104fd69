from dataclasses import fields
from datetime import date

import pytest

from kalka.core.extract import Extract
from kalka.orders import facts
from kalka.orders.facts import BreachFact, OrderFact, ProtectedFact, ServedFact
from kalka.orders.rules import NewBreach
from kalka.orders.tests import factories as make
from kalka.orders.tests.factories import BEFORE, DAY, HOUR, NOW, TODAY, noon
from kalka.people.facts import pseudonym

pytestmark = [pytest.mark.django_db, pytest.mark.both]
SALT = b"of one release"
KINDS = (OrderFact, ProtectedFact, ServedFact, BreachFact)


@pytest.fixture
def world():
    return make.world()


def drawn(facts_of, until: date = TODAY + DAY) -> list:
    extract = Extract(before=NOW + DAY, until=until, salt=SALT)
    return sorted((row for batch in facts_of(extract) for row in batch.rows), key=lambda row: (row.on, row.who))


def of(world) -> str:
    return pseudonym(world.case.subject_id, SALT)


def test_an_order_is_counted_on_its_day_of_issue_by_what_became_of_it(world):
    order = make.registered(world)
    make.served(world, order)
    make.extended(world, order, TODAY + 60 * DAY)
    make.breached(world, order)
    make.breached(world, order)
    make.registered(world, make.pending(world, issued_at=noon(BEFORE), protected=()))
    old, new = drawn(facts.orders)
    assert new == OrderFact(
        on=TODAY,
        place=world.case.place,
        agency="police",
        days=30,
        numbered=True,
        served=True,
        extended=True,
        revoked=False,
        breaches=2,
        protected=2,
        who=of(world),
    )
    assert (old.on, old.days, old.numbered, old.protected, old.breaches) == (BEFORE, 3, False, 0, 0)


def test_those_an_order_protects_are_counted_with_it_by_sex_and_age(world):
    make.registered(world)
    said = {row.who: (row.sex, row.age_band) for row in drawn(facts.protected)}
    assert said == {pseudonym(world.she, SALT): ("f", "35-44"), pseudonym(world.child, SALT): ("f", "7-13")}


def test_an_order_is_served_once_and_an_attempt_is_no_service(world):
    order = make.registered(world, make.paper(world, issued_at=NOW - 2 * DAY))
    make.served(world, order, at=NOW - DAY, how="not_found")
    make.served(world, order, how="read_out", at=NOW - HOUR)
    assert drawn(facts.served) == [ServedFact(TODAY, world.case.place, "police", "read_out", False, 2, of(world))]


def test_a_day_of_the_table_is_a_day_in_bishkek(world):
    make.registered(world, make.paper(world, issued_at=noon(TODAY - DAY).replace(hour=18)))  # midnight there
    assert [len(drawn(facts.orders, until=day + DAY)) for day in (TODAY - DAY, TODAY)] == [0, 1]


def test_a_breach_is_counted_on_its_day_with_the_day_of_the_order(world):
    order = make.registered(world, make.paper(world, issued_at=noon(TODAY - 9 * DAY)))
    make.breached(world, order, told=NewBreach(on=TODAY - 2 * DAY, how="came"))
    assert drawn(facts.breaches) == [BreachFact(TODAY - 2 * DAY, world.case.place, "police", "came", 7, of(world))]


def test_facts_hold_nothing_that_leads_to_a_person():
    assert {field.type for fact in KINDS for field in fields(fact)} <= {date, int, bool, str}
    assert not {"id", "number", "ref", "subject_id"} & {field.name for fact in KINDS for field in fields(fact)}
