"""Judging first, a level that is only raised alone, duties that follow, and two people to lower it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from kalka.access import selectors as access
from kalka.cases import services as case_services
from kalka.cases.rules import NewWord, Part, Saying
from kalka.cases.tests import factories as cases
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.models import AuditEntry
from kalka.core.refs import new_id
from kalka.history.models import Event
from kalka.lawbook.book import Law
from kalka.risk import selectors, services
from kalka.risk.models import Assessment, Countersign, Judgement, NotAlone, Trigger
from kalka.risk.tests.factories import FORM, HOUR, NOW, all_no, assessed, confirmed, judged, standing, told, world

pytestmark = [pytest.mark.django_db, pytest.mark.both]
DAY = timedelta(days=1)


@pytest.fixture
def at():
    return world()


def refused(code, do):
    """What was refused; nothing may have been written but the refusal."""
    rows = (Judgement, Assessment, Countersign, NotAlone, Trigger, Event)
    before = [model.objects.count() for model in rows]
    with pytest.raises(DomainError) as refusal:
        do()
    assert refusal.value.code == code
    assert [model.objects.count() for model in rows] == before
    assert AuditEntry.objects.latest("id").refusal == code
    return refusal.value


def opened(at, row, field):
    keys = access.unlock(at.inspector, [row.subject_id], what="test", now=NOW)
    return keys.get(row, field)


# The judgement


def test_a_judgement_keeps_answers_and_their_sources_sealed(at):
    row = judged(at.inspector, at.case, "KG03", judged="high")
    assert (row.instrument, row.edition, row.edition_digest, row.alone) == ("KG-DEMO", "1", FORM.digest, "yes")
    answers = opened(at, row, "answers")
    assert answers["given"]["KG03"] == {"value": "yes", "source": "victim"}
    assert answers["given"]["KG01"] == {"value": "no", "source": "victim"}
    assert answers["given"]["KG17"] == {"value": "no", "source": "register"}
    assert answers["facts"]["age"] == 35
    assert opened(at, row, "judged")["level"] == "high"
    assert b"KG03" not in row.answers.blob


def test_a_judgement_alone_sets_no_level_and_causes_nothing(at):
    before = set(standing(at.case))
    judged(at.inspector, at.case, "KG01", "KG02")
    assert selectors.current(at.inspector, at.case.subject_id, now=NOW) is None
    assert set(standing(at.case)) == before
    assert not Event.objects.filter(kind="assessed").exists()


@pytest.mark.parametrize(
    ("said", "code", "field"),
    [
        ({"alone": "no"}, "risk.not_alone", "alone"),
        ({"alone": "without"}, "risk.she_was_not_there", "source"),
        ({"reason": "  "}, "risk.reason_missing", "reason"),
        ({"reason": "а" * 2001}, "risk.too_long", "reason"),
        ({"judged": "none"}, "risk.no_such_level", "judged"),
        ({"source": "rumour"}, "risk.not_an_answer", "source"),
        ({"victim_suicidality": "maybe"}, "risk.not_an_answer", "victim_suicidality"),
        ({"instrument": "KG-417"}, "risk.form_not_loaded", "form"),
        ({"instrument": "DASH-27"}, "risk.form_not_offered", "form"),
        ({"answers": {"KG99": "yes"}}, "instruments.unknown_item", None),
        ({"answers": {"KG01": "perhaps"}}, "instruments.unknown_answer", None),
    ],
)
def test_a_judgement_is_refused(at, said, code, field):
    found = refused(code, lambda: judged(at.inspector, at.case, **said))
    assert found.facts.get("field") == field


def test_a_form_that_is_not_made_for_the_case_says_why(at):
    cases.add(at.inspector, at.case, relation="parent")
    found = refused(
        "risk.form_does_not_fit", lambda: judged(at.inspector, at.case, instrument="LAP", answers={"LAP01": "no"})
    )
    assert found.facts["why"] == ("relationship",)
    assert "relation" in str(found.facts["why"])


def test_the_same_words_sent_twice_are_one_judgement_and_another_id_is_nobodys(at):
    id = new_id()
    for _ in range(2):
        services.record_judgement(at.inspector, id=id, case_ref=at.case.ref, told=told("KG05"), now=NOW)
    assert Judgement.objects.count() == 1
    refused(
        "core.id_taken",
        lambda: services.record_judgement(at.inspector, id=id, case_ref=at.case.ref, told=told("KG06"), now=NOW),
    )


def test_who_may_not_assess_or_does_not_see_the_case_judges_nothing(at):
    refused("core.not_permitted", lambda: judged(at.worker, at.case))
    refused("cases.unknown", lambda: judged(at.officer, at.case))


# What the registers know is not asked


def test_what_is_known_here_stands_whatever_was_said(at):
    cases.incident(at.inspector, at.case)
    row = judged(at.inspector, at.case, answers=all_no(KG16="no"))
    assert opened(at, row, "answers")["given"]["KG16"] == {"value": "yes", "source": "register"}


def test_what_is_not_known_here_is_no_no(at):
    row = judged(at.inspector, at.case, answers={"KG01": "no"})
    given = opened(at, row, "answers")["given"]
    assert {given[code]["value"] for code in ("KG15", "KG16", "KG17", "KG18")} == {"not_asked"}
    row = judged(at.inspector, at.case, answers=all_no(KG18="yes"))
    assert opened(at, row, "answers")["given"]["KG18"] == {"value": "yes", "source": "register"}


# The level


@pytest.mark.parametrize("example", [case for case in FORM.cases if "reached_level" not in case.context])
def test_the_forms_own_examples_through_the_service(at, example):
    answers = {code: example.answers.get(code, example.default) for code in FORM.items}
    suicidal = "yes" if example.context.get("victim_suicidality") else "no"
    if example.context.get("children_present"):
        cases.add(at.inspector, at.case, cases.CHILD, Part.CHILD)
    row = judged(at.inspector, at.case, answers=answers, victim_suicidality=suicidal)
    page = selectors.result_page(at.inspector, at.case.ref, row.pk, now=NOW)
    expected = example.expect
    level = expected.get("level", "low")
    made = confirmed(at.inspector, row, page.levels[0].code)
    kept = opened(at, made, "result")["said"]
    assert {name: kept[name] for name in expected} == dict(expected)
    assert made.level == f"{FORM.rank(level) + 1}/4"
    assert made.status == kept["status"]


def test_an_assessment_is_a_place_among_levels_and_the_rest_is_sealed(at):
    answers = all_no(KG04="yes", KG15="unknown")
    row = assessed(at.inspector, at.case, "high", answers=answers, judged="medium")
    assert (row.level, row.level_max, row.status, row.proposed) == ("3/4", "4/4", "scored", False)
    assert row.assessed_on == cases.TODAY
    assert row.expires_at == NOW + 72 * HOUR, "a breach is not known to be none, so extreme is still possible"
    assert opened(at, row, "result")["judged"] == "medium"
    assert Event.objects.get(kind="assessed").source == "KG-DEMO"
    entry = AuditEntry.objects.filter(command="risk.assess").get()
    assert (entry.kind, entry.subject_id, entry.object_id) == ("done", at.case.subject_id, str(row.pk))


def test_a_level_is_raised_with_a_reason_and_never_set_lower(at):
    row = judged(at.inspector, at.case, "KG04", judged="low")
    refused("risk.only_upwards", lambda: confirmed(at.inspector, row, "medium"))
    refused("risk.reason_missing", lambda: confirmed(at.inspector, row, "extreme"))
    refused("risk.no_such_level", lambda: confirmed(at.inspector, row, "none"))
    made = confirmed(at.inspector, row, "extreme", why="Ордерди бузуп, мектепке барган")
    assert made.level == "4/4"
    assert opened(at, made, "raised_reason") == "Ордерди бузуп, мектепке барган"


def test_the_officers_own_judgement_is_not_undercut(at):
    row = judged(at.inspector, at.case, judged="high")
    refused("risk.only_upwards", lambda: confirmed(at.inspector, row, "low"))
    assert confirmed(at.inspector, row, "high").level == "3/4"


def test_too_few_answers_give_a_protective_level_and_a_day(at):
    made = assessed(at.inspector, at.case, "medium", answers={"KG01": "no"})
    assert (made.level, made.level_max, made.status) == ("2/4", "4/4", "insufficient")
    assert made.expires_at == NOW + 24 * HOUR


def test_a_judgement_is_confirmed_once_by_whoever_judged_while_it_is_fresh(at):
    row = judged(at.inspector, at.case)
    refused("risk.unknown", lambda: confirmed(at.lead, row, "low"))
    refused("risk.judgement_too_old", lambda: confirmed(at.inspector, row, "low", now=NOW + 73 * HOUR))
    id = new_id()
    for _ in range(2):
        services.confirm(at.inspector, id=id, judgement_id=row.pk, level="low", now=NOW)
    assert Assessment.objects.count() == 1
    refused("risk.already_confirmed", lambda: confirmed(at.inspector, row, "low"))


def test_a_level_without_a_judgement_is_refused(at):
    with pytest.raises(AccessDenied):
        services.confirm(at.inspector, id=new_id(), judgement_id=new_id(), level="low", now=NOW)
    assert not Assessment.objects.exists()


def test_a_quick_screen_sets_a_level_for_a_day(at):
    cases.add(at.inspector, at.case)
    answers = {f"LAP{n:02}": "no" for n in range(1, 12)} | {"LAP02": "yes"}
    made = assessed(at.inspector, at.case, "referral", judged="not_triggered", instrument="LAP", answers=answers)
    assert (made.level, made.expires_at) == ("2/2", NOW + 24 * HOUR)


def test_belief_of_the_officer_is_a_rule_of_the_screen(at):
    answers = {f"LAP{n:02}": "no" for n in range(1, 12)}
    made = assessed(at.inspector, at.case, "referral", judged="referral", instrument="LAP", answers=answers)
    assert opened(at, made, "result")["said"]["rules"] == ["C"]


# Duties


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


# Never lowered by one person, by silence, or by a word taken back


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
    assert opened_by(at.lead, signed, at.inspector) == "Ал адам камакта"
    current = selectors.current(at.inspector, at.case.subject_id, now=NOW + DAY)
    assert (current.position, current.assessment_id) == ("1/4", lower.pk)
    assert "risk.countersign" not in standing(at.case)
    assert standing(at.case)["risk.reassess"].due_at == lower.expires_at
    assert not access.sees(at.lead, at.case.subject_id, now=NOW + DAY)
    assert "measure.offer_shelter" in standing(at.case), "a duty that stood is not waived by a lower level"


def opened_by(lead, row, reader):
    return access.unlock(reader, [row.subject_id], what="test", now=NOW + DAY).get(row, "reason")


def test_a_second_person_who_does_not_agree_leaves_the_level_as_it_was(at):
    first = assessed(at.inspector, at.case, "high", judged="high")
    lower = assessed(at.inspector, at.case, "low", now=NOW + DAY)
    told = {"assessment_id": lower.pk, "agreed": False, "reason": "Эрте", "now": NOW + DAY}
    services.countersign(at.lead, id=new_id(), **told)
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
    told = {"assessment_id": lower.pk, "reason": "x", "now": NOW + 2 * DAY}
    refused("risk.overtaken", lambda: services.countersign(at.lead, id=new_id(), agreed=True, **told))
    services.countersign(at.lead, id=new_id(), agreed=False, **told)


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


def call(at, trigger, *, now, event_at=None):
    return cases.in_a_command(
        lambda: services.require_reassessment(
            at.inspector, trigger, subject_id=at.case.subject_id, now=now, event_at=event_at
        )
    )


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
