"""Two clerks and the last bed at once: one has it, the other is told, and the bed is there once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from kalka.core.errors import DomainError
from kalka.shelters.models import Hold, Stay, Taking
from kalka.shelters.tests.factories import HOUR, NOW, arrived, bed, held, network

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both]


def at_once(*acts):
    """Each act in a thread of its own, all let go in the same moment. What each brought: a row, or a refusal's code."""
    ready = Barrier(len(acts))

    def one(act):
        try:
            ready.wait()
            return act()
        except DomainError as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def test_one_has_it_and_the_other_is_told():
    at = network()
    for number in range(1, 9):
        place = bed(at.worker, at.shelter, number=number)
        brought = at_once(lambda: held(at.clerk), lambda: held(at.second))
        assert sorted(isinstance(one, Hold) for one in brought) == [False, True]
        assert "shelters.taken" in brought
        assert Taking.objects.running().filter(place=place).count() == 1
        assert Hold.objects.count() == number, "nothing of the other one was kept"


def test_a_hold_and_somebody_at_the_door_do_not_share_a_bed():
    at = network()
    place = bed(at.worker, at.shelter)
    brought = at_once(lambda: held(at.clerk), lambda: arrived(at.worker, place))
    assert sorted(type(one).__name__ for one in brought) in (["Hold", "str"], ["Stay", "str"])
    assert "shelters.taken" in brought and Hold.objects.count() + Stay.objects.count() == 1


def test_a_hold_that_just_ran_out_goes_to_one_of_two():
    at = network()
    place = bed(at.worker, at.shelter)
    held(at.clerk)
    later = NOW + 2 * HOUR
    brought = at_once(lambda: held(at.second, now=later), lambda: held(at.police, now=later))
    assert "shelters.taken" in brought and Taking.objects.running().filter(place=place).count() == 1
    assert Taking.objects.filter(place=place, how="expired").count() == 1
