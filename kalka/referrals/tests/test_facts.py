import pytest

from kalka.cases.tests.factories import DAY, NOW, TODAY
from kalka.core.extract import Extract
from kalka.referrals import facts
from kalka.referrals.tests import factories as make
from kalka.referrals.tests.factories import (
    answered,
    asked,
    chosen,
    noted,
    referred,
    track,
    track_step,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def at():
    return make.world()


def told(kind, at, **more):
    extract = Extract(before=NOW + 30 * DAY, until=TODAY + 30 * DAY, salt=b"s", **more)
    return [row for batch in kind(extract) for row in batch.rows]


def test_figures_know_how_long_somebody_waited_and_never_who(at):
    needs = asked(at, "psychological", "legal", urgency="now")
    chosen(at, needs["legal"], "refuses")
    declined = referred(at, needs["psychological"])
    answered(at, declined, "declined", "full", now=NOW + DAY)
    second = referred(at, needs["psychological"], at.line, instead_of=declined.pk, now=NOW + 2 * DAY)
    noted(at, second, "accepted", now=NOW + 2 * DAY)
    noted(at, second, "done", now=NOW + 9 * DAY)
    assert sorted((one.need, one.urgency, one.says, one.asked) for one in told(facts.needs, at)) == [
        ("legal", "now", "refuses", False),
        ("psychological", "now", "wants", True),
    ]
    found = sorted(told(facts.referrals, at), key=lambda one: one.on)
    assert [(one.to, one.state, one.answered, one.helped, one.term, one.late) for one in found] == [
        ("crisis_centre", "rerouted", "1", "waiting", False, False),
        ("outside", "done", "0", "4-7", False, False),
    ]
    assert not any(str(value) in repr(found) for value in (at.case.ref, declined.pk, at.she))


def test_figures_of_the_ways_tell_an_interview_that_was_held_twice(at):
    way = track(at, by="stranger", ago="h24")
    track_step(at, way, 5)
    track_step(at, way, 5, told="Үн жазылбай калган", now=NOW + DAY, on=TODAY + DAY)
    assert [(one.kind, one.by, one.ago, one.again) for one in told(facts.tracks, at)] == [
        ("sexual_violence", "stranger", "h24", True)
    ]
    assert sorted((one.step, one.outcome, one.after) for one in told(facts.track_steps, at)) == [
        ("interview", "done", "0"),
        ("interview", "done", "1"),
    ]
