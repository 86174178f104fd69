from datetime import timedelta

import pytest

from kalka.core.extract import Extract
from kalka.core.refs import new_id
from kalka.shelters import facts, services
from kalka.shelters.facts import HoldFact, StayFact, TurnAwayFact
from kalka.shelters.rules import NewChild, NewDeparture, NewTurnAway
from kalka.shelters.tests.factories import (
    BISHKEK,
    DAY,
    HOUR,
    MOTHER,
    NARYN,
    NOW,
    TODAY,
    arrived,
    bed,
    country,
    held,
    network,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def at():
    at = network()
    at.bed = bed(at.worker, at.shelter)
    return at


def rows(read, *, days=30, at_once=2000):
    asked = Extract(before=NOW + days * DAY, until=TODAY + timedelta(days=days), salt=b"salt", size=at_once)
    return [row for batch in read(asked) for row in batch.rows]


def test_a_stay_is_counted_with_its_nights_and_a_thin_region_is_the_country(at):
    hold = held(at.clerk, wish=MOTHER)
    stay = arrived(at.worker, at.bed, hold=hold)
    services.add_child(at.worker, id=new_id(), stay_id=stay.pk, told=NewChild("f", "0-6"), now=NOW)
    (row,) = rows(facts.stays)
    assert row == StayFact(TODAY, facts.COUNTRY, "crisis_centre", "f", "25-34", True, True, "", "", row.who)
    left = NewDeparture(TODAY + timedelta(days=4), "relatives")
    services.depart(at.worker, id=new_id(), stay_id=stay.pk, told=left, now=NOW + 4 * DAY)
    (row,) = rows(facts.stays)
    assert (row.lasted, row.where) == ("nights_7", "relatives")
    (before,) = rows(facts.stays, days=3)
    assert (before.lasted, before.where) == ("", ""), "what was not yet so is not counted"
    slept = rows(facts.nights)
    assert [night.on for night in slept if not night.child] == [TODAY + timedelta(days=day) for day in range(4)]
    assert (sum(night.child for night in slept), len({night.who for night in slept})) == (4, 2)
    assert len([night for night in rows(facts.nights, days=3) if not night.child]) == 3
    assert str(stay.subject_id) not in repr(row) and stay.ref not in repr(row)


def test_a_region_with_enough_shelters_is_named(at):
    country(at, NARYN, NARYN, BISHKEK)
    arrived(at.worker, at.bed)
    assert [row.place for row in rows(facts.stays)] == [NARYN]


def test_a_stay_of_a_day_is_a_night(at):
    stay = arrived(at.worker, at.bed)
    services.depart(at.worker, id=new_id(), stay_id=stay.pk, told=NewDeparture(TODAY, "home"), now=NOW + HOUR)
    assert [row.lasted for row in rows(facts.stays)] == ["night_1"]
    assert [night.on for night in rows(facts.nights)] == [TODAY]


def test_a_hold_is_counted_with_how_it_ended(at):
    held(at.clerk)
    held(at.second, now=NOW + 2 * HOUR)
    outcomes = sorted((row.outcome, row.agency, row.place) for row in rows(facts.holds))
    assert [outcome for outcome, *_ in outcomes] == ["", "expired"]
    assert {place for *_, place in outcomes} == {facts.COUNTRY}
    assert all(isinstance(row, HoldFact) for row in rows(facts.holds, at_once=1))


def test_the_unmet_need_is_counted_where_it_was_asked_for(at):
    told = NewTurnAway(NARYN, "no_place", MOTHER)
    services.turn_away(at.hotline, id=new_id(), told=told, now=NOW)
    services.turn_away(at.worker, id=new_id(), told=told, shelter_id=at.shelter.pk, now=NOW)
    found = rows(facts.turned_away, at_once=1)
    assert sorted((row.place, row.refused) for row in found) == [(facts.COUNTRY, True), (NARYN, False)]
    assert {row.reason for row in found} == {"no_place"} and len({row.who for row in found}) == 2
    assert all(isinstance(row, TurnAwayFact) for row in found)
