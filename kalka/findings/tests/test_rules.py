from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalka.core.errors import DomainError
from kalka.findings import chart, labels, rules
from kalka.findings.rules import Known, Mark, NewFinding, NewSchool

NOW = datetime(2026, 11, 23, 2, 40, tzinfo=UTC)
HOUR, TODAY = timedelta(hours=1), date(2026, 11, 23)


def refused(do):
    with pytest.raises(DomainError) as refusal:
        do()
    return refusal.value.code, refusal.value.facts.get("field")


def finding(photos=0, **said):
    told = {"place": "1", "sexual": "no", "told": "x"} | said
    rules.check_finding(NewFinding(**told), photos, now=NOW)


def test_an_examination_says_something_at_a_time_that_can_have_been():
    finding(assaulted_at=NOW, marks=(Mark("neck", "bruise", "5"),))
    assert refused(lambda: finding(told=" ")) == ("findings.nothing_told", "told")
    assert refused(lambda: finding(assaulted_at=NOW + HOUR)) == ("findings.not_then", "assaulted_at")
    assert refused(lambda: finding(assaulted_at=NOW - timedelta(days=3651)))[1] == "assaulted_at"
    assert refused(lambda: finding(marks=(Mark("tail", "bruise"),)))[1] == "region"
    assert refused(lambda: finding(marks=(Mark("neck", "curse"),)))[1] == "kind"
    assert refused(lambda: finding(marks=(Mark("neck", "bruise"),) * 21)) == ("findings.too_many", "told")
    assert refused(lambda: finding(photos=7)) == ("findings.too_many", "photos")
    assert refused(lambda: finding(told="ө" * 4001)) == ("findings.too_long", "told")


def test_a_school_says_what_it_noticed():
    def check(**said):
        told = {"place": "1", "sex": "f", "age_band": "7-13", "signs": ("fear",)} | said
        rules.check_school(NewSchool(**told), ("f", "m"), ("7-13",))

    check()
    assert refused(lambda: check(signs=())) == ("findings.nothing_told", "signs")
    assert refused(lambda: check(signs=("dreams",)))[1] == "signs"
    assert refused(lambda: check(by_parent="perhaps"))[1] == "by_parent"
    assert refused(lambda: check(age_band="60+"))[1] == "age_band"


@given(st.integers(0, 400), st.integers(1, 200))
def test_a_window_is_open_up_to_its_hour_and_not_on_it(passed, hours):
    window = rules.window("k", hours, NOW - passed * HOUR, NOW)
    assert (window.open, window.ends) == (passed < hours, NOW + (hours - passed) * HOUR)


def test_where_no_fact_says_how_many_hours_nothing_is_invented():
    assert rules.window("k", None, NOW, NOW) == rules.Window("k", None, None, False)
    assert rules.window("k", 72, None, NOW) == rules.Window("k", 72, None, False)


def test_hours_are_whole_and_for_figures_days_and_unknown_stays_unknown():
    hours = [rules.hours_since(NOW - passed, NOW) for passed in (timedelta(0), 71.9 * HOUR, 72 * HOUR)]
    assert hours == [0, 71, 72] and rules.hours_since(None, NOW) is None
    assert [rules.band(one) for one in (0, 23, 24, 71, 72, 119, 120, None)] == [
        "day_1",
        "day_1",
        "day_2",
        "day_3",
        "day_4",
        "day_5",
        "later",
        "unknown",
    ]


def test_a_parent_said_to_have_done_it_is_refused_guardian_or_not():
    mother, father, stranger = uuid4(), uuid4(), uuid4()
    rules.check_person(mother, {mother}, {father})
    assert refused(lambda: rules.check_person(father, {mother, father}, {father}))[0] == "findings.not_by_whom_it_names"
    assert refused(lambda: rules.check_person(stranger, {mother}, {father})) == ("findings.not_an_answer", "person")


@pytest.mark.parametrize("days", [-1, 4])
def test_nothing_is_handed_over_before_it_was_written_or_tomorrow(days):
    today = TODAY + timedelta(days=3)
    rules.check_handed(TODAY, TODAY, today, "17")
    assert refused(lambda: rules.check_handed(TODAY + timedelta(days=days), TODAY, today, ""))[1] == "on"


@pytest.mark.parametrize(
    ("named", "one", "may"),
    [
        (Known(), Known(), True),
        (Known(phone="+996555121234"), Known(phone="+996555121234"), True),
        (Known(phone="+996555121234"), Known(phone="+996555000000"), False),
        (Known(phone="+996555121234"), Known(), True),
        (Known(frozenset({"erkn"})), Known(frozenset({"glnr"}), phone="+996555000000"), False),
        (Known(frozenset({"erkn"})), Known(frozenset({"erkn", "x"})), True),
        (Known(frozenset({"erkn"})), Known(family=frozenset({"tktsnv"})), True),
        (Known(family=frozenset({"tktsnv"})), Known(frozenset({"glnr"}), frozenset({"tktsnv"})), True),
        (Known(family=frozenset({"tktsnv"})), Known(frozenset({"glnr"}), frozenset({"smnv"})), False),
    ],
)
def test_whoever_may_be_the_parent_whom_a_report_names_is_taken_for_them(named, one, may):
    assert rules.may_be(named, one) is may
    if not may:
        rules.check_named(named, one, [])
    else:
        assert refused(lambda: rules.check_named(named, one, []))[1] == "person"
        rules.check_named(named, one, [named])


def test_every_region_is_on_the_chart_and_has_words():
    drawn = {**chart.FRONT, **chart.BACK}
    assert set(drawn) == set(rules.REGIONS) == set(labels.REGIONS)
    front, back = chart.sides((Mark("neck", "bruise"), Mark("buttocks", "burn")))
    assert (sum(one.marked for one in front), sum(one.marked for one in back)) == (1, 1)
    assert set(labels.INJURIES) == set(rules.Injury) and set(labels.SIGNS) == set(rules.Sign)
    assert set(labels.SIZES) == set(rules.Size)
