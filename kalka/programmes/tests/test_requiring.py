from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kalka.access import selectors as access
from kalka.access import services as grants
from kalka.access.rules import Scope
from kalka.cases.services import mark_closed
from kalka.core.actors import SYSTEM, Actor, post_holder
from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission
from kalka.core.refs import new_id
from kalka.duties.models import Duty
from kalka.orders.selectors import against
from kalka.orders.services import register_order
from kalka.orders.tests.factories import BEFORE, SINCE, noon, paper, registered
from kalka.programmes import selectors, services
from kalka.programmes.models import Owed
from kalka.programmes.tests.factories import (
    DAY,
    HOUR,
    NOW,
    RAION,
    TODAY,
    add,
    in_a_command,
    join,
    office,
    post,
    sent,
    standing,
    world,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def at():
    made = world()
    made.office, made.she, made.child = office("police", RAION), None, None
    return made


def issued(at, **said):
    return registered(at, paper(at, **{"protected": (), **said}))


def test_an_order_makes_the_programme_mandatory_and_sending_him_a_duty(at):
    order = issued(at)
    (owed,) = services.require(SYSTEM, now=NOW)
    assert (owed.order_id, owed.person_id, owed.on, owed.basis["key"]) == (
        order.pk,
        at.man,
        TODAY,
        "programme.is_mandatory",
    )
    duty = standing(at.case.subject_id)["programme.enrol"]
    assert (duty.assignee_id, duty.due_at, duty.basis["act"]) == (at.inspector.post_id, NOW + 72 * HOUR, "law-161")
    assert services.require(SYSTEM, now=NOW) == ()
    assert Owed.objects.count() == 1


def test_the_day_before_the_amendment_nothing_was_owed(at):
    issued(at, issued_at=noon(BEFORE), numbered=None)
    assert services.require(SYSTEM, now=NOW) == ()
    order = issued(at, issued_at=noon(SINCE), numbered=None)
    assert [one.order_id for one in services.require(SYSTEM, now=NOW)] == [order.pk]


def test_who_was_never_sent_is_a_list_until_he_is(at):
    issued(at)
    services.require(SYSTEM, now=NOW)
    later = NOW + 3 * DAY
    (never,) = selectors.never_enrolled(at.inspector, now=later)
    assert (never.ref, never.on, never.days, never.opens) == (at.case.ref, TODAY, 3, True)
    sent(at)
    assert standing(at.case.subject_id) == {}
    assert selectors.never_enrolled(at.inspector, now=later) == ()


def test_two_orders_against_one_man_are_one_line(at):
    issued(at)
    registered(at, paper(at, "9/1", protected=(), issued_at=NOW - DAY))
    assert len(services.require(SYSTEM, now=NOW)) == 2
    (never,) = selectors.never_enrolled(at.inspector, now=NOW)
    assert never.on == TODAY - DAY
    assert Duty.objects.standing().filter(kind="programme.enrol").count() == 1


def test_an_order_against_nobody_named_is_owed_as_well(at):
    issued(at, respondent=None)
    services.require(SYSTEM, now=NOW)
    assert len(selectors.never_enrolled(at.inspector, now=NOW)) == 1
    sent(at)
    assert selectors.never_enrolled(at.inspector, now=NOW) == ()
    assert standing(at.case.subject_id) == {}


def test_who_was_sent_before_the_order_is_not_asked_for_again(at):
    sent(at)
    issued(at)
    assert len(services.require(SYSTEM, now=NOW)) == 1
    assert standing(at.case.subject_id) == {}


def test_of_a_closed_case_it_is_on_the_list_and_nobodys_duty(at):
    issued(at)
    join(at.inspector, at.case, at.worker)
    mark_closed(at.worker, id=new_id(), case_ref=at.case.ref, now=NOW)
    assert len(services.require(SYSTEM, now=NOW)) == 1
    assert standing(at.case.subject_id) == {}
    assert len(selectors.never_enrolled(at.inspector, now=NOW)) == 1


def test_whoever_erases_a_case_finds_what_came_of_it_and_nobody_else_does(at):
    sending = sent(at)
    eraser = Actor(1, frozenset({Permission.ERASE}))
    assert selectors.files_from(eraser, [at.case.subject_id]) == {sending.enrolment.subject_id}
    with pytest.raises(AccessDenied):
        selectors.files_from(at.inspector, [at.case.subject_id])


def test_the_prosecutor_and_the_officer_see_the_list_without_the_file_and_a_stranger_nothing(at):
    at.prosecutor = post("prosecutor", place=RAION, organisation=office("prosecution", RAION))
    issued(at)
    services.require(SYSTEM, now=NOW)
    seen = {who: selectors.never_enrolled(getattr(at, who), now=NOW) for who in ("prosecutor", "officer", "leader")}
    assert {who: [(one.ref, one.opens) for one in rows] for who, rows in seen.items()} == {
        "prosecutor": [(at.case.ref, False)],
        "officer": [(at.case.ref, False)],
        "leader": [],
    }


def test_who_is_given_work_of_a_case_and_reads_no_orders_is_not_shown_who_was_never_sent(at):
    issued(at)
    services.require(SYSTEM, now=NOW)
    holder = post_holder(at.guard.post_id)
    in_a_command(
        lambda: grants.grant(at.case.subject_id, holder, why="duty", now=NOW, scope=Scope.DUTIES),
    )
    assert access.sees(at.guard, at.case.subject_id, now=NOW, scope=Scope.DUTIES)
    assert selectors.never_enrolled(at.guard, now=NOW) == ()


def test_only_the_installation_asks_against_whom_orders_are(at):
    with pytest.raises(AccessDenied):
        against(at.inspector, since=SINCE, but=Owed.objects.values("order"), most=1)


def test_the_list_asks_as_much_for_many_as_for_one(at):
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            selectors.never_enrolled(at.inspector, now=NOW)
        return len(found)

    issued(at)
    services.require(SYSTEM, now=NOW)
    few = asked()
    for number in range(3):
        man = add(at.inspector, at.case).person_id
        told = paper(at, f"9/{number}", respondent=man, protected=())
        register_order(at.inspector, id=new_id(), case_ref=at.case.ref, told=told, now=NOW + timedelta(minutes=number))
    services.require(SYSTEM, now=NOW + HOUR)
    assert asked() == few
    assert Duty.objects.standing().filter(kind="programme.enrol").count() == 4
