"""The register across cases, and the question on the road."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kalka.access import services as grants
from kalka.access.rules import Scope
from kalka.cases.tests import factories as cases
from kalka.core.actors import post_holder
from kalka.core.errors import AccessDenied
from kalka.core.models import AuditEntry
from kalka.orders import selectors
from kalka.orders.rules import Numbered, State
from kalka.orders.tests import factories as make
from kalka.orders.tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def world():
    return make.world()


def reads() -> list[str]:
    return list(AuditEntry.objects.filter(kind="read").order_by("id").values_list("command", flat=True))


# Across cases


def many(world, number: int):
    for n in range(number):
        make.registered(world, make.paper(world, f"7/{n}", issued_at=NOW - n * timedelta(minutes=7)))


def test_the_prosecutor_sees_issuer_days_state_and_code_and_no_way_in(world):
    make.registered(world)
    listed = selectors.register(world.prosecutor, now=NOW)
    (entry,) = listed.entries
    assert (entry.ref, entry.line.authority, entry.line.state, entry.opens) == (
        world.case.ref,
        "police",
        State.RUNNING,
        False,
    )
    assert reads()[-1:] != ["orders.page"]
    with pytest.raises(AccessDenied):
        selectors.order_page(world.prosecutor, world.case.ref, entry.line.id, now=NOW)


def test_the_register_shows_only_what_was_granted(world):
    make.registered(world)
    other = make.fill(type(world)(**vars(world)))
    make.registered(other, make.paper(other, "2"))
    cases.in_a_command(
        lambda: grants.grant(
            other.case.subject_id, post_holder(world.stranger.post_id), why="orders", scope=Scope.ORDERS, now=NOW
        )
    )
    assert [one.ref for one in selectors.register(world.stranger, now=NOW).entries] == [other.case.ref]
    assert {one.ref for one in selectors.register(world.inspector, now=NOW).entries} == {
        world.case.ref,
        other.case.ref,
    }
    assert selectors.register(world.coordinator, now=NOW).entries == ()


def test_the_register_goes_on_page_by_page(world):
    many(world, 5)
    seen, after = [], None
    for _page in range(3):
        listed = selectors.register(world.inspector, now=NOW, after=after, size=2)
        seen += [entry.line.id for entry in listed.entries]
        after = listed.following
    every = selectors.register(world.inspector, now=NOW).entries
    assert (seen, after) == ([entry.line.id for entry in every], None)


def test_the_register_asks_as_much_for_many_as_for_few(world):
    many(world, 1)

    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            selectors.register(world.inspector, now=NOW)
        return len(asked)

    few = count()
    many_more = make.fill(type(world)(**vars(world)))
    for n in range(4):
        make.registered(many_more, make.paper(many_more, f"8/{n}"))
    assert count() == few


# On the road


def test_a_number_is_found_exactly_and_the_question_is_recorded(world):
    order = make.registered(world, make.paper(world, "№ 12/345-Б"))
    for typed in ("12/345б", "12 / 345 Б"):
        (found,) = selectors.lookup(world.inspector, typed, now=NOW)
        assert (found.line.id, found.ref, found.line.state) == (order.pk, world.case.ref, State.RUNNING)
    for typed in ("12/345", "12/34", "345-Б", "", "%", "№"):
        assert selectors.lookup(world.inspector, typed, now=NOW) == ()
    assert reads()[-8:] == ["orders.lookup"] * 8
    latest = AuditEntry.objects.filter(kind="read", count=1).latest("id")
    assert latest.subject_id == world.case.subject_id


def test_whoever_does_not_see_the_case_learns_that_there_is_one_and_not_which(world):
    make.registered(world)
    far = cases.post("police_inspector", place=cases.FAR)
    (found,) = selectors.lookup(far, "12/345", now=NOW)
    assert (found.ref, found.line.state, found.line.authority) == ("", State.RUNNING, "police")


def test_whoever_is_walled_off_learns_nothing(world):
    make.registered(world)
    cases.wall(world.case.subject_id, world.inspector.user_id)
    assert selectors.lookup(world.inspector, "12/345", now=NOW) == ()


def test_two_bodies_may_have_given_one_number(world):
    make.registered(world)
    make.registered(world, make.paper(world, numbered=Numbered(world.other_office.pk, "12/345")))
    assert len(selectors.lookup(world.inspector, "12/345", now=NOW)) == 2


def test_whoever_may_not_read_orders_asks_in_vain(world):
    with pytest.raises(AccessDenied, match="core.not_permitted"):
        selectors.lookup(world.psychologist, "12/345", now=NOW)
