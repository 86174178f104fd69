"""What a level brings: measures, the next assessment, an order to consider; and a talk that was not private."""

from datetime import timedelta

import pytest

from kalka.access import selectors as access
from kalka.cases.tests import factories as cases
from kalka.core.models import AuditEntry
from kalka.core.refs import new_id
from kalka.duties.services import finish_duty
from kalka.instruments import editions
from kalka.lawbook.book import Law
from kalka.notices.models import Notice
from kalka.risk import offered, selectors, services
from kalka.risk.models import NotAlone
from kalka.risk.tests.factories import FORM, HOUR, NOW, assessed, confirmed, judged, standing, world

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
        ("low", {"leaflet"}),
        ("medium", {"leaflet", "check_weapon"}),
        ("high", {"leaflet", "check_weapon", "daily_contact", "offer_shelter"}),
        ("extreme", {"leaflet", "check_weapon", "daily_contact", "offer_shelter", "safety_alert", "company"}),
    ],
)
def test_a_level_brings_its_measures(at, level, measures):
    assessed(at.inspector, at.case, level, judged=level)
    order = {"order.consider"} if level in ("high", "extreme") else set()
    assert set(standing(at.case)) == {f"measure.{one}" for one in measures} | order | {"risk.reassess"}
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
    """Each by itself, as soon as it was said: the officer who never confirms a level has alerted all the same."""
    judged(at.inspector, at.case, "KG03", victim_suicidality="yes")
    duties = standing(at.case)
    assert set(duties) == {"risk.assess", "measure.medical_referral", "measure.company"}
    for kind, hours in (("measure.medical_referral", 12), ("measure.company", 2)):
        found = duties[kind]
        assert (found.due_at, found.level, found.assignee_id) == (NOW + hours * HOUR, "", at.worker.post_id)
    assert access.sees(at.worker, at.case.subject_id, now=NOW)
    assert list(Notice.objects.values_list("to_post_id", "kind")) == [(at.worker.post_id, "duty_assigned")]


@pytest.mark.parametrize("form", ["SPJ", "LAP", "PL-KSR-A", "KG-DEMO"])
def test_every_form_that_is_offered_alerts_of_both(at, form):
    edition = editions.latest(form)
    choked = {"SPJ": "SPJ02", "LAP": "LAP05", "PL-KSR-A": "PLK03", "KG-DEMO": "KG03"}[form]
    said = dict.fromkeys(edition.items, "no") | {choked: "yes"}
    cases.add(at.inspector, at.case, relation="spouse")
    least = edition.levels[0].code
    judged(at.inspector, at.case, judged=least, answers=said, instrument=form, victim_suicidality="yes")
    assert {"measure.medical_referral", "measure.company"} <= set(standing(at.case))
    assert {one.id for one in offered.offered()} == {"SPJ", "LAP", "PL-KSR-A", "KG-DEMO"}


def test_what_was_done_is_not_asked_for_again_by_the_level_itself(at):
    row = judged(at.inspector, at.case, "KG03", judged="high")
    doctor = standing(at.case)["measure.medical_referral"]
    finished(at.worker, doctor)
    confirmed(at.inspector, row, "high")
    assert "measure.medical_referral" not in standing(at.case)


def test_the_leaflet_is_gone_through_again_when_the_danger_rose_and_not_each_time(at):
    assessed(at.inspector, at.case, "medium", judged="medium")
    finished(at.inspector, standing(at.case)["measure.leaflet"])
    assessed(at.inspector, at.case, "medium", judged="medium", now=NOW + HOUR)
    assert "measure.leaflet" not in standing(at.case)
    assessed(at.inspector, at.case, "high", judged="high", now=NOW + 2 * HOUR)
    assert standing(at.case)["measure.leaflet"].assignee_id == at.inspector.post_id


def finished(actor, duty):
    finish_duty(actor, id=new_id(), duty_id=duty.pk, now=NOW)


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
    assert set(duties) == {"measure.daily_contact", "measure.offer_shelter", "measure.check_weapon", "risk.assess"}
    assert duties["risk.assess"].due_at == NOW + 24 * HOUR
    assert duties["measure.daily_contact"].level == "3/4"


def test_a_level_that_stands_goes_on_when_a_later_talk_is_not_private(at):
    assessed(at.inspector, at.case, "low")
    services.note_not_alone(at.inspector, id=new_id(), case_ref=at.case.ref, now=NOW + DAY)
    assert selectors.current(at.inspector, at.case.subject_id, now=NOW + DAY).position == "1/4"
    assert standing(at.case)["risk.reassess"].due_at == NOW + 2 * DAY
