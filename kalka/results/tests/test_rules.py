"""Spans, bounds, scopes and what is hidden."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kalka.core.errors import DomainError
from kalka.results import indicators, protecting
from kalka.results.rules import (
    Amount,
    Body,
    Line,
    Part,
    Quarter,
    Scope,
    Span,
    counted,
    over_quarters,
    read_quarter,
    read_scope,
    read_span,
)

TODAY = date(2026, 11, 23)
BODIES = tuple(
    Body(number, f"p{number}", "north" if number % 2 else "south", "datkaym" if number < 5 else "")
    for number in range(8)
)
SCOPES = [
    Scope(),
    Scope(Part.REGION, "north"),
    Scope(Part.REGION, "south"),
    Scope(Part.PROJECT, "datkaym"),
    Scope(Part.NETWORK, "datkaym:north"),
    *(Scope(Part.COMMITTEE, str(body.organisation)) for body in BODIES),
]


@pytest.mark.parametrize(
    ("one", "other", "total"),
    [
        (Amount(12), Amount(8), Amount(20)),
        (Amount(12), Amount(8, "over"), Amount(20, "over")),
        (Amount(12, "least"), Amount(8), Amount(20, "least")),
        (Amount(12, "least"), Amount(8, "over"), Amount(20, "over")),
    ],
)
def test_a_bound_stays_a_bound_when_it_is_added(one, other, total):
    assert one + other == other + one == total


def test_whoever_is_known_is_one_person_and_took_part_as_often_as_they_came():
    known = [Line("participant", TODAY, "", 1, {}, {"people": Amount(1)}, who="a")] * 2
    lines = [*known, Line("participant", TODAY, "", 1, {}, {"people": Amount(20, "least")})]
    assert counted(lines, "people") == Amount(22, "least")
    assert counted(lines, "persons") == Amount(21, "least")


def test_people_are_counted_once_and_sums_as_often_as_they_come():
    lines = [Line("aid", TODAY, "", 1, {}, {"som": Amount(6_000)}, who="a")] * 2
    assert (counted(lines, "rows"), counted(lines, "who"), counted(lines, "som")) == (
        Amount(2),
        Amount(1),
        Amount(12_000),
    )


def test_a_span_of_two_years_has_eight_quarters_and_a_month_none():
    two = read_span("2021-01-01", "2022-12-31", today=TODAY)
    assert (two.years, len(two.quarters), two.quarters[0]) == ((2021, 2022), 8, Quarter(2021, 1))
    month = read_span("2021-03-01", "2021-03-31", today=TODAY)
    assert (month.years, month.quarters) == ((), ())


def test_without_days_the_span_is_this_year():
    assert read_span("", "", today=TODAY) == Span(date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("since", "until", "code"),
    [
        ("yesterday", "", "results.not_a_day"),
        ("1066-01-01", "", "results.not_a_day"),
        ("2022-01-01", "2021-12-31", "results.ends_before_it_begins"),
    ],
)
def test_what_is_no_span_is_refused(since, until, code):
    with pytest.raises(DomainError, match=code):
        read_span(since, until, today=TODAY)


def test_the_quarters_that_are_over_are_counted_back():
    assert over_quarters(TODAY, back=4) == (Quarter(2026, 3), Quarter(2026, 2), Quarter(2026, 1), Quarter(2025, 4))
    assert read_quarter("2026-3").span == Span(date(2026, 7, 1), date(2026, 9, 30))
    with pytest.raises(DomainError, match="results.not_a_quarter"):
        read_quarter("2026-5")


@pytest.mark.parametrize("code", ["", "all", "region:north", "network:7:south", "committee:12"])
def test_a_scope_comes_back_from_its_address(code):
    assert read_scope(code).code == (code or "all")


@pytest.mark.parametrize("code", ["all:7", "region", "village:7", "region:" + "x" * 70])
def test_what_is_no_scope_is_refused(code):
    with pytest.raises(DomainError, match="results.unknown_scope"):
        read_scope(code)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 12), min_size=8, max_size=8))
def test_no_number_from_one_to_four_can_be_worked_out_from_the_sums_that_are_shown(numbers):
    counts = dict(zip(range(8), numbers, strict=True))
    seen = protecting.shown(counts, BODIES, SCOPES)
    known = {body.organisation for body in BODIES if Scope(Part.COMMITTEE, str(body.organisation)) in seen}
    assert all(not 0 < counts[one] < 5 for one in known)
    for scope in seen:
        members = {body.organisation for body in BODIES if scope.holds(body)}
        assert not 0 < sum(counts[one] for one in members) < 5
        assert len(members - known) != 1 or not 0 < counts[next(iter(members - known))] < 5


def test_large_numbers_are_all_shown():
    assert protecting.shown(dict.fromkeys(range(8), 10), BODIES, SCOPES) == set(SCOPES)


def test_nobody_can_write_a_target_on_families_or_on_what_is_found():
    told = {
        "sections": {"work": {"ky": "x", "ru": "x", "en": "x"}},
        "indicators": [
            {
                "code": "families",
                "section": "work",
                "of": "family",
                "measure": "who",
                "about": "families",
                "target": "people",
                "opens": {"at": "families:register", "may": "FAMILY_NOTE"},
                **{name: {"ky": "x", "ru": "x", "en": "x"} for name in ("title", "unit", "stage", "how")},
            }
        ],
    }
    with pytest.raises(DomainError, match="datafile.refused") as refused:
        indicators.parse(told)
    assert "nobody plans how many families are found" in str(refused.value.facts["problem"])
    planned = {one.target for one in indicators.indicators().values() if one.families} - {""}
    assert planned == {"contacts"}
