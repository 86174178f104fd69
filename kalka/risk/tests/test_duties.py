"""What a level brings: measures, the next assessment, an order to consider; and a talk that was not private."""

from datetime import timedelta

import pytest

from kalka.access import selectors as access
from kalka.cases.tests import factories as cases
from kalka.core.models import AuditEntry
from kalka.core.refs import new_id
from kalka.lawbook.book import Law
from kalka.risk import selectors, services
from kalka.risk.models import NotAlone
from kalka.risk.tests.factories import FORM, HOUR, NOW, assessed, standing, world

pytestmark = [pytest.mark.django_db, pytest.mark.both]
DAY = timedelta(days=1)


@pytest.fixture
def at():
    return world()


def test_an_assessment_ends_the_duty_to_assess_and_asks_for_the_next(at):
    assert "risk.assess" in standing(at.case)
    made = assessed(at.inspector, at.case, "low")
    duties = standing(at.case)
    assert "risk.assess" not in duties
    again = duties["risk.reassess"]
    assert (again.due_at, again.basis, again.level) == (made.expires_at, {"rule": "internal"}, "1/4")
    assert (again.assignee_id, again.about) == (at.inspector.post_id, at.case.ref)


@pytest.mark.parametrize(
    ("level", "measures"),
    [
        ("low", set()),
        ("medium", {"measure.check_weapon"}),
        ("high", {"measure.check_weapon", "measure.daily_contact", "measure.offer_shelter", "order.consider"}),
        (
            "extreme",
            {
                "measure.check_weapon",
                "measure.daily_contact",
                "measure.offer_shelter",
                "measure.safety_alert",
                "order.consider",
            },
        ),
    ],
)
def test_a_level_brings_its_measures(at, level, measures):
    assessed(at.inspector, at.case, level, judged=level)
    assert set(standing(at.case)) == measures | {"risk.reassess"}
    assert all(duty.level == f"{FORM.rank(level) + 1}/4" for duty in standing(at.case).values())


def test_an_order_is_considered_by_law_counted_from_the_report(at):
    later = NOW + 5 * HOUR
    assessed(at.inspector, at.case, "high", judged="high", now=later)
    duty = standing(at.case)["order.consider"]
    assert duty.due_at == NOW + 24 * HOUR
    assert duty.basis == Law(cases.TODAY)["order.issue_within_hours"].as_json()


def test_an_order_is_considered_again_only_when_the_danger_rises(at):
    assessed(at.inspector, at.case, "low")
    assert "order.consider" not in standing(at.case)
    assessed(at.inspector, at.case, "high", judged="high", now=NOW + DAY)
    assert standing(at.case)["order.consider"].due_at == NOW + 2 * DAY


def test_choking_asks_for_a_doctor_and_her_own_state_for_protection_at_any_level(at):
    assessed(at.inspector, at.case, "high", "KG03", victim_suicidality="yes")
    duties = standing(at.case)
    assert duties["measure.medical_referral"].due_at == NOW + 12 * HOUR
    assert duties["measure.safety_alert"].due_at == NOW + 2 * HOUR
    assert duties["measure.medical_referral"].assignee_id == at.worker.post_id


def test_an_injury_asks_for_a_doctor_also_at_the_lowest_level(at):
    made = assessed(at.inspector, at.case, "low", "KG20")
    assert made.level == "1/4"
    assert "measure.medical_referral" in standing(at.case)


def test_whoever_must_take_a_measure_sees_whom_it_is_for(at):
    assert not access.sees(at.worker, at.case.subject_id, now=NOW)
    assessed(at.inspector, at.case, "high", judged="high")
    assert standing(at.case)["measure.daily_contact"].assignee_id == at.worker.post_id
    assert access.sees(at.worker, at.case.subject_id, now=NOW)
    assessed(at.inspector, at.case, "high", judged="high", now=NOW + HOUR)
    assert AuditEntry.objects.filter(command="risk.assess").latest("id").steps == "", "nobody joins twice"


# Not alone


def test_who_could_not_speak_alone_is_not_assessed_and_protected_as_at_a_high_level(at):
    id = new_id()
    for _ in range(2):
        services.note_not_alone(at.inspector, id=id, case_ref=at.case.ref, now=NOW)
    assert NotAlone.objects.count() == 1
    assert selectors.current(at.inspector, at.case.subject_id, now=NOW) is None
    duties = standing(at.case)
    assert {"measure.daily_contact", "measure.offer_shelter", "measure.check_weapon", "risk.assess"} <= set(duties)
    assert duties["risk.assess"].due_at == NOW + 24 * HOUR
    assert duties["measure.daily_contact"].level == "3/4"


def test_a_level_that_stands_goes_on_when_a_later_talk_is_not_private(at):
    assessed(at.inspector, at.case, "low")
    services.note_not_alone(at.inspector, id=new_id(), case_ref=at.case.ref, now=NOW + DAY)
    assert selectors.current(at.inspector, at.case.subject_id, now=NOW + DAY).position == "1/4"
    assert standing(at.case)["risk.reassess"].due_at == NOW + 2 * DAY
