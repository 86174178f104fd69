"""Work in the queue, and work under way, of somebody who may not have it done any more."""

import pytest

from kalka.core.actors import Actor
from kalka.jobs.tests.factories import CLERK, DONE, SAID, queued, work
from kalka.jobs.tests.test_services import _ready, shown

pytestmark = [pytest.mark.django_db, pytest.mark.both]
__all__ = ["_ready"]
GONE = ("failed", "jobs.actor_may_no_longer", "")


def standing(job) -> tuple[str, str, str]:
    state, _done, _total, error, result = shown(job)
    return state, error, result


@pytest.mark.parametrize("now", [None, Actor(CLERK.user_id, frozenset(), post_id=3)])
def test_requirement_19_a_job_that_waits_ends_without_a_result(now):
    job = queued("jobs.counts_to_five")
    SAID["actor"] = now
    work()
    assert standing(job) == GONE
    assert DONE == []


@pytest.mark.parametrize("now", [None, Actor(CLERK.user_id, frozenset(), post_id=3)])
def test_requirement_19_a_job_under_way_ends_at_its_next_step(now):
    job = queued("jobs.counts_to_five")

    def taken_away(number: int) -> None:
        if number == 2:
            SAID["actor"] = now

    SAID["between"] = taken_away
    work()
    assert standing(job) == GONE
    assert [number for _cursor, number in DONE] == [0, 1, 2]
