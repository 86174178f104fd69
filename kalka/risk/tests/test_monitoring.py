"""Shares of nobody in particular, and none of too few."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission
from kalka.risk import selectors
from kalka.risk.selectors.monitoring import Share, _kept, _share
from kalka.risk.tests.factories import HOUR, NOW, all_no, assessed, world

pytestmark = [pytest.mark.django_db, pytest.mark.both]
DAY = timedelta(days=1)


@pytest.fixture
def at():
    found = world()
    found.lead = replace(found.lead, permissions=found.lead.permissions | {Permission.RISK_MONITOR})
    return found


def test_shares_are_counted_over_the_posts_of_the_territory(at):
    assessed(at.inspector, at.case, "high", answers=all_no(KG03="yes", KG05="unknown", KG10="na"))
    assessed(at.inspector, at.case, "extreme", "KG03", why="Кайра келди", now=NOW + HOUR)
    assessed(at.inspector, at.case, "extreme", answers={"KG01": "yes"}, judged="extreme", now=NOW + 2 * HOUR)
    page = selectors.monitoring(at.lead, now=NOW + 3 * HOUR)
    (line,) = page.lines
    assert (line.made, page.whole.made) == (3, 3)
    assert line.unknown == Share(round(20 * 100 / 59), 59)
    assert line.insufficient == Share(None, 3)
    assert (line.accepted, line.raised, line.overdue) == (Share(None, 3), Share(None, 3), Share(None, 1))
    late = selectors.monitoring(at.lead, now=NOW + 100 * DAY)
    assert (late.whole.made, late.whole.unknown) == (0, Share(None, 0))


def test_of_fewer_than_ten_no_share_is_told():
    found = [_share(3, whole) for whole in (0, 9, 10, 200)]
    assert found == [Share(None, 0), Share(None, 9), Share(30, 10), Share(2, 200)]


@pytest.mark.parametrize(("accepted", "alike"), [(94, False), (95, True), (100, True)])
def test_whoever_takes_nearly_everything_as_computed_is_pointed_at(accepted, alike):
    assert _kept("x", Counter(computed=100, accepted=accepted)).too_alike is alike


def test_others_see_nothing_and_another_territory_is_not_counted(at):
    assessed(at.inspector, at.case, "high", judged="high")
    with pytest.raises(AccessDenied):
        selectors.monitoring(at.inspector, now=NOW)
    assert selectors.monitoring(replace(at.lead, place=""), now=NOW).lines == ()
