import json

from kalka.statistics.counting import Bond, Counted, Key, Land, bonds, cells, count
from kalka.statistics.indicators import get
from kalka.statistics.rules import TOTAL

LAND = Land({"N": ("N1", "N2"), "B": ()})


def line(who: str, month: int = 3, oblast: str = "N", raion: str = "N1", agency: str = "police", **codes: object):
    return Counted(who, month, oblast, raion, agency, json.dumps(codes))


def test_a_line_is_counted_in_its_month_and_year_and_in_every_place_it_lies_in():
    tally = count(get("visits_missed"), [line("a")])
    where = {Key(month, place) for month in (0, 3) for place in (TOTAL, "N", "N1")}
    assert tally.n == dict.fromkeys(where, 1)


def test_what_nobody_knows_the_place_of_is_in_the_country_and_in_a_line_of_its_own():
    tally = count(get("visits_missed"), [line("a", oblast="", raion=""), line("b", raion="")])
    assert {key.place: n for key, n in tally.n.items() if key.month == 0} == {"": 2, "-": 1, "N": 1, "N-": 1}


def test_a_person_is_one_in_each_figure_and_lines_are_as_many_as_they_are():
    twice = [
        line("a", part="protected", kind="violence", sex="f"),
        line("a", 5, part="protected", kind="violence", sex="f"),
    ]
    persons = count(get("persons_protected"), twice)
    assert [persons.n[Key(month, TOTAL)] for month in (0, 3, 5)] == [1, 1, 1]
    assert persons.n[Key(0, TOTAL, "sex", "f")] == 1
    visits = count(get("visits"), [line("a", found="both"), line("a", found="nobody"), line("b", found="both")])
    assert (visits.n[Key(0, TOTAL)], visits.behind[Key(0, TOTAL)]) == (3, 2)
    assert (visits.n[Key(0, TOTAL, "found", "both")], visits.behind[Key(0, TOTAL, "found", "both")]) == (2, 2)


def test_only_what_the_indicator_asks_for_is_counted():
    lines = [line("a", kind="violence"), line("b", kind="at_risk")]
    assert count(get("cases"), lines).n[Key(0, TOTAL)] == 1
    assert count(get("families_at_risk"), lines).n[Key(0, TOTAL)] == 1


def test_an_incident_of_several_forms_is_one_and_in_each_of_them():
    tally = count(get("incidents"), [line("a", forms=["physical", "economic"]), line("b", forms=[])])
    by = {key.code: n for key, n in tally.n.items() if key == Key(0, TOTAL, "form", key.code)}
    assert (tally.n[Key(0, TOTAL)], by) == (2, {"physical": 1, "economic": 1, "unknown": 1})


def test_a_line_whose_month_nobody_knows_is_in_the_year_alone():
    assert {key.month for key in count(get("incidents"), [line("a", month=0, forms=["physical"])]).n} == {0}


def test_a_code_that_is_on_no_list_is_not_known():
    tally = count(get("persons_protected"), [line("a", part="protected", kind="violence", sex="x", age_band="25-34")])
    assert tally.n[Key(0, TOTAL, "sex", "unknown")] == 1


def test_every_cell_is_there_also_where_nothing_was_counted():
    found = cells(get("persons_protected"), 2, LAND, count(get("persons_protected"), []))
    assert {key.place for key in found} == {"", "N", "N1", "N2", "B"}
    assert {key.month for key in found} == {0, 1, 2}
    assert {key.code for key in found if key.by == "sex"} == {"f", "m", "other", "unknown"}


def test_an_oblast_has_breakdowns_of_whole_years_alone():
    for months, places in ((11, {""}), (12, {"", "N", "B"})):
        found = cells(get("persons_protected"), months, LAND, count(get("persons_protected"), []))
        assert {key.place for key in found if key.by} == places
        assert {key.place for key in found if key.by and key.month} == {""}


def test_the_cells_hang_together_by_place_by_month_and_by_code():
    keys = [
        Key(0, TOTAL),
        Key(0, "N"),
        Key(0, "B"),
        Key(1, TOTAL),
        Key(2, TOTAL),
        Key(0, "N1"),
        Key(0, TOTAL, "agency", "police"),
    ]
    assert list(bonds(get("cases"), keys, {"N1": "N"})) == [
        Bond("sum", Key(0, TOTAL), (Key(0, "N"), Key(0, "B"))),
        Bond("sum", Key(0, "N"), (Key(0, "N1"),)),
        Bond("sum", Key(0, TOTAL), (Key(1, TOTAL), Key(2, TOTAL))),
        Bond("sum", Key(0, TOTAL), (Key(0, TOTAL, "agency", "police"),)),
    ]


def test_persons_overlap_over_places_and_months_but_not_over_sex():
    keys = [Key(0, TOTAL), Key(0, "N"), Key(1, TOTAL), Key(0, TOTAL, "sex", "f"), Key(0, TOTAL, "relation", "blood")]
    kinds = {bond.parts[0]: bond.kind for bond in bonds(get("persons_alleged"), keys, {})}
    assert kinds == {
        Key(0, "N"): "cover",
        Key(1, TOTAL): "cover",
        Key(0, TOTAL, "sex", "f"): "sum",
        Key(0, TOTAL, "relation", "blood"): "cover",
    }
    (months, *_) = bonds(get("incidents"), [Key(0, TOTAL), Key(1, TOTAL)], {})
    assert months.kind == "some"
