"""The committees of the demo's staff, written down as what they are founded on."""

import pytest

from kalka.committees import selectors
from kalka.committees.rules import Region
from kalka.core import clock
from kalka.demo.crew import committees
from kalka.demo.founding import COORDINATOR, found_committees, secretary_of
from kalka.demo.staffing import staff

pytestmark = [pytest.mark.django_db]


def test_the_committees_that_stand_are_founded_once_in_their_project():
    now = clock.now()
    staff(now)
    assert len(found_committees(now)) == 3
    assert found_committees(now) == []
    found = selectors.committees(COORDINATOR)
    assert {one.place for one in found} <= set(committees())
    assert {(one.region, bool(one.supporter_here)) for one in found} == {(Region.NORTH, True), (Region.SOUTH, True)}
    uchkun = secretary_of(next(one.organisation_id for one in found if one.region == Region.NORTH), clock.day_of(now))
    left = [line.step for line in selectors.guide(uchkun, now=now) if not line.done]
    assert left == ["members", "who", "sitting"]
