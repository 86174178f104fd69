from datetime import date, timedelta
from itertools import product
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalka.cases import rules
from kalka.cases.rules import (
    ANSWERS,
    QUESTIONS,
    STEPS,
    Cast,
    Circle,
    Classed,
    GbvType,
    NewConsent,
    NewIncident,
    Part,
    Stage,
)
from kalka.core.errors import DomainError

TODAY = date(2026, 11, 23)
SHE, HE, AUNT, CHILD = (UUID(int=n) for n in range(1, 5))
CAST = Cast(frozenset({(SHE, Part.PROTECTED), (HE, Part.ALLEGED), (AUNT, Part.GUARDIAN), (CHILD, Part.CHILD)}))


@pytest.mark.parametrize(("now", "to"), list(product(Stage, Stage)))
def test_a_step_is_allowed_or_refused_with_the_allowed_ones(now, to):
    if to in STEPS[now]:
        assert rules.step(now, to) is to
    else:
        with pytest.raises(DomainError) as refusal:
            rules.step(now, to)
        assert refusal.value.code == "cases.no_such_step"
        assert refusal.value.facts == {"now": now, "to": to, "allowed": sorted(STEPS[now])}


def test_a_closed_case_can_only_be_opened_again():
    assert STEPS[Stage.CLOSED] == {Stage.OPEN}


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"penetration": "yes", "physical": "yes"}, Classed(GbvType.RAPE, True)),
        ({"penetration": "no", "sexual_contact": "yes"}, Classed(GbvType.SEXUAL_ASSAULT, True)),
        ({"physical": "yes"}, Classed(GbvType.PHYSICAL_ASSAULT, False)),
        ({q: "no" for q, _ in QUESTIONS} | {"resources": "yes"}, Classed(GbvType.DENIAL, True)),
        ({q: "no" for q, _ in QUESTIONS} | {"psychological": "yes"}, Classed(GbvType.PSYCHOLOGICAL, True)),
        ({q: "no" for q, _ in QUESTIONS}, Classed(None, True)),
        ({}, Classed(None, False)),
    ],
)
def test_the_first_yes_decides_the_type(answers, expected):
    assert rules.gbvims_type(answers) == expected


@given(st.fixed_dictionaries({}, optional={question: st.sampled_from(ANSWERS) for question, _ in QUESTIONS}))
def test_unknown_is_never_no(answers):
    found = rules.gbvims_type(answers)
    order = [question for question, _ in QUESTIONS]
    above = order[: [kind for _, kind in QUESTIONS].index(found.type)] if found.type else order
    assert found.certain == all(answers.get(question) == "no" for question in above)


@pytest.mark.parametrize("answers", [{"penetration": "maybe"}, {"age": "yes"}])
def test_an_unknown_question_or_answer_is_refused(answers):
    with pytest.raises(DomainError) as refusal:
        rules.gbvims_type(answers)
    assert (refusal.value.code, refusal.value.facts) == ("cases.unknown_code", {"field": "answers"})


@pytest.mark.parametrize(
    ("told", "code", "field"),
    [
        (NewIncident(on=TODAY + timedelta(days=1), forms=("physical",)), "cases.day_in_future", "on"),
        (NewIncident(on=date(1899, 12, 31), forms=("physical",)), "cases.day_too_early", "on"),
        (NewIncident(on=TODAY, forms=("stalking",)), "cases.form_not_known_then", "forms"),
        (NewIncident(on=TODAY, forms=("physical",), contexts=("weather",)), "cases.unknown_code", "contexts"),
        (NewIncident(on=TODAY, forms=("physical",), signs=("fist",)), "cases.unknown_code", "signs"),
        (NewIncident(on=TODAY, forms=("physical",), precision="hour"), "cases.unknown_code", "precision"),
        (NewIncident(on=TODAY, what="x", unnamed_children=31), "cases.too_many_children", "unnamed_children"),
        (NewIncident(on=TODAY, what="  "), "cases.incident_is_empty", "what"),
    ],
)
def test_an_impossible_incident_is_refused_at_its_field(told, code, field):
    with pytest.raises(DomainError) as refusal:
        rules.check_incident(told, forms=("physical", "neglect"), today=TODAY)
    assert (refusal.value.code, refusal.value.facts["field"]) == (code, field)


def test_the_incident_of_a_report_may_say_nothing_at_all():
    rules.check_incident(NewIncident(on=TODAY, first=True), forms=("physical",), today=TODAY)


def test_the_protected_person_and_the_guardian_may_speak_and_nobody_else():
    assert [CAST.may_speak(one) for one in (SHE, AUNT, HE, CHILD)] == [True, True, False, False]


def test_a_guardian_who_is_said_to_have_done_it_may_not_speak():
    father = Cast(frozenset({(CHILD, Part.PROTECTED), (HE, Part.GUARDIAN), (HE, Part.ALLEGED)}))
    assert not father.may_speak(HE)
    assert father.may_speak(CHILD)


@given(st.frozensets(st.tuples(st.sampled_from([SHE, HE, AUNT]), st.sampled_from(list(Part)))))
def test_whoever_is_said_to_have_done_it_never_speaks(parts):
    cast = Cast(parts)
    assert not any(cast.may_speak(person) for person in cast.persons(Part.ALLEGED))


@pytest.mark.parametrize(
    ("person", "part", "code"),
    [
        (AUNT, Part.PROTECTED, "cases.one_protected_person"),
        (HE, Part.ALLEGED, "cases.has_this_part"),
        (SHE, Part.ALLEGED, "cases.not_both_sides"),
    ],
)
def test_a_part_that_cannot_be_is_refused(person, part, code):
    with pytest.raises(DomainError) as refusal:
        rules.check_part(CAST, person, part)
    assert refusal.value.code == code


def test_there_may_be_several_alleged_perpetrators_and_a_guardian_may_be_one():
    rules.check_part(CAST, AUNT, Part.ALLEGED)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"given_by": HE}, "cases.representative_is_alleged"),
        ({"given_by": CHILD}, "cases.may_not_consent"),
        ({"until": TODAY - timedelta(days=1)}, "cases.consent_already_over"),
        ({"until": TODAY + timedelta(days=367)}, "cases.consent_too_long"),
        ({"purpose": "gossip"}, "cases.unknown_code"),
        ({"scope": "everything"}, "cases.unknown_code"),
    ],
)
def test_a_consent_that_cannot_be_is_refused(change, code):
    told = {"organisation_id": 1, "purpose": "legal", "given_by": SHE, "until": TODAY} | change
    with pytest.raises(DomainError) as refusal:
        rules.check_consent(NewConsent(**told), CAST, today=TODAY)
    assert refusal.value.code == code


def test_only_a_profession_with_a_secret_has_a_circle_of_its_own():
    own = {role: rules.circles(role) for role in ("psychologist", "lawyer", "health_worker", "social_worker")}
    assert own == {
        "psychologist": (Circle.PSYCHOLOGIST, Circle.TEAM),
        "lawyer": (Circle.LAWYER, Circle.TEAM),
        "health_worker": (Circle.MEDICAL, Circle.TEAM),
        "social_worker": (Circle.TEAM,),
    }
