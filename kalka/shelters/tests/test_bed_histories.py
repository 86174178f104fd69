"""Whatever people do with beds, and in whatever order: no place twice, and none lost."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from kalka.core.clock import day_of
from kalka.core.errors import DomainError
from kalka.core.refs import new_id
from kalka.shelters import selectors, services
from kalka.shelters.models import Place, Stay, Taking
from kalka.shelters.rules import NewDeparture, Wish
from kalka.shelters.tests.factories import MINUTE, NOW, arrived, bed, held, network, shelter

pytestmark = pytest.mark.django_db
BEDS = 3
ONE = st.integers(0, 9)


class Beds(RuleBasedStateMachine):
    """A shelter of three beds beside the model of it: which bed is held until when, taken by whom, or closed."""

    people = None

    @initialize()
    def open_up(self):
        Place.objects.filter(retired_at=None).update(retired_at=NOW)  # those of the example before
        self.now, self.at = NOW, type(self).people
        self.house = shelter(self.at.worker)
        self.places = [bed(self.at.worker, self.house, number=number + 1) for number in range(BEDS)]
        self.holds, self.stays, self.closed = {}, {}, set()  # by place

    def free(self):
        return [p.pk for p in self.places if p.pk not in self.taken()]

    def taken(self):
        running = {place for place, (_hold, until) in self.holds.items() if self.now < until}
        return running | self.stays.keys() | self.closed

    def tried(self, do):
        try:
            return do()
        except DomainError as refusal:
            assert refusal.code == "shelters.taken"
            return None

    @rule(minutes=st.sampled_from([1, 45, 90, 200]))
    def wait(self, minutes):
        self.now += timedelta(minutes=minutes)

    @rule()
    def hold(self):
        expected = bool(self.free())
        made = self.tried(lambda: held(self.at.clerk, wish=Wish("woman"), now=self.now))
        assert (made is not None) == expected
        if made:
            assert made.taking.place_id in self.free()
            self.holds[made.taking.place_id] = (made, made.taking.until)

    @rule(which=ONE)
    def give_up(self, which):
        running = [(place, hold) for place, (hold, until) in self.holds.items() if self.now < until]
        if running:
            place, hold = running[which % len(running)]
            services.release_hold(self.at.clerk, hold_id=hold.pk, now=self.now)
            del self.holds[place]

    @rule(which=ONE)
    def come_to_the_door(self, which):
        place = self.places[which % BEDS]
        expected = place.pk in self.free()
        made = self.tried(lambda: arrived(self.at.worker, place, now=self.now))
        assert (made is not None) == expected
        if made:
            self.holds.pop(place.pk, None)
            self.stays[place.pk] = made

    @rule(which=ONE)
    def come_with_a_hold(self, which):
        running = [(place, hold) for place, (hold, until) in self.holds.items() if self.now < until]
        if running:
            place, hold = running[which % len(running)]
            self.stays[place] = arrived(self.at.worker, Place.objects.get(pk=place), hold=hold, now=self.now)
            del self.holds[place]

    @rule(which=ONE, to=ONE)
    def move(self, which, to):
        if self.stays:
            old, target = sorted(self.stays)[which % len(self.stays)], self.places[to % BEDS].pk
            expected = target in self.free()
            told = {"stay_id": self.stays[old].pk, "from_place": old, "to_place": target, "now": self.now}
            made = self.tried(lambda: services.move(self.at.worker, **told))
            assert (made is not None) == expected
            if made:
                self.holds.pop(target, None)
                self.stays[target] = self.stays.pop(old)

    @rule(which=ONE)
    def leave(self, which):
        if self.stays:
            place = sorted(self.stays)[which % len(self.stays)]
            told = NewDeparture(day_of(self.now), "home")
            stay = self.stays.pop(place)
            services.depart(self.at.worker, id=new_id(), stay_id=stay.pk, told=told, now=self.now)

    @rule(which=ONE)
    def close(self, which):
        place = self.places[which % BEDS].pk
        expected = place in self.free()
        told = {"place_id": place, "why": "repair", "now": self.now}
        made = self.tried(lambda: services.close_place(self.at.worker, **told))
        assert (made is not None) == expected
        if made:
            self.holds.pop(place, None)
            self.closed.add(place)

    @rule(which=ONE)
    def open_again(self, which):
        place = self.places[which % BEDS].pk
        services.open_place(self.at.worker, place_id=place, now=self.now)
        self.closed.discard(place)

    @invariant()
    def no_place_twice_and_none_lost(self):
        if not hasattr(self, "places"):
            return
        mine = [place.pk for place in self.places]
        runs = Counter(Taking.objects.running().filter(place__in=mine).values_list("place", flat=True))
        assert not runs or max(runs.values()) == 1
        assert not Taking.objects.filter(place__in=mine, ended_at=None).exclude(how="").exists()
        assert not Taking.objects.filter(place__in=mine, how="").exclude(ended_at=None).exists()
        (house,) = [one for one in selectors.houses(self.at.worker, now=self.now) if one.id == self.house.pk]
        shown = {line.id: line.state for line in house.beds}
        assert set(shown) == set(mine), "a bed is always somewhere"
        assert {one for one, state in shown.items() if state == "free"} == set(self.free())
        assert {one for one, state in shown.items() if state == "stay"} == set(self.stays)
        there = set(Taking.objects.running().filter(kind="stay", place__in=mine).values_list("file", flat=True))
        assert there == {stay.subject_id for stay in self.stays.values()}, "whoever stays has a bed, nobody else"


@pytest.mark.both
def test_no_place_twice_and_none_lost():
    Beds.people = network()
    quiet = settings(max_examples=8, stateful_step_count=14, suppress_health_check=list(HealthCheck), deadline=None)
    run_state_machine_as_test(Beds, settings=quiet)
    assert Stay.objects.exists()


@pytest.mark.deep
def test_nor_in_any_long_history():
    Beds.people = network()
    long = settings(max_examples=120, stateful_step_count=40, suppress_health_check=list(HealthCheck), deadline=None)
    run_state_machine_as_test(Beds, settings=long)


@pytest.mark.both
def test_the_database_itself_refuses_a_place_twice():
    at = network()
    place = bed(at.worker, at.shelter)
    held(at.clerk)
    second = Taking(place=place, kind="stay", file=new_id(), since=NOW + MINUTE)
    with pytest.raises(IntegrityError, match="one_place_one_taking|place_id"), transaction.atomic():
        second.save(force_insert=True)
    assert Taking.objects.count() == 1
