from datetime import timedelta

import pytest

from kalka.cases.tests.factories import in_a_command
from kalka.committees import facts, selectors, services
from kalka.committees.facts import CommitteeFact, MemberFact, TargetFact
from kalka.committees.rules import Approval, Office, Region, State
from kalka.committees.tests.factories import AIMAK, FOUNDED, NOW, RAION, TODAY, added, founded
from kalka.core.refs import new_id
from kalka.prevention.rules import NewEvent
from kalka.prevention.services import record_event

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def at():
    return founded()


def test_figures_know_where_a_committee_is_and_how_it_stands(at):
    def fact(**more):
        told = {"until": None, "project": str(at.project), "approved": False, "state": State.HAS}
        key = {"key": at.committee, "on": FOUNDED, "place": AIMAK, "region": Region.NORTH}
        return CommitteeFact(**key, organisation=at.organisation, **told | more)

    assert facts.committees(on=TODAY) == [fact()]
    for by in ("head", "kenesh"):
        services.approve(at.raion, id=new_id(), committee_id=at.committee, told=Approval(by, FOUNDED), now=NOW)
    later = TODAY.replace(year=2027)
    assert facts.committees(on=later) == [fact(approved=True, state=State.SLEEPING)]
    in_a_command(lambda: services.worked(at.organisation, "event", on=later))
    assert facts.committees(on=later) == [fact(approved=True)]


def test_figures_know_members_by_code_and_targets_as_last_said(at):
    added(at.secretary, office="chair")
    for count in (4, 6):
        services.set_plan(at.secretary, id=new_id(), year=2026, targets={"sittings": count}, now=NOW)
    found = facts.members(on=TODAY)
    assert len(found) == 3
    assert MemberFact(FOUNDED, AIMAK, at.organisation, "health", Office.CHAIR, False) in found
    assert facts.targets(2026) == [TargetFact(2026, at.organisation, AIMAK, "sittings", 6)]


def test_coverage_is_counted_once_a_unit_and_a_city_of_parts_by_its_parts(at):
    units = selectors.coverage(at.ministry, on=TODAY)
    assert len({one.place for one in units}) == len(units)
    assert [(one.place, one.state) for one in units if one.committee] == [(AIMAK, State.HAS)]
    near = selectors.coverage(at.ministry, place=RAION, on=TODAY)
    assert {one.raion for one in near} == {RAION}
    assert [one.place for one in selectors.coverage(at.ministry, project=str(at.project), on=TODAY)] == [AIMAK]
    later = selectors.coverage(at.ministry, place=RAION, on=TODAY.replace(year=2028))
    assert [one.state for one in later if one.committee] == [State.SLEEPING]


def test_a_meeting_with_the_population_keeps_a_committee_awake_too(at):
    later = TODAY.replace(year=2028)
    assert facts.committees(on=later)[0].state == State.SLEEPING
    told = NewEvent(kind="meeting", on=TODAY, place=AIMAK, people=40)
    record_event(at.secretary, id=new_id(), told=told, now=NOW)
    assert selectors.own(at.secretary).worked == TODAY
    assert facts.committees(on=TODAY + timedelta(days=183))[0].state == State.HAS
