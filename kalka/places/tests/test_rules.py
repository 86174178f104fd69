from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalka.core.errors import DomainError
from kalka.places import rules
from kalka.places.rules import Fault, Unit, plan
from kalka.places.tests.factories import row

BELOW = {
    "country": ["oblast", "republican_city"],
    "oblast": ["raion", "city", "raion_city"],
    "republican_city": ["city_district"],
    "city_district": ["territorial_unit", "urban_settlement"],
    "raion": ["ayil_aimak", "raion_city", "city_village"],
    "city": ["urban_settlement", "city_village"],
    "ayil_aimak": ["village"],
}


@st.composite
def trees(draw):
    """Random territory: each new place lies in a random earlier one that may have something in it."""
    made = [row(2, "9", "country")]
    for number in range(draw(st.integers(0, 25))):
        above = draw(st.sampled_from([one for one in made if one.level in BELOW]))
        level = draw(st.sampled_from(BELOW[above.level]))
        made.append(
            row(number + 3, f"{above.code}{number:02d}", level, above.code, ky=draw(st.sampled_from(["", "Көл"])))
        )
    return made


def applied(done: rules.Plan, stored: dict[str, Unit]) -> dict[str, Unit]:
    return stored | {unit.code: unit for unit in (*done.create, *done.change, *done.end)}


@given(trees(), st.randoms())
def test_the_order_of_the_rows_does_not_matter(tree, random):
    shuffled = random.sample(tree, len(tree))
    assert plan(shuffled, [], vintage="2021-04") == plan(tree, [], vintage="2021-04")


@given(trees())
def test_a_sound_list_makes_every_place_once_parents_first(tree):
    done = plan(tree, [], vintage="2021-04")
    assert (done.faults, done.change, done.end) == ((), (), ())
    seen = {""}
    for unit in done.create:
        assert unit.parent in seen
        seen.add(unit.code)
    assert seen == {"", *(one.code for one in tree)}


@given(trees())
def test_twice_is_once(tree):
    stored = applied(plan(tree, [], vintage="2021-04"), {})
    assert plan(tree, stored.values(), vintage="2021-04") == rules.Plan(same=len(tree))


@given(trees(), st.data())
def test_what_a_later_list_lacks_ends_and_the_same_list_again_changes_nothing(tree, data):
    stored = applied(plan(tree, [], vintage="2021-04"), {})
    parents = {one.parent for one in tree}
    leaves = [one for one in tree if one.code not in parents and one.level != "country"]
    gone = data.draw(st.sets(st.sampled_from([one.code for one in leaves]))) if leaves else set()
    later = [one for one in tree if one.code not in gone]
    done = plan(later, stored.values(), vintage="2026-01")
    assert {unit.code: unit.valid_to for unit in done.end} == dict.fromkeys(gone, date(2026, 1, 1))
    assert done.create == ()
    stored = applied(done, stored)
    assert stored.keys() == {one.code for one in tree}
    assert plan(later, stored.values(), vintage="2026-01") == rules.Plan(same=len(later))


@given(trees(), st.data())
def test_a_list_without_somebodys_parent_is_refused_and_names_the_row(tree, data):
    parents = sorted({one.parent for one in tree if one.parent not in ("", "9")})
    if not parents:
        return
    lost = data.draw(st.sampled_from(parents))
    done = plan([one for one in tree if one.code != lost], [], vintage="2021-04")
    assert done.create == ()
    assert [fault.row for fault in done.faults if fault.code == "places.parent_unknown"] == sorted(
        one.row for one in tree if one.parent == lost
    )


@pytest.mark.parametrize(
    ("rows", "faults"),
    [
        (
            [row(2, "9", "country"), row(3, "91", "oblast", "9"), row(4, "91", "oblast", "9")],
            [Fault(4, "code", "places.code_twice", {"code": "91", "other": 3})],
        ),
        (
            [row(2, "91", "raion", "92"), row(3, "92", "raion", "91")],
            [
                Fault(2, "parent", "places.cycle", {"parent": "92"}),
                Fault(3, "parent", "places.cycle", {"parent": "91"}),
            ],
        ),
        ([row(2, "91", "raion", "91")], [Fault(2, "parent", "places.cycle", {"parent": "91"})]),
        ([row(2, "91", "oblast")], [Fault(2, "parent", "places.country_alone")]),
        (
            [row(2, "9", "country"), row(3, "91", "village", "9"), row(4, "92", "raion", "91")],
            [Fault(4, "parent", "places.parent_too_low", {"parent": "91"})],
        ),
        (
            [
                row(
                    2,
                    "9",
                    "country",
                    predecessors=("8",),
                    iso="kg",
                    valid_from=date(2024, 1, 2),
                    valid_to=date(2024, 1, 1),
                )
            ],
            [
                Fault(2, "iso_3166_2", "places.iso_unreadable"),
                Fault(2, "predecessors", "places.predecessor_unknown", {"code": "8"}),
                Fault(2, "valid_to", "places.ends_before_it_begins"),
            ],
        ),
    ],
    ids=["twice", "cycle", "in itself", "in nothing", "in a village", "others"],
)
def test_what_is_wrong_is_named_by_row_and_nothing_is_planned(rows, faults):
    assert plan(rows, [], vintage="2021-04") == rules.Plan(faults=tuple(faults))


