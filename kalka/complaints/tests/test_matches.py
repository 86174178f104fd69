"""She told of it elsewhere and by her name alone: no call yet, and once somebody says that it is she, hers."""

from dataclasses import replace

import pytest

from kalka.cases import services as case_services
from kalka.cases.tests import factories as cases
from kalka.cases.tests.factories import NOW, wall
from kalka.complaints import services
from kalka.complaints.models import Call
from kalka.complaints.tests.factories import HOUR, MINUTE, world
from kalka.core.actors import SYSTEM
from kalka.core.errors import AccessDenied
from kalka.core.refs import new_id
from kalka.duties import selectors as duties
from kalka.duties.models import Duty
from kalka.history.models import Event
from kalka.intake import services as intake
from kalka.notices.models import Notice
from kalka.orders.models import ProtectionOrder
from kalka.people import services as people
from kalka.people.models import Pair
from kalka.people.rules.same import Says

pytestmark = [pytest.mark.django_db, pytest.mark.both]
TOLD = NOW + MINUTE  # after the order was issued


@pytest.fixture
def at():
    found = world()
    told = replace(cases.TOLD, place=cases.FAR, danger="unsure")  # without a telephone
    report = intake.receive_report(found.stranger, id=new_id(), told=told, now=TOLD)
    found.other = case_services.open_case(
        found.stranger, id=new_id(), report_id=report.pk, protected=cases.WOMAN, now=TOLD
    )
    found.pair = Pair.objects.get()
    return found


def said(at, says, by=None):
    given = {"id": new_id(), "reason": "Документи менен текшерилди", "now": NOW + 6 * MINUTE}
    return people.say_of_pair(by or at.inspector, pair_id=at.pair.pk, says=says, **given)


def hurried():
    return Duty.objects.filter(kind="people.possible_duplicate", at_once=True).count()


def clocks(case):
    standing = Duty.objects.standing().filter(subject_id=case.subject_id, kind__startswith="call.")
    return {one.kind: (one.assignee_id, one.due_at) for one in standing}


def test_until_somebody_says_so_whoever_decides_over_it_is_asked_above_all_else_of_today(at):
    assert services.hear_matches(SYSTEM, now=NOW + 4 * MINUTE) == ()
    (asked,) = duties.today(at.inspector, now=NOW + 4 * MINUTE).first
    assert (asked.kind, asked.due_at) == ("people.possible_duplicate", NOW + 4 * MINUTE + HOUR)
    told = Notice.objects.filter(kind="duty_assigned", subject_id=at.pair.first_side)
    assert list(told.values_list("to_post_id", flat=True)) == [at.inspector.post_id]
    rows = (Duty.objects.count(), Notice.objects.count())
    assert services.hear_matches(SYSTEM, now=NOW + 5 * MINUTE) == ()
    assert (Duty.objects.count(), Notice.objects.count(), Call.objects.count()) == (*rows, 0)
    assert not duties.today(at.stranger, now=NOW + 5 * MINUTE).first, "whoever took it down learns nothing"
    with pytest.raises(AccessDenied):
        services.hear_matches(at.officer, now=NOW)


def test_once_somebody_says_that_it_is_she_it_is_her_call_to_the_inspector_and_whoever_is_above(at):
    services.hear_matches(SYSTEM, now=NOW + 4 * MINUTE)
    said(at, Says.SAME)
    (call,) = services.hear_matches(SYSTEM, now=NOW + 8 * MINUTE)
    assert (call.case_ref, call.at, call.what, call.by, call.post_id) == (at.case.ref, TOLD, "report", "report", None)
    due = NOW + 8 * MINUTE + HOUR
    assert clocks(at.case) == {
        "call.answer": (at.inspector.post_id, due),
        "call.watch": (at.officer.post_id, due),
    }
    assert services.hear_matches(SYSTEM, now=NOW + 9 * MINUTE) == ()
    assert not Event.objects.filter(subject_id=at.other.subject_id, kind="call_in_order").exists()


def test_two_different_people_are_nobodys_call_and_without_an_order_nobody_is_hurried(at):
    ProtectionOrder.objects.update(issued_at=NOW + HOUR)
    assert (services.hear_matches(SYSTEM, now=NOW + 4 * MINUTE), hurried()) == ((), 0)
    ProtectionOrder.objects.update(issued_at=NOW)
    said(at, Says.OTHER)
    assert (services.hear_matches(SYSTEM, now=NOW + 8 * MINUTE), hurried()) == ((), 0)


def test_whom_a_wall_shuts_out_of_the_newer_file_is_not_told(at):
    wall(at.other.subject_id, at.inspector.user_id)
    said(at, Says.SAME, by=at.worker)
    services.hear_matches(SYSTEM, now=NOW + 8 * MINUTE)
    assert clocks(at.case) == {"call.answer": (at.officer.post_id, NOW + 8 * MINUTE + HOUR)}
    assert not Notice.objects.filter(kind="call_in_order", to_post=at.inspector.post_id).exists()
