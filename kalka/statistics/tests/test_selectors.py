from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from kalka.cases.models import Case
from kalka.core.actors import NOBODY, SYSTEM
from kalka.core.errors import DomainError
from kalka.places.services import install_builtin
from kalka.statistics import indicators as catalogue
from kalka.statistics import selectors
from kalka.statistics.models import Published, Release, Sheet
from kalka.statistics.rules import LOST_AFTER, Asked, Figure, Period, ReleaseState, State
from kalka.statistics.tests import factories as make
from kalka.statistics.tests import published

pytestmark = [pytest.mark.django_db, pytest.mark.both]
READER = NOBODY  # the policy asks for the permission; a published figure is everybody's who may read figures
NOW = make.NOW


@pytest.fixture(scope="module")
def release(together):
    install_builtin(SYSTEM, now=NOW, demo=True)
    return published.release(first=2024)


@pytest.fixture(autouse=True)
def published_or_not(request, db):
    """Who does not ask for figures begins before the first release."""
    if "release" not in request.fixturenames:
        for model in (Published, Sheet, Release):
            model.objects.all().delete()


def told(indicator: str, **asked: object):
    with translation.override("en"):
        return selectors.table(READER, indicator, Asked(**asked), now=NOW)


def asks(do) -> int:
    with CaptureQueriesContext(
        connection,
    ) as log:
        do()
    return len(log)


def test_a_table_is_of_the_last_whole_year_unless_asked(release):
    table = told("cases")
    assert (table.period, table.complete, table.place) == (Period(2025), True, "")
    assert (table.passport.unit, table.passport.place, table.passport.release) == ("case", "Kyrgyz Republic", "2026-10")
    assert [line.title for line in table.lines][:2] == ["Batken oblast", "Bishkek city"]
    assert table.lines[-1].title == "Place not known" and table.lines[-1].figure == Figure(State.NONE)
    assert table.total_before is not None and table.lines[0].before is not None
    assert (table.adds_up, table.why_not) == (True, "")
    assert not told("cases", period=Period(2026)).complete


def test_an_oblast_has_its_raions_and_a_country_its_codes(release):
    assert [line.code for line in told("cases", place=make.NARYN).lines] == [make.RAION]
    by_sex = told("persons_protected", by="sex")
    assert [line.code for line in by_sex.lines] == ["f", "m", "other", "unknown"]
    assert (by_sex.by_title, by_sex.adds_up) == ("Sex", True)
    several = told("incidents", by="form")
    assert not several.adds_up and "several forms" in several.why_not


@pytest.mark.parametrize(
    ("indicator", "asked", "code"),
    [
        ("harm", {}, "unknown_indicator"),
        ("cases", {"by": "sex"}, "unknown_breakdown"),
        ("cases", {"period": Period(2019)}, "unknown_period"),
        ("cases", {"period": Period(2026, 11)}, "unknown_period"),
        ("cases", {"place": "417"}, "unknown_place"),
        ("persons_protected", {"by": "sex", "place": make.NARYN, "period": Period(2025, 3)}, "only_by_year"),
        ("persons_protected", {"by": "sex", "place": make.NARYN, "period": Period(2026)}, "only_by_year"),
    ],
)
def test_what_there_is_not_is_refused(release, indicator, asked, code):
    with pytest.raises(DomainError) as refusal:
        told(indicator, **asked)
    assert refusal.value.code == f"statistics.{code}"


def test_before_the_first_release_there_is_none(db):
    for read in (selectors.table, selectors.choices):
        with pytest.raises(DomainError) as refusal:
            read(READER, "cases", *([Asked()] if read is selectors.table else []), now=NOW)
        assert refusal.value.code == "statistics.no_release"


def test_reading_asks_as_often_for_many_figures_as_for_few(release):
    assert asks(lambda: told("cases")) <= 4
    assert asks(lambda: told("persons_protected", by="age")) <= 4
    assert asks(lambda: selectors.summaries(READER, now=NOW)) <= 3
    assert asks(lambda: selectors.months(READER, "cases", place=make.RAION, now=NOW)) <= 3
    assert asks(lambda: selectors.small_multiples(READER, "cases", now=NOW)) <= 3
    assert asks(lambda: list(selectors.every_figure(READER, now=NOW))) <= 3


