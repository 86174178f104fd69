"""Editions, the table of deadlines, who owes what and who tells whom."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalka.core.errors import DomainError
from kalka.lawbook import book, changes, sources, tables, wording
from kalka.lawbook.book import Law
from kalka.lawbook.codes import forms_on, subject_codes, subjects_on

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


ACTS = """
law-62 law-63 law-41 cpc-amendment-2020 law-161 resolution-417 law-214 resolution-390 draft-5659 plan-2026-2028
order-229 instruction-87 law-70 resolution-604 resolution-814 code-of-offences criminal-code code-of-misconduct
cpc-2017 law-weapons law-58 resolution-759 resolution-760 digital-code agency-order-176 health-order-649
health-order-578 police-order-946 resolution-449 resolution-479 national-council-2024
""".split()


def test_every_act_of_the_map_is_there_and_a_draft_is_called_one():
    assert list(book.acts()) == ACTS
    assert [act.id for act in book.acts().values() if act.status == "draft"] == ["draft-5659", "plan-2026-2028"]


def test_every_theme_of_the_book_has_a_name():
    assert {wording.theme(key) for key in book.keys()} - set(wording.THEMES) == set()


def test_what_everything_was_read_in_is_told_in_every_language():
    read = {book.source(one) for key in book.keys() for one in book.history(key)}
    day = date(2026, 11, 23)
    read |= {one.where.source for one in (*tables.obligations_on(day), *tables.interactions_on(day))}
    read |= {one.source for one in (*subjects_on(day), *forms_on(day))}
    read |= {row.source for row in tables.deadlines() if row.source}
    assert {one for one in read if sources.told(one, "ky") == one or sources.told(one, "ru") == one} == set()
    assert (sources.told("Never read", "ky"), sources.told("Not found", "en")) == ("Never read", "Not found")


@given(DAYS, DAYS)
def test_what_changed_is_grouped_by_what_changed_it_and_nothing_is_lost(first, second):
    found = changes.between(first, second)
    assert sorted(one.key for group in found.groups for one in group.changes) == sorted(
        one.key for one in found.numbers
    )
    for group in found.groups:
        assert {(one.after.act, one.after.since) if one.after else (None, None) for one in group.changes} == {
            (group.act, group.since)
        }
        assert [one.same_value for one in group.changes] == sorted(one.same_value for one in group.changes)


def test_who_owes_what_changed_with_no_161():
    found = changes.between(date(2024, 8, 6), date(2024, 8, 7))
    passed = {(one.after or one.before).code: (one.before is None, one.after is None) for one in found.owed}
    assert passed == {
        "issue_order": (False, False),
        "run_programme_before": (False, True),
        "run_programme": (True, False),
        "run_programme_in_prison": (True, False),
        "send_to_programme": (True, False),
    }
    assert [one.after.code for one in found.told] == ["police_to_programme"]


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
