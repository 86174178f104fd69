"""What somebody of the team learnt lifts, asks for an assessment, and never lowers."""

import pytest
from django.utils.translation import override

from kalka.access import selectors as access
from kalka.cases.tests import factories as cases
from kalka.core.actors import SYSTEM
from kalka.core.blockers import Blocker
from kalka.core.errors import AccessDenied
from kalka.core.refs import new_id
from kalka.history import services as history
from kalka.risk import selectors, services, tables
from kalka.risk.models import Trigger
from kalka.risk.tests.factories import HOUR, NOW, assessed, call, refused, standing, world

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def at():
    return world()


def note(actor, case, trigger, *, id=None, now=NOW):
    return services.note_happened(actor, id=id or new_id(), case_ref=case.ref, trigger=trigger, now=now)


@pytest.mark.parametrize(
    ("trigger", "hours", "level", "also"),
    [
        ("life_changed", 24, "2/4", "measure.check_weapon"),
        ("weapon_licence", 24, "2/4", "measure.check_weapon"),
        ("address_changed", 48, "1/4", "measure.hand_over"),
        ("contacts_failed", 12, "1/4", "measure.see_in_person"),
    ],
)
def test_what_happened_is_written_once_and_asks_for_an_assessment(at, trigger, hours, level, also):
    assessed(at.inspector, at.case, "low")
    later, id = NOW + HOUR, new_id()
    for _ in range(2):
        note(at.inspector, at.case, trigger, id=id, now=later)
    assert Trigger.objects.count() == 1
    assert selectors.current(at.inspector, at.case.subject_id, now=later).position == level
    duties = standing(at.case)
    assert duties["risk.reassess"].due_at == later + hours * HOUR
    assert set(duties) == {"risk.reassess", "measure.leaflet", also}


@pytest.mark.parametrize("trigger", ["life_changed", "address_changed", "contacts_failed"])
def test_it_never_lowers(at, trigger):
    assessed(at.inspector, at.case, "extreme", judged="extreme")
    due = standing(at.case)["risk.reassess"].due_at
    note(at.inspector, at.case, trigger, now=NOW + HOUR)
    assert selectors.current(at.inspector, at.case.subject_id, now=NOW + HOUR).position == "4/4"
    assert standing(at.case)["risk.reassess"].due_at <= due


def test_what_a_step_says_is_not_said_by_hand(at):
    refused("risk.no_such_trigger", lambda: note(at.inspector, at.case, "order_breached"))
    refused("risk.no_such_trigger", lambda: note(at.inspector, at.case, "rain"))
    refused("cases.unknown", lambda: note(at.officer, at.case, "life_changed"))


# What a step saw


RAISES = {
    "new_incident": (24, "2/4"),
    "order_breached": (12, "3/4"),
    "order_expiring": (0, "1/4"),
    "planned_release": (0, "1/4"),
    "released": (24, "1/4"),
    "unplanned_release": (4, "1/4"),
    "complaint_withdrawn": (24, "1/4"),
    "found_guilty": (24, "2/4"),
    "call_in_order": (24, "2/4"),
    "visit_denied": (24, "1/4"),
    "threat_heard": (4, "3/4"),
    "bracelet_alarm": (0, "3/4"),
}


@pytest.mark.parametrize("trigger", sorted(RAISES))
def test_each_raises_an_assessment_and_perhaps_the_level_and_lowers_nothing(at, trigger):
    hours, level = RAISES[trigger]
    assert {code for code, kind in tables.triggers().kinds.items() if not kind.by_hand} == set(RAISES)
    assessed(at.inspector, at.case, "low")
    later = NOW + HOUR
    call(at, trigger, now=later)
    found = standing(at.case)
    assert (found["risk.reassess"].due_at, found["risk.reassess"].level) == (later + hours * HOUR, level)
    assert selectors.current(at.inspector, at.case.subject_id, now=later).position == level
    assessed(at.inspector, at.case, "extreme", judged="extreme", now=later + HOUR)
    call(at, trigger, now=later + 2 * HOUR)
    assert selectors.current(at.inspector, at.case.subject_id, now=later + 2 * HOUR).position == "4/4"


def test_a_lifted_level_is_protected_as_that_level_at_once(at):
    assessed(at.inspector, at.case, "low")
    call(at, "threat_heard", now=NOW + HOUR)
    found = standing(at.case)
    measures = {"measure.leaflet", "measure.check_weapon", "measure.daily_contact", "measure.offer_shelter"}
    assert set(found) == measures | {"risk.reassess", "order.consider"}
    assert found["measure.daily_contact"].level == "3/4"
    assert found["order.consider"].due_at == NOW + 25 * HOUR, "the danger rose now"
    assert access.sees(at.worker, at.case.subject_id, now=NOW + HOUR)


def test_where_nothing_was_assessed_she_is_protected_as_at_the_floor(at):
    call(at, "threat_heard", now=NOW + HOUR)
    found = standing(at.case)
    assert {"risk.assess", "measure.daily_contact", "measure.offer_shelter", "order.consider"} <= set(found)
    assert found["risk.assess"].due_at == NOW + 5 * HOUR
    assert selectors.current(at.inspector, at.case.subject_id, now=NOW + HOUR) is None


def test_whoever_sees_nothing_of_the_case_raises_it_all_the_same_and_is_not_named(at):
    assessed(at.inspector, at.case, "low")
    subject, later = at.case.subject_id, NOW + HOUR
    assert not access.sees(at.stranger, subject, now=later)
    row = cases.in_a_command(
        lambda: services.require_beyond("threat_heard", subject_id=subject, post_id=at.worker.post_id, now=later)
    )
    assert (row.author_id, row.post_id) == (SYSTEM.user_id, None)
    assert selectors.current(at.inspector, subject, now=later).position == "3/4"
    assert standing(at.case)["risk.reassess"].assignee_id == at.inspector.post_id
    with pytest.raises(AccessDenied):
        services.require_beyond("threat_heard", subject_id=subject, post_id=None, now=later)


def test_her_word_on_a_visit_raises_and_stands_in_no_timeline(at):
    assessed(at.inspector, at.case, "low")
    cases.in_a_command(
        lambda: history.append(at.worker, subject_id=at.case.subject_id, kind="visit_denied", at=NOW, now=NOW + HOUR)
    )
    call(at, "visit_denied", now=NOW + HOUR)
    items = selectors.timeline(at.inspector, at.case.subject_id, now=NOW + HOUR)
    assert [item.what for item in items] == ["risk.assessed"]
    with override("en"):
        blockers = selectors.open_work(at.inspector, at.case.subject_id, now=NOW + HOUR)
    assert blockers == (Blocker("risk.called", {"what": "Something new is known"}),)


def test_a_release_nobody_foresaw_is_said_once(at):
    assessed(at.inspector, at.case, "low")
    cases.in_a_command(
        lambda: history.append(at.inspector, subject_id=at.case.subject_id, kind="released", at=NOW, now=NOW + HOUR)
    )
    for trigger in ("released", "unplanned_release"):
        call(at, trigger, now=NOW + HOUR)
        assert selectors.current(at.inspector, at.case.subject_id, now=NOW + HOUR).since == (trigger,)
