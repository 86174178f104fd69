"""Anything at all is told to the rules of a report, a visit and a person: they refuse it by name, or it can be kept."""

import json
from dataclasses import asdict, fields
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as some

from kalka.core.clock import day_of
from kalka.core.errors import DomainError
from kalka.followup import rules as visits
from kalka.followup.rules import NewVisit
from kalka.intake import rules as reports
from kalka.intake.rules import NewReport
from kalka.people.rules import BANDS, Contact, Name, NewPerson, Safe, Window, checked
from kalka.people.rules.names import fold, match
from kalka.ui.fields import clean_text

pytestmark = pytest.mark.deep

NOW = datetime(2026, 11, 23, 2, 40, tzinfo=UTC)
TODAY = day_of(NOW)
ODD = [
    "",
    " ",
    "\0",
    "\ud800",
    "\u202e",
    "е\u0308",
    "2026-02-30",
    "9999-99",
    "0000",
    "２０２６",
    "yes",
    "no",
    "unknown",
]
TEXTS = some.one_of(some.text(max_size=60), some.sampled_from(ODD), some.text(alphabet="0123456789-", max_size=12))
LONG = some.integers(0, 30_000).map(lambda n: "ө" * n)
DAYS = some.dates()
MOMENTS = some.datetimes(datetime(1900, 1, 1), datetime(9990, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))


def codes(known) -> some.SearchStrategy:
    return some.one_of(some.sampled_from(sorted(known)), some.sampled_from(sorted(known)), TEXTS)


REPORTS = some.builds(
    NewReport,
    danger=codes(reports.DANGERS),
    told_on=some.one_of(some.just(TODAY), DAYS),
    way=codes(reports.WAYS),
    by_whom=codes(reports.TELLERS),
    firsthand=codes(reports.ANSWERS),
    place=some.one_of(some.just(""), TEXTS),
    what=some.one_of(TEXTS, LONG),
    happened=some.one_of(some.just(""), TEXTS, DAYS.map(str)),
    when_words=TEXTS,
    where=some.one_of(TEXTS, LONG),
    children=codes(reports.ANSWERS),
    children_count=some.one_of(some.none(), some.integers(-(10**20), 10**20), some.integers(0, 40)),
    phone=TEXTS,
    safe=some.one_of(TEXTS, LONG),
    reporter_name=TEXTS,
    reporter_note=TEXTS,
)
PEOPLE = some.builds(
    NewPerson,
    sex=codes(("f", "m", "other", "unknown")),
    names=some.lists(some.builds(Name, TEXTS, TEXTS, TEXTS), max_size=14).map(tuple),
    birth_date=some.one_of(some.none(), DAYS),
    birth_year=some.one_of(some.none(), some.integers(-5, 10_000)),
    age=some.one_of(some.none(), some.integers(-3, 200)),
    band=codes(("", *BANDS)),
    pin=TEXTS,
    note=some.one_of(TEXTS, LONG),
    washington=some.dictionaries(codes(("seeing", "hearing")), codes(("none", "some", "cannot")), max_size=3),
    contact=some.builds(
        Contact,
        phone=TEXTS,
        address=TEXTS,
        language=codes(("ky", "ru", "")),
        safe=some.builds(
            Safe,
            when=some.lists(
                some.builds(Window, some.lists(some.integers(-1, 8)).map(tuple), TEXTS, some.just("18:00")), max_size=16
            ).map(tuple),
            by_whom=codes(("anyone", "woman")),
            say=TEXTS,
            never=some.lists(codes(("sms", "call")), max_size=3).map(tuple),
        ),
    ),
)


def refused(do) -> DomainError | None:
    """The refusal; any other exception is a fault."""
    try:
        do()
    except DomainError as refusal:
        return refusal
    return None


@given(REPORTS)
def test_a_report_is_refused_at_a_field_of_its_own_or_can_be_kept(told):
    refusal = refused(lambda: reports.check(told, today=TODAY))
    if refusal is not None:
        assert refusal.facts["field"] in {one.name for one in fields(told)}
        assert not any(isinstance(fact, str) and len(fact) > 20 for fact in refusal.facts.values())
        return
    assert reports.EARLIEST <= told.told_on <= TODAY
    assert json.dumps(asdict(told), ensure_ascii=False, default=str).encode() and "\0" not in str(asdict(told))
    assert all(len(getattr(told, name)) <= limit for name, limit in reports.LIMITS.items())
    assert told.children_count is None or 1 <= told.children_count <= reports.MOST_CHILDREN
    assert told.what or told.danger in reports.URGENT
    if told.happened:
        first, last = reports.happened_between(told.happened)
        assert first <= last and first <= TODAY
    assert isinstance(reports.late(told.told_on, NOW), bool)


@given(MOMENTS, codes(visits.Found), codes(visits.Kept), codes(visits.Where), LONG, some.booleans())
def test_a_visit_is_refused_at_a_field_of_its_own_or_can_be_kept(at, found, kept, where, told, order_runs):
    visit = NewVisit(visited_at=at, found=found, kept=kept, where=where, told=told)
    refusal = refused(lambda: visits.check_visit(visit, order_runs=order_runs, now=NOW))
    if refusal is not None:
        assert refusal.facts["field"] in {one.name for one in fields(visit)}
        return
    assert at <= NOW + timedelta(days=1) and len(told) <= visits.LONGEST
    assert (kept == "") is not order_runs
    assert visits.clock_of(at, NOW) in visits.Clock and isinstance(visits.written_late(at, NOW), bool)


@given(PEOPLE)
def test_a_person_is_refused_at_a_field_of_theirs_or_can_be_kept(told):
    refusal = refused(lambda: checked(told, TODAY))
    if refusal is not None:
        assert not any(isinstance(fact, str) and len(fact) > 20 for fact in refusal.facts.values())
        return
    assert told.age_band(TODAY) in BANDS
    assert told.birth_date is None or date(1900, 1, 1) <= told.birth_date <= TODAY
    assert all(len(part) <= 100 for name in told.names for part in (name.family, name.given, name.patronymic))


@given(some.text(), some.lists(some.text(), max_size=4))
def test_names_are_folded_and_matched_whatever_they_are(query, names):
    assert fold(fold(query)) == fold(query)
    assert match(query, names) in {None, "exact", "folded", "near"}


@given(some.text(alphabet=some.characters()), some.booleans())
def test_a_text_is_refused_or_cleaned_once_and_for_all(text, lines):
    try:
        clean = clean_text(text, lines=lines)
    except ValidationError:
        return
    assert clean_text(clean, lines=lines) == clean
    assert clean.encode().decode() == clean
    assert not set(clean) & set("\0\r" if lines else "\0\r\n")
