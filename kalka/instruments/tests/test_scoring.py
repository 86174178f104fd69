"""What holds for any answers: a yes never lowers, silence is never a no, and doubt keeps what was reached."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalka.core.errors import DomainError
from kalka.instruments import editions, scoring
from kalka.instruments.result import Raised
from kalka.instruments.shape import ANSWERS, UNANSWERED, Edition

KG, LAP = editions.latest("KG-DEMO"), editions.latest("LAP")
DA, ODARA = (editions.latest(name, editions.REFERENCE) for name in ("DA", "ODARA"))
COMPUTED = [e for e in (*editions.shipped(), *editions.shipped(editions.REFERENCE)) if e.grading.computed and e.items]


def sheets(edition: Edition, values: tuple[str, ...] = ANSWERS):
    return st.fixed_dictionaries({code: st.sampled_from(values) for code in edition.items})


@st.composite
def any_sheet(draw, among: list[Edition]):
    edition = draw(st.sampled_from(among))
    return edition, draw(sheets(edition)), draw(st.sampled_from(sorted(edition.items)))


def level_of(edition, answers, **context) -> int:
    return edition.rank(scoring.score(edition, answers, context).level)


@given(any_sheet([KG, LAP]))
def test_one_more_yes_never_lowers_the_level(drawn):
    edition, answers, code = drawn
    if answers[code] in UNANSWERED:
        answers = answers | {code: "no"}  # an answer given also ends an insufficient sheet; that is another question
    assert level_of(edition, answers | {code: "yes"}) >= level_of(edition, answers)


@given(any_sheet([KG, LAP]))
def test_answering_no_where_it_was_unknown_never_raises(drawn):
    edition, answers, code = drawn
    assert level_of(edition, answers | {code: "unknown"}) >= level_of(edition, answers | {code: "no"}) or (
        scoring.score(edition, answers | {code: "unknown"}, {}).level is None
    )


@given(sheets(KG), st.sampled_from(sorted(KG.items)), st.sampled_from(sorted(UNANSWERED)))
def test_in_the_demonstration_form_silence_is_never_less_than_no(answers, code, silence):
    assert level_of(KG, answers | {code: silence}) >= level_of(KG, answers | {code: "no"})


@given(any_sheet(COMPUTED))
def test_the_highest_possible_level_is_never_below_the_level(drawn):
    edition, answers, _ = drawn
    found = scoring.score(edition, answers, {})
    assert edition.rank(found.level_max) >= edition.rank(found.level)
    assert found.score is None or found.score_max is None or found.score_max >= found.score


@given(any_sheet([KG, LAP]))
def test_the_highest_possible_level_is_the_level_were_all_of_it_yes(drawn):
    edition, answers, _ = drawn
    filled = {code: "yes" if answer in UNANSWERED else answer for code, answer in answers.items()}
    most = scoring.score(edition, answers, {}).level_max
    assert edition.rank(most) == max(level_of(edition, filled), level_of(edition, answers))


@given(any_sheet(COMPUTED))
def test_when_everything_is_answered_nothing_is_left_to_change(drawn):
    edition, answers, _ = drawn
    answered = {code: "no" if answer in UNANSWERED else answer for code, answer in answers.items()}
    found = scoring.score(edition, answered, {"relationship": "intimate"})
    assert (found.status, found.would_change) == ("scored", ())
    assert found.level == found.level_max


@given(any_sheet([KG, LAP]))
def test_what_would_change_the_level_is_unanswered_and_there_is_some_when_it_may_be_higher(drawn):
    edition, answers, _ = drawn
    found = scoring.score(edition, answers, {})
    assert all(answers[code] in UNANSWERED for code in found.would_change)
    assert bool(found.would_change) == (edition.rank(found.level_max) > edition.rank(found.level))


@given(sheets(KG), st.sampled_from([level.code for level in KG.levels]))
def test_a_level_reached_before_is_lowered_by_answers_only(answers, reached):
    found = scoring.score(KG, answers, {"reached_level": reached})
    if found.status == "insufficient":
        assert KG.rank(found.level) >= KG.rank(reached)
    elif any(answer in UNANSWERED for answer in answers.values()):
        assert KG.rank(found.level) >= min(KG.rank(reached), KG.rank(found.level_max))
    else:
        assert found == scoring.score(KG, answers, {})


@given(sheets(KG))
def test_too_few_answers_are_insufficient_and_a_floor_holds(answers):
    silent = sum(answer in UNANSWERED for answer in answers.values())
    asked = sum(answer != "na" for answer in answers.values())
    found = scoring.score(KG, answers, {})
    assert (found.status == "insufficient") == (silent * 100 > 30 * asked)
    if found.status == "insufficient":
        assert KG.rank(found.level) >= KG.rank("medium")
        assert found.period_hours == 24


@given(sheets(KG))
def test_strangulation_asks_for_a_doctor_whatever_the_level(answers):
    alerts = scoring.score(KG, answers, {}).alerts
    assert (Raised("strangulation", "medical_referral") in alerts) == (answers["KG03"] == "yes")


def test_her_own_suicidality_is_an_alert_of_its_own_and_not_a_point():
    found = scoring.score(DA, {"DA20": "yes"}, {}, "no")
    assert (found.score, found.reasons) == (0, ())
    assert found.alerts == (Raised("victim_suicidality", "victim_safety"),)


def test_an_alert_is_raised_although_the_form_is_not_made_for_the_case():
    found = scoring.score(LAP, {"LAP05": "yes"}, {"relationship": "sibling"}, "no")
    assert (found.status, found.level, found.reasons) == ("ineligible", None, ("relationship",))
    assert found.alerts == (Raised("strangulation", "medical_referral"),)


def test_a_fact_that_is_not_known_does_not_exclude_and_is_flagged():
    assert scoring.score(LAP, {}, {}, "no").flags == ("eligibility_unchecked",)
    assert scoring.score(LAP, {}, {"relationship": "intimate", "age": 18}, "no").flags == ()


def test_the_conflict_of_two_unanswered_questions_counts_the_heavier_one():
    assert scoring.score(DA, {}, {}, "unknown").score_max == 37
    assert scoring.score(DA, {"DA03A": "yes", "DA03": "unknown"}, {}, "no").score_max == -3


@pytest.mark.parametrize(("missing", "score"), [(0, 4), (1, 4), (2, 5), (3, 5), (4, 6), (5, 7)])
def test_proration_fills_up_to_the_limit(missing, score):
    answers = dict.fromkeys(list(ODARA.items)[:4], "yes") | dict.fromkeys(list(ODARA.items)[13 - missing :], "unknown")
    assert scoring.score(ODARA, answers, {}, "no").score == score


@pytest.mark.parametrize(
    ("answers", "default", "context", "code"),
    [
        ({"KG99": "yes"}, "no", {}, "instruments.unknown_item"),
        ({"KG01": "maybe"}, "no", {}, "instruments.unknown_answer"),
        ({}, "perhaps", {}, "instruments.unknown_answer"),
        ({}, "unknown", {"reached_level": "terrible"}, "instruments.unknown_level"),
        ({}, "unknown", {"reached_level": 3}, "instruments.unknown_level"),
    ],
)
def test_what_the_form_does_not_know_is_refused(answers, default, context, code):
    with pytest.raises(DomainError) as caught:
        scoring.score(KG, answers, context, default)
    assert caught.value.code == code


def test_a_person_may_raise_the_level_and_never_lower_it():
    assert scoring.raise_only(KG, "medium", "medium") == "medium"
    assert scoring.raise_only(KG, "medium", "extreme") == "extreme"
    assert scoring.raise_only(KG, None, "low") == "low"
    with pytest.raises(DomainError) as caught:
        scoring.raise_only(KG, "high", "medium")
    assert caught.value.facts == {"computed": "high", "judged": "medium"}
