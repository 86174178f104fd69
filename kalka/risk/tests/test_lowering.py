"""Never lowered by one person, by silence, or by a word taken back; lifted by what happens."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from kalka.access import selectors as access
from kalka.cases import services as case_services
from kalka.cases.rules import NewWord, Saying
from kalka.cases.tests import factories as cases
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.refs import new_id
from kalka.risk import selectors, services
from kalka.risk.models import Trigger
from kalka.risk.tests.factories import (
    HOUR,
    NOW,
    assessed,
    call,
    confirmed,
    judged,
    opened,
    refused,
    standing,
    world,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both]
DAY = timedelta(days=1)


@pytest.fixture
def at():
    return world()


def test_a_lower_level_waits_for_a_second_person(at):
    first = assessed(at.inspector, at.case, "high", judged="high")
    lower = assessed(at.inspector, at.case, "low", now=NOW + DAY)
    assert lower.proposed
    current = selectors.current(at.inspector, at.case.subject_id, now=NOW + DAY)
    assert (current.position, current.assessment_id) == ("3/4", first.pk)
    duty = standing(at.case)["risk.countersign"]
    assert (duty.assignee_id, duty.about) == (at.lead.post_id, f"{at.case.ref}/{lower.pk}")
    assert access.sees(at.lead, at.case.subject_id, now=NOW + DAY)
    signed = services.countersign(
        at.lead, id=new_id(), assessment_id=lower.pk, agreed=True, reason="Ал адам камакта", now=NOW + DAY
    )
    assert opened(at.inspector, signed, "reason", now=NOW + DAY) == "Ал адам камакта"
    current = selectors.current(at.inspector, at.case.subject_id, now=NOW + DAY)
    assert (current.position, current.assessment_id) == ("1/4", lower.pk)
    assert "risk.countersign" not in standing(at.case)
    assert standing(at.case)["risk.reassess"].due_at == lower.expires_at
    assert not access.sees(at.lead, at.case.subject_id, now=NOW + DAY)
    assert "measure.offer_shelter" in standing(at.case), "a duty that stood is not waived by a lower level"


def test_a_second_person_who_does_not_agree_leaves_the_level_as_it_was(at):
    first = assessed(at.inspector, at.case, "high", judged="high")
    lower = assessed(at.inspector, at.case, "low", now=NOW + DAY)
    answer = {"assessment_id": lower.pk, "agreed": False, "reason": "Эрте", "now": NOW + DAY}
    services.countersign(at.lead, id=new_id(), **answer)
    assert selectors.current(at.inspector, at.case.subject_id, now=NOW + DAY).assessment_id == first.pk
    assert selectors.waiting(at.inspector, at.case.subject_id, now=NOW + DAY) is None


def test_a_second_person_is_another_one_who_leads_and_says_why(at):
    assessed(at.inspector, at.case, "high", judged="high")
    lower = assessed(at.inspector, at.case, "low", now=NOW + DAY)
    later = {"assessment_id": lower.pk, "agreed": True, "now": NOW + DAY}
    refused("risk.lead_alone", lambda: services.countersign(at.inspector, id=new_id(), reason="x", **later))
    own = replace(at.inspector, leads=True)
    refused("risk.not_by_oneself", lambda: services.countersign(own, id=new_id(), reason="x", **later))
    refused("risk.reason_missing", lambda: services.countersign(at.lead, id=new_id(), reason=" ", **later))
    services.countersign(at.lead, id=new_id(), reason="Ооба", **later)
    refused("risk.unknown", lambda: services.countersign(at.lead, id=new_id(), reason="Ооба", **later))


def test_a_proposal_is_overtaken_by_what_happens_since(at):
    assessed(at.inspector, at.case, "high", judged="high")
    lower = assessed(at.inspector, at.case, "low", now=NOW + DAY)
    call(at, "order_breached", now=NOW + DAY + HOUR)
    answer = {"assessment_id": lower.pk, "reason": "x", "now": NOW + 2 * DAY}
    refused("risk.overtaken", lambda: services.countersign(at.lead, id=new_id(), agreed=True, **answer))
    services.countersign(at.lead, id=new_id(), agreed=False, **answer)


def test_silence_lowers_nothing(at):
    assessed(at.inspector, at.case, "extreme", "KG01", "KG02")
    row = judged(at.inspector, at.case, answers={"KG01": "refused"}, now=NOW + DAY)
    page = selectors.result_page(at.inspector, at.case.ref, row.pk, now=NOW + DAY)
    assert [level.code for level in page.levels] == ["extreme"]
    made = confirmed(at.inspector, row, "extreme", now=NOW + DAY)
    assert (made.level, made.status, made.proposed) == ("4/4", "insufficient", False)


def test_reconciliation_and_withdrawal_lower_nothing(at):
    assessed(at.inspector, at.case, "high", judged="high")
    before = standing(at.case)
    for saying in Saying:
        word = NewWord(saying, cases.TODAY)
        case_services.record_word(at.inspector, id=new_id(), case_ref=at.case.ref, told=word, now=NOW + HOUR)
    assert selectors.current(at.inspector, at.case.subject_id, now=NOW + HOUR).position == "3/4"
    assert standing(at.case).keys() >= before.keys()


def test_another_form_does_not_make_anybody_safer(at):
    assessed(at.inspector, at.case, "high", judged="high")
    answers = {f"LAP{n:02}": "no" for n in range(1, 12)}
    screen = {"instrument": "LAP", "answers": answers, "judged": "not_triggered"}
    assert assessed(at.inspector, at.case, "not_triggered", now=NOW + DAY, **screen).proposed


# Triggers


def test_a_breach_lifts_the_level_until_the_next_assessment(at):
    assessed(at.inspector, at.case, "low")
    later = NOW + DAY
    call(at, "order_breached", now=later)
    current = selectors.current(at.inspector, at.case.subject_id, now=later)
    assert (current.position, current.title("en"), current.since) == ("3/4", "high", ("order_breached",))
    duty = standing(at.case)["risk.reassess"]
    assert (duty.due_at, duty.level, duty.basis) == (later + 12 * HOUR, "3/4", {"rule": "internal"})
    made = assessed(at.inspector, at.case, "low", now=later + HOUR)
    assert made.proposed, "what a trigger lifted is lowered by two people as well"


def test_a_trigger_never_lowers(at):
    assessed(at.inspector, at.case, "extreme", judged="extreme")
    call(at, "order_breached", now=NOW + HOUR)
    assert selectors.current(at.inspector, at.case.subject_id, now=NOW + HOUR).position == "4/4"


def test_a_trigger_before_any_assessment_hurries_it(at):
    call(at, "unplanned_release", now=NOW)
    assert standing(at.case)["risk.assess"].due_at == NOW + 4 * HOUR
    assert selectors.current(at.inspector, at.case.subject_id, now=NOW) is None


def test_a_trigger_counted_back_from_its_moment_is_never_asked_for_in_the_past(at):
    assessed(at.inspector, at.case, "low")
    assert call(at, "order_expiring", now=NOW, event_at=NOW + 10 * DAY).due_at == NOW + 7 * DAY
    assert call(at, "order_expiring", now=NOW, event_at=NOW + DAY).due_at == NOW


def test_a_trigger_is_called_inside_a_step_and_must_be_known(at):
    with pytest.raises(AccessDenied):
        services.require_reassessment(at.inspector, "order_breached", subject_id=at.case.subject_id, now=NOW)
    with pytest.raises(DomainError) as refusal:
        call(at, "full_moon", now=NOW)
    assert refusal.value.code == "risk.no_such_trigger"
    assert not Trigger.objects.exists()


def test_a_new_incident_lifts_the_level_by_itself(at):
    assessed(at.inspector, at.case, "low")
    later = datetime(2026, 11, 25, 3, tzinfo=UTC)
    cases.incident(at.inspector, at.case, now=later, on=cases.TODAY + DAY)
    current = selectors.current(at.inspector, at.case.subject_id, now=later)
    assert (current.position, current.since) == ("2/4", ("new_incident",))
