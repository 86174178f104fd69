from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalka.core.errors import DomainError
from kalka.instruments import editions, scoring
from kalka.instruments.shape import ANSWERS
from kalka.risk import rules
from kalka.risk.rules import NewAssessment, Place, place

EDITIONS = [editions.latest(name) for name in ("KG-DEMO", "LAP", "PL-KSR-A", "SPJ")]
FORM = EDITIONS[0]
CODES = [level.code for level in FORM.levels]
answers = st.dictionaries(st.sampled_from(sorted(FORM.items)), st.sampled_from(ANSWERS))
defaults = st.sampled_from(("no", "unknown", "not_asked"))
reached = st.sampled_from([None, *CODES])
places = st.integers(2, 5).flatmap(lambda of: st.builds(Place, st.integers(1, of), st.just(of)))
REDO = 24


def said(given_, default, reached_=None):
    return scoring.score(FORM, given_, {"reached_level": reached_}, default)


@given(answers, defaults, reached, st.sampled_from(CODES), st.sampled_from(CODES))
def test_the_level_is_never_below_the_form_or_the_officer(given_, default, reached_, judged, chosen):
    result = said(given_, default, reached_)
    floor = max(FORM.rank(result.level), FORM.rank(judged))
    if FORM.rank(chosen) < floor:
        with pytest.raises(DomainError) as refusal:
            rules.final(FORM, result, judged, chosen, "because")
        assert refusal.value.code == "risk.only_upwards"
    else:
        assert rules.final(FORM, result, judged, chosen, "because") == chosen
        assert FORM.rank(rules.highest(FORM, result, chosen)) >= FORM.rank(chosen)


@given(answers, defaults, st.sets(st.sampled_from(sorted(FORM.items))))
def test_what_is_missing_today_never_lowers_a_level_reached(given_, default, forgotten):
    before = said(given_, default)
    now = said({code: v for code, v in given_.items() if code not in forgotten}, "unknown", before.level)
    assert FORM.rank(now.level) >= FORM.rank(before.level)


@given(answers, defaults)
def test_every_level_above_the_lowest_shows_its_reasons(given_, default):
    result = said(given_, default)
    if result.status == "scored" and result.level != CODES[0]:
        assert result.reasons
        assert result.rules


@given(answers, defaults, st.sampled_from(CODES))
def test_the_term_is_the_shortest_of_the_levels_still_possible(given_, default, judged):
    result = said(given_, default)
    final = rules.least(FORM, result, judged)
    hours = rules.period_hours(FORM, result, final, redo=REDO)
    assert hours <= FORM.period_hours[final]
    assert hours <= FORM.period_hours[rules.highest(FORM, result, final)]
    assert hours <= REDO or result.status != "insufficient"


@given(places, st.integers(2, 5))
def test_another_scale_makes_nobody_safer(standing, of):
    carried = standing.on(of)
    assert 1 <= carried.at <= of
    assert carried.at * standing.of >= standing.at * of, "at least the same share of the scale"
    assert carried.is_high or not standing.is_high


@given(places, st.lists(places))
def test_what_happened_lifts_and_never_lowers(standing, floors):
    lifted = rules.raised(standing, floors)
    assert lifted.of == standing.of
    assert lifted.at >= standing.at
    assert all(lifted.at >= floor.on(standing.of).at for floor in floors)


@pytest.mark.parametrize(
    ("new", "standing", "lower"),
    [("3/4", "3/4", False), ("2/4", "3/4", True), ("4/4", "3/4", False), ("1/2", "3/4", True), ("2/2", "4/4", False)],
)
def test_lower_is_told_across_scales(new, standing, lower):
    assert rules.lowers(place(new), place(standing)) is lower


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.id)
def test_a_position_counts_from_the_lowest(edition):
    count = len(edition.levels)
    assert [rules.position(edition, level.code) for level in edition.levels] == [
        f"{n}/{count}" for n in range(1, count + 1)
    ]
    assert rules.position(edition, None) == ""


def test_a_screen_is_followed_by_a_full_assessment():
    screen = EDITIONS[1]
    result = scoring.score(screen, dict.fromkeys(screen.items, "no"), {})
    assert rules.period_hours(screen, result, "not_triggered", redo=REDO) == REDO


@pytest.mark.parametrize(
    ("groups", "relationship"),
    [
        (["intimate"], "intimate"),
        (["blood", "former_intimate"], "former_intimate"),
        (["intimate", "unknown"], "intimate"),
        (["blood", "unknown"], None),
        (["in_law", "blood"], "blood"),
        ([], None),
    ],
)
def test_the_nearest_relation_counts_and_an_unknown_one_rules_nothing_out(groups, relationship):
    assert rules.relationship(groups) == relationship


@pytest.mark.parametrize(("band", "age"), [("14-17", 14), ("18-24", 18), ("60+", 60), ("unknown", None)])
def test_a_band_gives_its_youngest_age(band, age):
    assert rules.age_from(band) == age


def test_answers_carry_their_source_and_the_register_has_the_last_word():
    told = NewAssessment(judged="low", reason="x", answers={"KG01": "yes", "KG15": "no", "KG16": "no"})
    found = rules.answered(told, FORM, known={"KG15": {"order_breached": 1}})
    assert found["KG01"] == {"value": "yes", "source": "victim"}
    assert found["KG15"] == {"value": "yes", "source": "register"}
    assert found["KG16"] == {"value": "no", "source": "register"}
    assert found["KG02"] == {"value": "not_asked", "source": "victim"}


def test_a_told_assessment_does_not_show_itself():
    told = NewAssessment(judged="low", reason="Өлтүрөм деди", answers={"KG02": "yes"}, victim_suicidality="yes")
    assert "Өлтүрөм" not in repr(told)
    assert "KG02" not in repr(replace(told, judged="high"))
    assert "suicidality" not in repr(told)
