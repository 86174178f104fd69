"""The plan of a year, who approved it, and how far a new committee has come."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from kalka.committees import data, rules
from kalka.committees.models import Approval, LocalContact, PlanTarget, Worked
from kalka.committees.rules import Approver, Office, State, Step, Work
from kalka.committees.selectors.bodies import READERS, committee_of
from kalka.committees.selectors.members import members
from kalka.core import sight
from kalka.core.actors import Actor
from kalka.core.clock import day_of
from kalka.core.errors import AccessDenied

FEWEST = 3  # whoever sits alone is no committee: a chair, a secretary and one more


@dataclass(frozen=True, slots=True)
class GuideLine:
    step: Step
    done: bool
    next: bool
    count: int = 0  # how many are there, or are missing, where the step counts


def plan(actor: Actor, organisation_id: int, year: int) -> Mapping[str, int]:
    """The targets of a year as last said, by code. For the committee, and whoever may see all of them."""
    if actor.organisation_id != organisation_id and not any(actor.may(one) for one in READERS):
        raise AccessDenied("committees.unknown")
    rows = PlanTarget.objects.filter(committee__organisation=organisation_id, year=year).order_by("number")
    return dict(rows.values_list("target", "count"))


def approvals(actor: Actor, committee_id: UUID, *, year: int = 0) -> Mapping[Approver, tuple[date, str]]:
    rows = Approval.objects.filter(committee=committee_id, year=year)
    return {Approver(by): (on, act) for by, on, act in rows.values_list("by", "on", "act")}


def quiet(actor: Actor, *, now: datetime) -> bool:
    """Whether the actor's own committee counts as asleep."""
    one = committee_of(actor)
    if one is None:
        return False
    state = rules.state(one.since, one.until, one.worked, on=day_of(now), asleep_after=data.asleep_after())
    return state == State.SLEEPING


def guide(actor: Actor, *, now: datetime) -> list[GuideLine]:
    """What the own committee has done, and what comes next. An organisation that is not written down begins at one."""
    done, counts = _done(actor, now)
    first = rules.next_step(done)
    return [GuideLine(step, step in done, step == first, counts.get(step, 0)) for step in Step]


def _done(actor: Actor, now: datetime) -> tuple[set[Step], dict[Step, int]]:
    committee = committee_of(actor)
    if committee is None:
        return set(), {}
    today = day_of(now)
    seated = members(actor, committee.organisation_id, today)
    unsigned = sum(not one.undertaken for one in seated)
    with sight.beyond():
        known = LocalContact.objects.filter(subject_id=committee.compartment).exists()
    found = {
        Step.FOUNDING: True,
        Step.APPROVALS: len(approvals(actor, committee.id)) == len(Approver),
        Step.MEMBERS: len(seated) >= FEWEST,
        Step.OFFICES: {Office.CHAIR, Office.SECRETARY} <= {one.office for one in seated},
        Step.UNDERTAKINGS: bool(seated) and not unsigned,
        Step.WHO: known,
        Step.PLAN: bool(plan(actor, committee.organisation_id, today.year)),
        Step.SITTING: Worked.objects.filter(committee=committee.id, kind=Work.SITTING).exists(),
    }
    return {step for step, is_done in found.items() if is_done}, {
        Step.MEMBERS: len(seated),
        Step.UNDERTAKINGS: unsigned,
    }
