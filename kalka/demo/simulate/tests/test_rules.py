"""Drawing: always the same, within the law of its day, and like the figures."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalka.core.errors import DomainError
from kalka.core.refs import LENGTH, LETTERS, read_ref
from kalka.demo.simulate import figures, shapes
from kalka.demo.simulate.casting import with_share
from kalka.demo.simulate.drawing import World, day_weight, draw, happened
from kalka.demo.simulate.eras import eras
from kalka.demo.simulate.naming import of_sex
from kalka.demo.simulate.refs import reference
from kalka.lawbook.book import Law

NUMBERS = st.integers(0, 2**50 - 1)


@given(st.integers(0, 2**31), NUMBERS, NUMBERS)
def test_two_numbers_never_share_a_reference(seed: int, one: int, other: int) -> None:
    made = reference(seed, one)
    assert len(made) == LENGTH and set(made) <= set(LETTERS) and read_ref(made) == made
    assert (made == reference(seed, other)) == (one == other)


@given(st.dates(date(2018, 1, 1), date(2030, 1, 1)), st.integers(0, 4000))
def test_eras_follow_each_other_and_the_law_is_the_same_within_each(since: date, days: int) -> None:
    until = since + timedelta(days=days)
    found = eras(since, until)
    assert found[0].first == since and found[-1].last == until
    for one, after in zip(found, found[1:], strict=False):
        assert one.last + timedelta(days=1) == after.first
    for one in found:
        for day in (one.first, one.last):
            assert dict(one.terms)["order.duration_days"] == Law(day)["order.duration_days"].value


@given(st.sampled_from(sorted(figures.FORMS)), st.sampled_from(sorted(figures.RELATION)), st.booleans())
def test_what_happened_agrees_with_what_is_told_of_it(forms: str, relation: str, in_laws: bool) -> None:
    found = happened(forms.split(","), relation, in_laws=in_laws)
    assert found["forms"] == ",".join(sorted(forms.split(",")))
    assert ("physical_assault" == found["gbvims"]) == ("physical" in forms and "sexual" not in forms)
    assert found["relationship"] and ",".join(found["contexts.told"]) == found["contexts"]


def test_names_take_the_ending_of_their_sex() -> None:
    assert [of_sex("Токтосун", "kyrgyz", sex) for sex in "fm"] == ["Токтосунова", "Токтосунов"]
    assert [of_sex("Бейше", "kyrgyz", sex) for sex in "fm"] == ["Бейшеева", "Бейшеев"]
    assert [of_sex("Петров", "russian", sex) for sex in "fm"] == ["Петрова", "Петров"]


def test_a_year_weighs_what_was_published() -> None:
    def year(of: int) -> float:
        first = date(of, 1, 1)
        return sum(day_weight(first + timedelta(days=n)) for n in range((date(of + 1, 1, 1) - first).days))

    for of in (2022, 2023, 2025):
        assert year(of) / year(2021) == pytest.approx(figures.A_YEAR[of] / figures.A_YEAR[2021], rel=0.01)
    before, after = (day_weight(day) for day in (date(2024, 8, 5), date(2024, 8, 12)))
    assert after / before == pytest.approx(figures.AFTER_LAW_161)


@pytest.mark.parametrize(
    "change",
    [{"weight": 0}, {"standing": [0, 3]}, {"steps": []}, {"law": "new"}, {"more": 1}, {"steps": [{"do": "x"}]}],
)
def test_a_shape_that_cannot_be_played_is_refused(change: dict) -> None:
    step = {"do": "report", "by": "teller", "at": "0 10:00"}
    shapes._shape({"key": "one", "weight": 1, "steps": [step]})
    with pytest.raises(DomainError, match="datafile.refused"):
        shapes._shape({"key": "one", "weight": 1, "steps": [step]} | change)


@pytest.mark.django_db
@pytest.mark.both
def test_the_world_is_like_its_figures(whole: World) -> None:
    many = [draw(whole, number) for number in range(whole.standing, 12_000)]
    words = [course.words for course in many]

    def share(found: Counter, one: object) -> float:
        return found[one] / len(many)

    assert Counter(w["her.sex"] for w in words)["f"] / len(many) == pytest.approx(figures.WOMEN, abs=0.01)
    for name, weights in (("relation", figures.RELATION), ("her.language", None), ("forms", None)):
        found = Counter(w[name] for w in words)
        for code, weight in (weights or {}).items():
            assert share(found, code) == pytest.approx(weight / sum((weights or {}).values()), abs=0.02)
        assert len(found) >= 3
    regions = Counter(whole.casts[course.cast].unit for course in many)
    weights = {cast.unit: cast.weight for cast in whole.casts}
    for unit, weight in weights.items():
        assert share(regions, unit) == pytest.approx(weight / sum(weights.values()), abs=0.02)
    years = Counter(course.day.year for course in many)
    assert years[2025] > 1.5 * years[2022] and years[2023] > years[2022]


@pytest.mark.django_db
@pytest.mark.both
def test_one_place_may_be_given_a_share_of_its_own(whole: World) -> None:
    place = whole.casts[0].place
    found = with_share(whole.casts, place, 0.01)
    weights = {cast.place: cast.weight for cast in found}
    assert weights[place] / sum(weights.values()) == pytest.approx(0.01)
    assert found[1:] == whole.casts[1:]


@pytest.mark.django_db
@pytest.mark.both
def test_a_case_is_of_one_law_and_has_ended_by_today_unless_it_stands(whole: World) -> None:
    assert draw(whole, 5) == draw(whole, 5)
    for number in range(3000):
        course = draw(whole, number)
        era = whole.eras[course.era]
        last = course.day + timedelta(days=course.shape.length)
        assert era.first <= course.day and last <= min(era.last, whole.until - timedelta(days=1))
        assert course.shape.law in ("", era.law)
        assert bool(course.shape.standing) == (number < whole.standing)
