from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kalka.core.errors import DomainError
from kalka.core.permissions import Permission
from kalka.directory.facts import Recorder
from kalka.places.facts import Tree, Unit
from kalka.statistics.counting import Key, Land, Tally
from kalka.statistics.covering import cover, land
from kalka.statistics.dimensions import DIMENSIONS, label
from kalka.statistics.indicators import get, indicators, why_months_do_not, why_not
from kalka.statistics.rules import Period, before, complete, months_of, read_period, release_code, unknown_in


@given(some.integers(1900, 2999), some.one_of(some.none(), some.integers(1, 12)))
def test_a_period_is_read_as_it_is_written(year, month):
    period = Period(year, month)
    assert read_period(period.code) == period
    assert before(period).code == period.code.replace(str(year), str(year - 1), 1)
    assert period.first < period.after


@pytest.mark.parametrize("typed", ["", "24", "2024-13", "2024-8", "2024-00", "2024-08-01", "٢٠٢٤", "0999", "2024-"])
def test_what_is_no_period_is_refused(typed):
    with pytest.raises(DomainError) as refusal:
        read_period(typed)
    assert refusal.value.code == "statistics.unknown_period"


def test_only_whole_months_are_counted():
    assert [month.code for month in months_of(2026, date(2026, 3, 1))] == ["2026-01", "2026-02"]
    assert months_of(2027, date(2026, 3, 1)) == []
    assert [complete(Period(2025), date(2026, 1, 1)), complete(Period(2026), date(2026, 12, 1))] == [True, False]


def test_a_release_is_called_by_the_last_month_it_holds():
    assert [release_code(date(2026, 11, 1), 0), release_code(date(2026, 1, 1), 1)] == ["2026-10", "2025-12.2"]


def test_every_indicator_is_said_in_three_languages_and_can_be_recorded_by_somebody():
    for one in indicators().values():
        said = (one.title, one.unit, one.stage, one.agency, *one.how)
        assert all(set(words) == {"ky", "ru", "en"} and all(words.values()) for words in said)
        assert isinstance(one.recorded_by, Permission)
        assert set(one.by) <= DIMENSIONS.keys()


def test_every_code_of_every_breakdown_has_words():
    for dimension in DIMENSIONS.values():
        assert len(dimension.codes()) > 1
        for lang in ("ky", "ru", "en"):
            assert all(label(dimension.code, code, lang) for code in dimension.codes())
    assert label("sex", "x", "en") == "x"


def test_where_parts_do_not_add_up_it_is_said_why():
    assert [one for one in indicators().values() if one.once and not why_not(one, "place")] == []
    assert why_not(get("cases"), "place") is None
    assert why_not(get("persons_protected"), "sex") is None
    assert "several" in why_not(get("incidents"), "form")["en"]
    assert why_not(get("persons_alleged"), "relation") == why_not(get("persons_alleged"), "place")
    assert why_months_do_not(get("incidents")) and why_months_do_not(get("cases")) is None


def test_an_unknown_indicator_is_refused():
    with pytest.raises(DomainError) as refusal:
        get("harm")
    assert (refusal.value.code, refusal.value.facts) == ("statistics.unknown_indicator", {"field": "indicator"})


def unit(code: str, level: str, parent: str = "", since: date | None = None, until: date | None = None) -> Unit:
    return Unit(code, level, parent, {"ru": code}, "given", "", since, until)


TREE = Tree(
    {
        one.code: one
        for one in (
            unit("K", "country"),
            unit("N", "oblast", "K"),
            unit("N1", "raion", "N"),
            unit("N2", "raion", "N", until=date(2023, 1, 1)),
            unit("N11", "ayil_aimak", "N1"),
            unit("NT", "raion_city", "N"),
            unit("B", "republican_city", "K"),
        )
    },
    "2021-04",
)


def test_a_place_lies_in_an_oblast_and_in_what_is_right_below_it():
    asked = ("N11", "N1", "NT", "N", "B", "K", "?")
    assert [TREE.area(code) for code in asked] == [
        ("N", "N1"),
        ("N", "N1"),
        ("N", "NT"),
        ("N", ""),
        ("B", ""),
        ("", ""),
        ("", ""),
    ]


def test_a_year_has_the_land_that_stood_in_it_and_whatever_has_a_line():
    stood = Tally()
    assert land(TREE, 2022, stood) == Land({"B": (), "N": ("N1", "N2", "NT")})
    assert land(TREE, 2024, stood) == Land({"B": (), "N": ("N1", "NT")})
    stood.n[Key(0, "N2")] = 1
    assert land(TREE, 2024, stood) == Land({"B": (), "N": ("N1", "N2", "NT")})


def test_there_is_data_where_a_post_stood_in_the_period_and_above_it():
    covered = cover([Recorder("N11", date(2024, 3, 10), date(2024, 5, 2)), Recorder("K", date(2020, 1, 1), None)], TREE)
    where = [place for place in ("", "N", "N1", "N2", "B") if covered.reaches(place, Period(2024))]
    assert where == ["", "N", "N1"]
    months = [month.month for month in months_of(2024, date(2025, 1, 1)) if covered.reaches("N1", month)]
    assert months == [3, 4, 5]
    assert covered.reaches("", Period(2021)) and covered.reaches(unknown_in("B"), Period(1999))


def test_every_code_fits_the_column_it_is_published_in():
    """PostgreSQL refuses what SQLite takes."""
    from kalka.statistics.dimensions import DIMENSIONS
    from kalka.statistics.indicators import indicators
    from kalka.statistics.models import Published

    most = {name: Published._meta.get_field(name).max_length for name in ("indicator", "by", "code")}
    assert [code for code in indicators() if len(code) > most["indicator"]] == []
    assert [code for code in DIMENSIONS if len(code) > most["by"]] == []
    assert [code for one in DIMENSIONS.values() for code in one.codes() if len(code) > most["code"]] == []
