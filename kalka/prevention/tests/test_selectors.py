from datetime import UTC, date, datetime, timedelta

import pytest

from kalka.core.errors import AccessDenied
from kalka.core.extract import Extract
from kalka.prevention import facts, selectors, services
from kalka.prevention.rules import Partner
from kalka.prevention.selectors import Asked
from kalka.prevention.tests.factories import AIMAK, NOW, TODAY, event, world

pytestmark = [pytest.mark.django_db, pytest.mark.both]
FAR = "417D0510100000"


@pytest.fixture
def at():
    return world()


def test_figures_add_up_and_a_bound_stays_one(at):
    event(at.secretary, people=1000, people_bound="over", times=20, times_bound="over")
    event(at.secretary, people=15)
    event(at.secretary, people=None, kind="press")
    found = selectors.listed(at.secretary, Asked())
    assert (found.count, found.times.number, found.times.bound) == (3, 22, "over")
    assert (found.people.number, found.people.bound) == (1015, "over")
    assert selectors.listed(at.secretary, Asked(kind="press")).people.number == 0


def test_a_list_is_narrowed_by_day_place_and_organisation(at):
    event(at.secretary, on=date(2021, 5, 1))
    event(at.worker)
    assert selectors.listed(at.coordinator, Asked(since=TODAY, until=TODAY)).count == 1
    assert selectors.listed(at.coordinator, Asked(until=date(2021, 12, 31))).count == 1
    assert selectors.listed(at.coordinator, Asked(organisations=frozenset({at.committee.pk}))).count == 1
    assert selectors.listed(at.coordinator, Asked(place=AIMAK)).count == 2
    assert selectors.listed(at.coordinator, Asked(place=FAR)).count == 0


def test_above_small_figures_are_not_told_and_the_words_never(at):
    made = event(at.secretary, kind="lawyers", people=4, topics={"violence": 1, "documents": 7}, told="Сөз")
    own, above = (selectors.event_page(by, made.pk) for by in (at.secretary, at.coordinator))
    assert [one.count for one in own.topics] == [7, 1]
    assert [one.count for one in above.topics] == [7, None]
    assert (own.line.people, above.line.people, above.line.small, above.may_change) == (4, None, True, False)
    with pytest.raises(AccessDenied):
        selectors.own_event(at.coordinator, made.pk)
    assert selectors.told(at.coordinator, made, now=NOW) == ""


def test_what_is_far_away_is_not_there(at):
    made = event(at.secretary, place=FAR)
    with pytest.raises(AccessDenied):
        selectors.event_page(at.coordinator, made.pk)
    with pytest.raises(AccessDenied):
        selectors.event_page(at.worker, made.pk)
    assert selectors.event_page(at.colleague, made.pk).line.own


def test_facts_are_what_stands(at):
    kept = event(
        at.secretary, kind="class", grades=(9, 8), reach={("f", "14-17"): 11}, partners=(Partner("X", "international"),)
    )
    gone = event(at.secretary)
    services.withdraw_event(at.secretary, event_id=gone.pk, why="mistaken", now=NOW)
    asked = Extract(before=datetime(2027, 1, 1, tzinfo=UTC), until=TODAY + timedelta(days=1), salt=b"s")
    (fact,) = facts.events(asked)
    assert (fact.key, fact.organisation, fact.kind, fact.people, fact.grades) == (
        kept.pk,
        at.committee.pk,
        "class",
        40,
        (8, 9),
    )
    assert (fact.reach, fact.joint, fact.international, fact.consultations) == ({("f", "14-17"): 11}, True, True, 0)
