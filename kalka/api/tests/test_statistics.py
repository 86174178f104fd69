"""Published figures for programs: each with its state and its passport, hidden ones without a number."""

from typing import Any

import pytest

from kalka.api.tests.factories import NOTHING, Program, faults, program
from kalka.api.tests.figures import CHUI, OSH, released
from kalka.cases.tests.factories import post, raion

pytestmark = [pytest.mark.django_db, pytest.mark.both]

PATHS = ("/statistics", "/statistics/releases", "/statistics/reports", "/statistics/reports/choices")


@pytest.fixture
def office() -> Program:
    raion()
    return program(post("prosecutor"))


def test_a_table_holds_what_is_shown_what_is_hidden_and_what_nobody_reported(office: Program) -> None:
    released()
    told = office.get("/statistics/reports", by="place", period="2025").json()
    assert told["total"] == {"state": "shown", "n": 57} and told["total_before"] == {"state": "shown", "n": 40}
    lines = {line["code"]: (line["figure"], line["before"]) for line in told["lines"]}
    assert lines[CHUI] == ({"state": "hidden", "n": None}, {"state": "hidden", "n": None})
    assert lines[OSH] == ({"state": "none", "n": None}, {"state": "shown", "n": 12})
    assert (told["by"], told["period"], told["place"], told["complete"]) == ("place", "2025", "", True)
    assert told["adds_up"] is True and told["why_not"] == "" and all(told["how"])


def test_a_figure_never_stands_without_its_passport(office: Program) -> None:
    released()
    passport = office.get("/statistics/reports").json()["passport"]
    assert (passport["release"], passport["extracted_on"], passport["vintage"]) == ("2026-10", "2026-11-22", "2021-04")
    assert (passport["unit"], passport["stage"]) == ("report", "the report was received") and all(passport.values())
    in_kyrgyz = Program(office.token, "ky").get("/statistics/reports").json()["passport"]
    assert in_kyrgyz["unit"] == "билдирүү"


def test_the_list_holds_every_indicator_with_its_last_whole_year(office: Program) -> None:
    released()
    items = {one["indicator"]: one for one in office.get("/statistics").json()["items"]}
    assert items["reports"]["figure"] == {"state": "shown", "n": 57}
    assert items["reports"]["passport"]["release"] == "2026-10"
    assert len(items["reports"]["months"]) == 24
    nobody = [one["figure"]["state"] for code, one in items.items() if code not in {"reports", "cases"}]
    assert set(nobody) == {"none"}


def test_what_may_be_asked_is_listed(office: Program) -> None:
    released()
    told = office.get("/statistics/reports/choices").json()
    assert [one["code"] for one in told["periods"][:2]] == ["2025", "2024"]
    assert told["places"][0]["code"] == "" and CHUI in {one["code"] for one in told["places"]}
    assert "place" in {one["code"] for one in told["breakdowns"]}


def test_releases_are_told_with_their_day(office: Program) -> None:
    released()
    assert office.get("/statistics/releases").json() == {
        "items": [
            {
                "code": "2026-10",
                "state": "published",
                "extracted_on": "2026-11-22",
                "published_at": "2026-11-22T02:40:00Z",
            }
        ]
    }


def test_before_the_first_release_there_are_no_figures_and_that_is_said(office: Program) -> None:
    assert office.get("/statistics/releases").json() == {"items": []}
    for path in ("/statistics", "/statistics/reports", "/statistics/reports/choices"):
        assert faults(office.get(path)) == [("", "statistics.no_release")]


@pytest.mark.parametrize("path", ["/statistics/nothing", "/statistics/nothing/choices", "/statistics/a%00"])
def test_an_indicator_nobody_counts_is_an_address_that_is_not_there(office: Program, path: str) -> None:
    released()
    assert office.get(path).content == NOTHING


def test_whoever_may_not_see_figures_meets_nothing(office: Program) -> None:
    released()
    psychologist = program(post("psychologist"))
    assert {psychologist.get(path).content for path in PATHS} == {NOTHING}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"by": "shoe_size"}, ("by", "statistics.unknown_breakdown")),
        ({"by": "a\x00"}, ("by", "api.wrong_form")),
        ({"by": ""}, ("by", "api.wrong_form")),
        ({"period": "1999"}, ("period", "statistics.unknown_period")),
        ({"period": "2025-13"}, ("period", "api.wrong_form")),
        ({"period": "0000"}, ("period", "api.wrong_form")),
        ({"period": "9" * 40}, ("period", "api.wrong_form")),
        ({"place": "41799999999999"}, ("place", "statistics.unknown_place")),
        ({"place": "a\x00"}, ("place", "api.wrong_form")),
        ({"year": "2025"}, ("year", "api.unknown_key")),
    ],
)
def test_what_cannot_be_asked_is_refused_at_its_key(office: Program, query: Any, found: Any) -> None:
    released()
    assert faults(office.get("/statistics/reports", **query)) == [found]
