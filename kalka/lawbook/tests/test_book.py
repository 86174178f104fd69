"""The law on a day: what held, since when, by which article, and what is not known."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalka.core.errors import DomainError
from kalka.lawbook import book, wording
from kalka.lawbook.book import Law, Provision

DAYS = st.dates(date(2003, 1, 1), date(2040, 12, 31))
UNSET_TODAY = {
    "order.term_counted_from",
    "order.extension_ceiling_days",
    "risk.assess_within_hours",
    "risk.reassess_after_hours",
    "notice.social_service_within_hours",
    "notice.child_protection_within_hours",
    "intake.respond_within_hours",
    "visit.schedule",
    "committee.sitting_frequency",
    "committee.quorum",
    "retention.case_years",
}


def value(key: str, day: date) -> object:
    found = Law(day).get(key)
    return found.value if found else "not in force"


@given(st.sampled_from(book.keys()), DAYS)
def test_the_provision_is_the_last_whose_first_day_has_come(key, day):
    begun = [p for p in book.history(key) if p.since <= day]
    assert Law(day).get(key) == (begun[-1] if begun else None)


@pytest.mark.parametrize(
    ("key", "first_day", "before", "after"),
    [
        ("order.issue_within_hours", date(2017, 4, 27), "not in force", 24),
        ("order.duration_days", date(2017, 4, 27), "not in force", 3),
        ("order.duration_days", date(2024, 8, 7), 3, 30),
        ("order.extension_ceiling_days", date(2024, 8, 7), 30, None),
        ("order.issue_is_mandatory", date(2024, 8, 7), "not in force", True),
        ("subjects.count", date(2024, 8, 7), 17, 19),
        ("programme.is_mandatory", date(2024, 8, 7), "not in force", True),
        ("programme.sessions", date(2025, 7, 16), None, None),
        ("risk.assess_every_report", date(2025, 10, 15), "not in force", True),
        ("monitoring.max_months", date(2025, 10, 15), "not in force", 3),
        ("programme.evasion_arrest_days", date(2025, 10, 15), "not in force", (7, 14)),
        ("liability.offence_arrest_max_days", date(2025, 10, 15), 7, 14),
        ("liability.offence_arrest_min_days", date(2025, 10, 15), 3, None),
        ("liability.crime_imprisonment_min_years", date(2024, 8, 7), None, 2),
        ("liability.offence_article", date(2021, 12, 1), "75", "70"),
        ("liability.detention_max_hours", date(2021, 12, 1), 48, None),
        ("shelter.placement_is_free", date(2018, 1, 1), "not in force", True),
    ],
)
def test_the_day_before_and_the_day_of_an_amendment(key, first_day, before, after):
    assert (value(key, first_day - timedelta(days=1)), value(key, first_day)) == (before, after)


@pytest.mark.parametrize("key", book.keys())
def test_every_change_begins_on_its_own_day(key):
    history = book.history(key)
    for earlier, later in zip((None, *history), history, strict=False):
        assert Law(later.since - timedelta(days=1)).get(key) == earlier
        assert Law(later.since)[key] == later


def test_what_the_law_does_not_set_is_unset_and_never_a_number():
    law = Law(date(2026, 3, 1))
    assert {key for key in UNSET_TODAY if law[key].is_set} == set()
    for key in book.keys():
        for provision in book.history(key):
            assert (provision.value is None) == (provision.confidence == "unknown") == (not provision.is_set)


def test_an_unset_number_is_refused_to_whoever_would_count_with_it():
    with pytest.raises(DomainError) as caught:
        Law(date(2026, 3, 1))["risk.assess_within_hours"].whole()
    assert (caught.value.code, caught.value.facts) == ("lawbook.unset", {"key": "risk.assess_within_hours"})
    assert Law(date(2026, 3, 1))["order.duration_days"].whole() == 30


def test_before_the_first_day_and_without_a_key_the_book_refuses():
    with pytest.raises(DomainError) as caught:
        Law(date(2017, 4, 26))["order.duration_days"]
    assert caught.value.code == "lawbook.not_in_force"
    assert caught.value.facts == {"key": "order.duration_days", "day": date(2017, 4, 26)}
    for ask in (lambda: Law(date(2026, 1, 1)).get("order.nothing"), lambda: book.title("order.nothing")):
        with pytest.raises(DomainError) as caught:
            ask()
        assert (caught.value.code, caught.value.facts) == ("lawbook.no_such_key", {"key": "order.nothing"})
    with pytest.raises(DomainError) as caught:
        book.act("law-999")
    assert caught.value.code == "lawbook.no_such_act"


@given(st.sampled_from([p for key in book.keys() for p in book.history(key)]))
def test_a_decision_keeps_a_provision_by_value(provision):
    assert Provision.from_json(provision.as_json()) == provision


@pytest.mark.parametrize(
    "broken", [{"since": "yesterday"}, {"since": 5}, {"more": 1}, {"key": None}, {"value": [7]}, {"value": {"n": 7}}]
)
def test_a_broken_stored_provision_is_refused(broken):
    good = Law(date(2025, 1, 1))["order.duration_days"].as_json()
    for stored in ({}, good | broken):
        with pytest.raises(DomainError) as caught:
            Provision.from_json(stored)
        assert caught.value.code == "lawbook.bad_provision"


def test_each_entry_has_its_own_edition():
    editions = [p.edition for key in book.keys() for p in book.history(key)]
    assert len(set(editions)) == len(editions)
    assert {len(edition) for edition in editions} == {12}


@pytest.mark.parametrize(
    ("key", "day", "ky", "ru", "en"),
    [
        ("visit.schedule", date(2020, 1, 1), "№ 63 Мыйзам, 29-берене", "Закон № 63, ст. 29", "Law No. 63, art. 29"),
        (
            "order.duration_days",
            date(2025, 1, 1),
            "№ 161 Мыйзам, беренеси белгиленген эмес",
            "Закон № 161, статья не установлена",
            "Law No. 161, article not established",
        ),
        (
            "coordination.children_ministry_note_day",
            date(2020, 1, 1),
            "№ 449 токтом, 3-пункт",
            "Постановление № 449, п. 3",
            "Resolution No. 449, para. 3",
        ),
        (
            "committee.quorum",
            date(2020, 1, 1),
            "актысы белгиленген эмес",
            "акт не установлен",
            "act not established",
        ),
    ],
)
def test_a_citation_says_where_it_stands(key, day, ky, ru, en):
    provision = Law(day)[key]
    assert [provision.cite(lang) for lang in ("ky", "ru", "en")] == [ky, ru, en]


def test_no_rule_rests_on_a_draft_and_every_act_is_dated_or_says_why():
    used = {p.act for key in book.keys() for p in book.history(key)} - {None}
    assert {book.act(act).status for act in used} <= {"in_force", "amending", "replaced", "unknown"}
    assert {act.id for act in book.acts().values() if act.status == "draft"} == {"draft-5659", "plan-2026-2028"}
    assert [act.id for act in book.acts().values() if act.date is None and not act.note] == []


def test_every_value_says_what_it_was_read_in():
    assert [key for key in book.keys() for p in book.history(key) if not book.source(p)] == []


# The numbers are those of the table of deadlines in the collected facts on the law. What is practice, a draft or
# another methodology is no rule of this law and has no key.
TABLE = {
    1: ["order.issue_within_hours"],
    2: ["order.duration_days"],
    3: ["order.extension_ceiling_days"],
    4: ["order.duration_days", "order.issue_is_mandatory"],
    5: ["order.extension_ceiling_days"],
    6: ["monitoring.max_months"],
    7: "practice of a pilot",
    8: ["risk.assess_every_report"],
    9: ["risk.assess_within_hours"],
    10: ["entry.law_214_days_after_publication"],
    11: ["liability.offence_arrest_min_days", "liability.offence_arrest_max_days"],
    12: ["liability.offence_community_work_hours"],
    13: ["liability.offence_arrest_max_days"],
    14: ["programme.evasion_community_work_hours", "monitoring.evasion_community_work_hours"],
    15: ["programme.evasion_arrest_days", "monitoring.evasion_arrest_days"],
    16: ["liability.crime_community_work_hours"],
    17: ["liability.crime_imprisonment_max_years"],
    18: ["liability.crime_imprisonment_min_years", "liability.crime_imprisonment_max_years"],
    19: ["liability.crime_corrective_labour_months"],
    20: ["liability.detention_max_hours"],
    21: ["shelter.placement_is_free"],
    22: ["notice.social_service_required", "notice.social_service_within_hours"],
    23: ["notice.child_protection_required", "notice.child_protection_within_hours"],
    24: ["child.age_below"],
    25: ["child.witness_is_victim"],
    26: ["programme.sessions", "programme.length_weeks", "programme.absences_are_evasion"],
    27: ["committee.sitting_frequency"],
    28: ["coordination.children_commission_report_day"],
    29: ["coordination.children_ministry_note_day"],
    30: ["coordination.family_programme_info_day"],
    31: ["entry.resolution_604_days_after_publication"],
    32: "a service under contract",
    33: "a draft in signature",
    34: "practice of the ministry",
    35: ["grant.bid_window_days", "grant.evaluation_scale", "grant.contract_within_days", "grant.report_within_days"],
    36: "probation's general assessment",
    37: "probation's general assessment",
    38: "probation's general assessment",
    39: ["subjects.count"],
    40: ["retention.case_years", "retention.access_log_years"],
}


def test_every_row_of_the_table_of_deadlines_has_its_key_or_is_no_rule_of_law():
    assert sorted(TABLE) == list(range(1, 41))
    wanted = {key for keys in TABLE.values() if isinstance(keys, list) for key in keys}
    assert wanted - set(book.keys()) == set()


def test_every_rule_stands_under_a_theme_that_is_said_in_words():
    assert {wording.theme(key) for key in book.keys()} <= wording.THEMES.keys()