def test_the_months_of_a_raion_are_held_against_those_of_the_year_before(release):
    months = selectors.months(READER, "cases", place=make.RAION, now=NOW)
    assert [months[0].code, months[-1].code, len(months)] == ["2024-01", "2026-10", 34]
    assert (months[0].before, months[12].before) == (None, months[0].figure)


def test_every_oblast_has_its_small_chart_and_what_lies_nowhere_has_none(release):
    charts = selectors.small_multiples(READER, "cases", now=NOW)
    assert len(charts) == 9 and all(len(months) == 34 for _, _, months in charts)


def test_all_indicators_are_summed_up(release):
    found = selectors.summaries(READER, place=make.NARYN, now=NOW)
    assert [one.indicator for one in found] == list(catalogue.indicators())
    assert all(len(one.months) == 24 and one.passport.place == "Нарын облусу" for one in found)


def test_every_row_of_everything_carries_its_passport(release):
    rows = list(selectors.every_figure(READER, indicator="cases", now=NOW))
    assert len(rows) == Published.objects.filter(indicator="cases").count()
    assert {(row.unit, row.release, row.vintage) for row in rows} == {("иш", "2026-10", "2021-04")}
    assert all((row.n is None) == (row.state is not State.SHOWN) for row in rows)


def test_what_may_be_chosen_begins_with_the_newest_and_the_country(release):
    found = selectors.choices(READER, "persons_protected", now=NOW)
    assert [code for code, _ in found.periods][:4] == ["2026", "2025", "2024", "2026-10"]
    assert [found.places[0][0], len(found.places)] == ["", 10]
    assert [code for code, _ in found.breakdowns] == ["place", "sex", "age"]


def test_the_day_of_the_law_is_marked_with_its_words():
    assert selectors.marks("orders", lang="en") == ((date(2024, 8, 7), "Duration of an order: 30\u00a0days"),)
    assert selectors.marks("reports", lang="en") == ()


def test_a_release_that_gives_no_sign_has_failed(db):
    stopped = dict(code="2026-10", until=date(2026, 11, 1), started_at=NOW, extracted_on=NOW.date(), beat_at=NOW)
    Release.objects.create(id=uuid4(), salt=b"", **stopped)
    (making,) = selectors.releases(READER, now=NOW)
    (lost,) = selectors.releases(READER, now=NOW + LOST_AFTER + timedelta(seconds=1))
    assert (making.state, lost.state, making.per_cent) == (ReleaseState.MAKING, ReleaseState.FAILED, None)


def test_own_figures_are_exact_and_of_these_cases_alone():
    make.country()
    make.cases(3, date(2025, 3, 4))
    mine = set(Case.objects.values_list("subject_id", flat=True))
    make.cases(8, date(2025, 3, 4), make.FAR_AIMAK)
    table = selectors.own(READER, "cases", mine, period=Period(2025), now=NOW)
    assert (table.total, [(line.code, line.figure.n) for line in table.lines]) == (
        Figure(State.SHOWN, 3),
        [(make.AIMAK, 3)],
    )
    sexes = selectors.own(READER, "persons_protected", mine, period=Period(2025, 3), by="sex", now=NOW)
    assert [line.figure.n for line in sexes.lines] == [3, 0, 0, 0]
    assert selectors.own(READER, "cases", mine, period=Period(2025, 4), now=NOW).total.n == 0
    assert selectors.own(READER, "cases", set(), period=Period(2025), now=NOW).total.n == 0


def test_own_figures_of_too_many_cases_are_refused():
    with pytest.raises(DomainError) as refusal:
        selectors.own(READER, "cases", [uuid4() for _ in range(5_001)], period=Period(2025), now=NOW)
    assert refusal.value.code == "statistics.too_many_subjects"
