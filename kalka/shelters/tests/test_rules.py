from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalka.core.errors import DomainError
from kalka.shelters import rules
from kalka.shelters.house import FILE, house, parse
from kalka.shelters.rules import Area, NewDeparture, Suits, Wish

TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)
NORTH, SOUTH = house().groups["north"], house().groups["south"]
NARYN, OSH = "41704000000000", "41706000000000"
COUNTS = st.dictionaries(st.sampled_from([*NORTH, *SOUTH]), st.integers(0, 7))


def refused(do):
    with pytest.raises(DomainError) as refusal:
        do()
    return refusal.value.code, refusal.value.facts.get("field")


def test_whoever_comes_and_goes_on_one_day_counts_as_one_night():
    assert [rules.nights(TODAY, TODAY + days * DAY) for days in (0, 1, 2, 14)] == [1, 1, 2, 14]


@given(st.dates(), st.integers(0, 4000))
def test_there_is_no_stay_without_a_night(arrived, days):
    if (date.max - arrived).days > days:
        assert rules.nights(arrived, arrived + days * DAY) == max(1, days)


def test_how_long_a_stay_was_is_said_in_steps():
    said = [rules.band(count) for count in (1, 2, 7, 8, 30, 31, 90, 91)]
    assert said[:4] == ["night_1", "nights_7", "nights_7", "nights_14"]
    assert said[4:] == ["nights_30", "nights_90", "nights_90", "longer"]


def test_what_a_wish_needs():
    assert Wish("woman").needed == {Suits.WOMAN}
    assert Wish("man", pets=True).needed == {Suits.MAN, Suits.PETS}
    assert Wish("woman", sons_over_12=True).needed == {Suits.WOMAN, Suits.CHILDREN, Suits.SONS_OVER_12}
    assert refused(lambda: rules.check_wish(Wish("dog"))) == ("shelters.not_an_answer", "who")
    assert refused(lambda: rules.check_wish(Wish("woman", children=13))) == ("shelters.how_many", "children")


def test_a_place_few_offer_is_kept_for_who_needs_it():
    plain, ramp, man = frozenset({Suits.WOMAN}), frozenset({Suits.WOMAN, Suits.DISABILITY}), frozenset({Suits.MAN})
    places = [("ramp", ramp), ("plain", plain), ("man", man)]
    assert rules.by_fit(places, Wish("woman").needed) == ["plain", "ramp"]
    assert rules.by_fit(places, Wish("woman", disability=True).needed) == ["ramp"]
    assert rules.by_fit(places, Wish("woman", pets=True).needed) == []


def test_a_bed_is_for_somebody_in_a_room_there_is():
    assert rules.check_place(1, 2, ["woman", "pets"]) == {Suits.WOMAN, Suits.PETS}
    assert refused(lambda: rules.check_place(0, 1, ["woman"])) == ("shelters.no_such_room", "room")
    assert refused(lambda: rules.check_place(1, 21, ["woman"])) == ("shelters.no_such_room", "bed")
    assert refused(lambda: rules.check_place(1, 1, ["pets"])) == ("shelters.suits_nobody", "suits")
    assert refused(lambda: rules.check_place(1, 1, ["woman", "cows"])) == ("shelters.not_an_answer", "suits")


def test_a_day_is_agreed_on_that_is_to_come_and_within_the_law_where_it_sets_a_limit():
    due = {"arrived": TODAY, "after": TODAY}
    rules.check_due(TODAY + 400 * DAY, limit=None, **due)
    rules.check_due(TODAY + 30 * DAY, limit=30, **due)
    assert refused(lambda: rules.check_due(TODAY, limit=None, **due)) == ("shelters.day_is_over", "due_on")
    assert refused(lambda: rules.check_due(TODAY + 31 * DAY, limit=30, **due)) == ("shelters.past_the_limit", "due_on")


@pytest.mark.parametrize(("on", "where", "field"), [(-1, "home", "on"), (6, "home", "on"), (1, "moon", "where")])
def test_nobody_leaves_before_she_came_or_tomorrow(on, where, field):
    told = NewDeparture(TODAY + on * DAY, where)
    assert refused(lambda: rules.check_departure(told, arrived=TODAY, today=TODAY + 5 * DAY))[1] == field


def test_texts_have_an_end():
    assert rules.check_text("  a ", name="x") == "a"
    assert refused(lambda: rules.check_text(" ", name="x", needed=True)) == ("shelters.nothing_told", "x")
    assert refused(lambda: rules.check_text("ө" * 2001, name="x")) == ("shelters.too_long", "x")


# Where a region may be named


def test_a_region_with_enough_shelters_is_named_and_the_few_beside_it_are_said_together():
    counts = {NORTH[0]: 3, NORTH[1]: 2, NORTH[2]: 1, **{one: 3 for one in SOUTH}}
    assert rules.areas(counts, house()) == (
        Area(NORTH[0], (NORTH[0],)),
        Area("north", tuple(NORTH[1:])),
        *(Area(one, (one,)) for one in SOUTH),
    )


def test_what_the_difference_would_tell_is_said_together():
    """Three here and one there: with both named alone, the one is where it is."""
    counts = {NORTH[0]: 3, NORTH[1]: 1, SOUTH[0]: 3}
    assert rules.areas(counts, house())[0] == Area("north", tuple(NORTH))


def test_too_few_in_a_half_of_the_country_are_said_of_the_whole():
    (area,) = rules.areas({NORTH[0]: 9, SOUTH[0]: 2}, house())
    assert (area.code, set(area.regions)) == ("country", {*NORTH, *SOUTH})


@given(COUNTS)
def test_every_region_is_in_one_area_and_no_area_tells_of_few(counts):
    areas = rules.areas(counts, house())
    said = [region for area in areas for region in area.regions]
    assert sorted(said) == sorted([*NORTH, *SOUTH])
    sizes = [sum(counts.get(region, 0) for region in area.regions) for area in areas]
    assert all(size == 0 or size >= house().fewest for size in sizes) or len(areas) == 1
    assert Counter(area.code for area in areas).most_common(1)[0][1] == 1


def test_a_region_nobody_listed_is_not_lost():
    assert Area("X", ("X",)) in rules.areas({"X": 3}, house())
    assert rules.areas({"X": 1, "Y": 2}, house())[-1] == Area("elsewhere", ("X", "Y"))


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("standing: internal", "standing: law", "one of internal"),
        ("hold_minutes: 90", "hold_minutes: 0", "above 0"),
        ("hold_minutes: 90", 'hold_minutes: "90"', "must be a int"),
        ('"41721000000000"]', '"41711000000000"]', "each region in one of them"),
        ("fewest_shelters: 3", "fewest_shelters: 3\nmore: 1", "unknown keys: more"),
    ],
)
def test_a_slip_of_the_pen_does_not_become_a_rule(old, new, problem):
    with pytest.raises(DomainError) as refusal:
        parse(FILE.read_text("utf-8").replace(old, new))
    assert problem in refusal.value.facts["problem"]


def test_the_house_holds_a_place_for_ninety_minutes():
    assert (house().hold, house().fewest) == (timedelta(minutes=90), 3)