SMALL = [row(2, "9", "country"), row(3, "91", "oblast", "9"), row(4, "92", "oblast", "9"), row(5, "911", "raion", "91")]


def test_a_list_of_one_oblast_ends_nothing_in_another():
    stored = applied(plan(SMALL, [], vintage="2021-04"), {})
    done = plan([row(2, "91", "oblast", "9")], stored.values(), vintage="2026-01")
    assert [unit.code for unit in done.end] == ["911"]


def test_a_list_that_lacks_a_unit_its_rows_lie_in_is_refused_even_when_the_unit_is_known():
    stored = applied(plan(SMALL, [], vintage="2021-04"), {})
    done = plan([row(2, "9", "country"), row(3, "911", "raion", "91")], stored.values(), vintage="2026-01")
    assert done == rules.Plan(faults=(Fault(3, "parent", "places.parent_not_listed", {"parent": "91"}),))


def test_a_place_of_the_first_list_has_stood_since_nobody_knows_when_and_a_later_one_since_its_list():
    first = plan(SMALL, [], vintage="2021-04")
    assert {unit.valid_from for unit in first.create} == {None}
    later = plan([*SMALL, row(6, "93", "oblast", "9")], applied(first, {}).values(), vintage="2026-01")
    assert [(unit.code, unit.valid_from) for unit in later.create] == [("93", date(2026, 1, 1))]


def test_a_unit_that_comes_back_stands_again():
    stored = applied(plan(SMALL, [], vintage="2021-04"), {})
    stored = applied(plan(SMALL[:3], stored.values(), vintage="2023-01"), stored)
    assert stored["911"].valid_to == date(2023, 1, 1)
    stored = applied(plan(SMALL, stored.values(), vintage="2026-01"), stored)
    assert stored["911"].valid_to is None


def test_an_older_list_cannot_replace_a_newer_one():
    stored = applied(plan(SMALL, [], vintage="2026-01"), {})
    with pytest.raises(DomainError, match="places.vintage_older"):
        plan(SMALL, stored.values(), vintage="2021-04")


def test_what_is_built_in_or_invented_is_never_ended():
    stored = applied(plan(SMALL, [], vintage="2021-04"), {})
    stored["911"] = replace(stored["911"], vintage=rules.INVENTED)
    stored["92"] = replace(stored["92"], vintage=rules.BUILT_IN)
    assert plan(SMALL[:2], stored.values(), vintage="2026-01").end == ()


def test_a_successor_is_dated_by_its_list_unless_it_says_itself():
    stored = applied(plan(SMALL, [], vintage="2021-04"), {})
    merged = row(6, "93", "oblast", "9", predecessors=("91", "92"))
    told = row(7, "94", "oblast", "9", predecessors=("92",), valid_from=date(2025, 5, 1))
    done = plan([*SMALL, merged, told], stored.values(), vintage="2026-01")
    assert done.successions == (
        ("91", "93", date(2026, 1, 1)),
        ("92", "93", date(2026, 1, 1)),
        ("92", "94", date(2025, 5, 1)),
    )


NAMES = {"ky": "Көл", "ru": "Коль", "en": ""}


@pytest.mark.parametrize(
    ("status", "lang", "shown"),
    [
        ("given", "ky", "Көл"),
        ("press", "ky", "Көл"),
        ("draft", "ky", "Коль"),
        ("draft-stem", "ky", "Коль"),
        ("missing", "ky", "Коль"),
        ("given", "ru", "Коль"),
        ("given", "en", "Коль"),
        ("draft", "de", "Коль"),
    ],
)
def test_an_unreviewed_kyrgyz_name_is_not_shown(status, lang, shown):
    assert rules.shown_name(NAMES, status, lang) == shown


@pytest.mark.parametrize(
    ("chain", "counted"),
    [
        ([("5", "village"), ("4", "ayil_aimak"), ("3", "raion"), ("2", "oblast"), ("1", "country")], "4"),
        ([("5", "city_village"), ("4", "city"), ("2", "oblast")], "4"),
        ([("5", "city_village"), ("3", "raion"), ("2", "oblast")], "3"),
        ([("5", "territorial_unit"), ("4", "city_district"), ("3", "republican_city")], "5"),
        ([("4", "city_district"), ("3", "republican_city")], "4"),
        ([("2", "oblast"), ("1", "country")], "2"),
        ([], ""),
    ],
)
def test_statistics_count_by_aimak_town_or_city(chain, counted):
    assert rules.counted_in(chain) == counted


def test_names_stand_in_the_order_of_the_kyrgyz_alphabet():
    assert sorted(["Яр", "Үч", "Уч", "Өзөн", "Озон", "Пар", "Ңа", "На", "Оо"], key=rules.alphabetical) == [
        "На", "Ңа", "Озон", "Оо", "Өзөн", "Пар", "Уч", "Үч", "Яр",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "day"),
    [("2021-04", date(2021, 4, 1)), ("2026-01-15", date(2026, 1, 15)), ("2021-13", None), ("demo", None)],
)
def test_the_day_a_list_is_of(said, day):
    assert rules.first_day(said) == day
