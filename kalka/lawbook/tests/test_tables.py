"""Editions, the table of deadlines, who owes what and who tells whom."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalka.core.errors import DomainError
from kalka.lawbook import book, changes, tables
from kalka.lawbook.book import Law
from kalka.lawbook.codes import subject_codes, subjects_on

DAYS = st.dates(date(2003, 1, 1), date(2040, 12, 31))


def edition(act: str, day: date) -> str | None:
    return next((one.by for one in tables.editions_on(day) if one.act == act), None)


@pytest.mark.parametrize(
    ("act", "first_day", "before", "after"),
    [
        ("law-63", date(2017, 4, 27), None, "law-63"),
        ("law-63", date(2020, 4, 15), "law-63", "law-41"),
        ("law-63", date(2024, 8, 7), "law-41", "law-161"),
        ("law-63", date(2025, 10, 15), "law-161", "law-214"),
        ("code-of-offences", date(2025, 10, 15), "code-of-offences", "law-214"),
        ("criminal-code", date(2024, 8, 7), "criminal-code", "law-161"),
    ],
)
def test_the_day_before_and_the_day_of_a_new_edition(act, first_day, before, after):
    assert (edition(act, first_day - timedelta(days=1)), edition(act, first_day)) == (before, after)


def test_a_draft_is_no_edition_and_owes_nobody_anything(tmp_path):
    row = "{from: 2026-01-01, from_confidence: unclear, by: draft-5659, seen: none, what: {ky: а, ru: б, en: c}}"
    (tmp_path / "editions.yaml").write_text(f"resolution-390:\n  - {row}\n")
    with pytest.raises(DomainError) as refused:
        tables.editions(tmp_path / "editions.yaml")
    assert "draft-5659 is a draft" in str(refused.value.facts["problem"])
    today = date(2026, 11, 23)
    rests = {one.where.act for one in (*tables.obligations_on(today), *tables.interactions_on(today))}
    assert {book.act(act).status for act in rests if act} & {"draft"} == set()


def test_every_row_of_the_table_is_there_with_its_confidence():
    rows = tables.deadlines()
    assert [row.number for row in rows] == list(range(1, 41))
    assert {row.number: row.standing for row in rows if not row.keys} == {
        7: "practice",
        32: "contract",
        33: "draft",
        34: "practice",
        36: "other_method",
        37: "other_method",
        38: "other_method",
    }
    assert all(row.confidence and row.source for row in rows if not row.keys)


def test_additional_support_is_provided_for_and_its_content_is_unset():
    assert Law(date(2024, 8, 6)).get("victim.additional_support") is None
    found = Law(date(2024, 8, 7))["victim.additional_support"]
    assert (found.value, found.act, found.confidence) == (None, "law-161", "unknown")


@given(DAYS)
def test_only_a_subject_of_the_day_owes_and_tells_anything(day):
    there = {one.code for one in subjects_on(day)}
    assert {one.subject for one in tables.obligations_on(day)} <= there
    told = {code for one in tables.interactions_on(day) for code in (one.sender, one.receiver) if code}
    assert told <= subject_codes()
    assert {one.where.since <= day for one in tables.obligations_on(day)} <= {True}


def test_the_programme_passed_from_the_social_bodies_to_probation():
    def runs(day: date) -> set[str]:
        return {one.subject for one in tables.obligations_on(day) if one.code.startswith("run_programme")}

    assert runs(date(2024, 8, 6)) == {"social_development"}
    assert runs(date(2024, 8, 7)) == {"probation", "penal_execution"}


def test_no_form_of_telling_is_known_so_each_is_unset():
    told = tables.interactions_on(date(2026, 11, 23))
    assert [one.code for one in told if one.form is not None] == []
    assert {one.code for one in told if one.term is None or not Law(date(2026, 11, 23))[one.term].is_set} == {
        one.code for one in told
    }


@given(DAYS, DAYS)
def test_what_changed_is_the_same_from_both_sides_and_adds_up(first, second):
    found = changes.between(first, second)
    assert found == changes.between(second, first)
    changed = {one.key for one in found.numbers}
    for key in book.keys():
        assert (key in changed) == (Law(found.first).get(key) != Law(found.second).get(key))
    if first == second:
        assert found.nothing
