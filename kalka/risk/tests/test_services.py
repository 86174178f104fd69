"""Judging first, and a level that one person only raises."""

from datetime import timedelta

import pytest
from django.utils import translation

from kalka.cases.rules import Part
from kalka.cases.tests import factories as cases
from kalka.core.errors import AccessDenied
from kalka.core.models import AuditEntry
from kalka.core.refs import new_id
from kalka.history.models import Event
from kalka.risk import selectors, services
from kalka.risk.models import Assessment, Judgement
from kalka.risk.tests.factories import (
    FORM,
    HOUR,
    NOW,
    all_no,
    assessed,
    confirmed,
    judged,
    opened,
    refused,
    standing,
    told,
    world,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both]
DAY = timedelta(days=1)


@pytest.fixture
def at():
    return world()


def test_a_judgement_keeps_answers_and_their_sources_sealed(at):
    row = judged(at.inspector, at.case, "KG03", judged="high")
    assert (row.instrument, row.edition, row.edition_digest, row.alone) == ("KG-DEMO", "1", FORM.digest, "yes")
    answers = opened(at.inspector, row, "answers")
    assert answers["given"]["KG03"] == {"value": "yes", "source": "victim"}
    assert answers["given"]["KG01"] == {"value": "no", "source": "victim"}
    assert answers["given"]["KG17"] == {"value": "no", "source": "register"}
    assert answers["facts"]["age"] == 35
    assert opened(at.inspector, row, "judged")["level"] == "high"
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
    with translation.override("en"):
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
    assert opened(at.inspector, row, "answers")["given"]["KG16"] == {"value": "yes", "source": "register"}


def test_what_is_not_known_here_is_no_no(at):
    row = judged(at.inspector, at.case, answers={"KG01": "no"})
    given = opened(at.inspector, row, "answers")["given"]
    assert {given[code]["value"] for code in ("KG15", "KG16", "KG17", "KG18")} == {"not_asked"}
    row = judged(at.inspector, at.case, answers=all_no(KG18="yes"))
    assert opened(at.inspector, row, "answers")["given"]["KG18"] == {"value": "yes", "source": "register"}


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
    kept = opened(at.inspector, made, "result")["said"]
    assert {name: kept[name] for name in expected} == dict(expected)
    assert made.level == f"{FORM.rank(level) + 1}/4"
    assert made.status == kept["status"]


def test_an_assessment_is_a_place_among_levels_and_the_rest_is_sealed(at):
    answers = all_no(KG04="yes", KG15="unknown")
    row = assessed(at.inspector, at.case, "high", answers=answers, judged="medium")
    assert (row.level, row.level_max, row.status, row.proposed) == ("3/4", "4/4", "scored", False)
    assert row.assessed_on == cases.TODAY
    assert row.expires_at == NOW + 72 * HOUR, "a breach is not known to be none, so extreme is still possible"
    assert opened(at.inspector, row, "result")["judged"] == "medium"
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
    assert opened(at.inspector, made, "raised_reason") == "Ордерди бузуп, мектепке барган"


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
    assert opened(at.inspector, made, "result")["said"]["rules"] == ["C"]
