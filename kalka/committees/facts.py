"""What figures may know of committees: where they are, how they stand, who sits in them by code, what they plan."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kalka.committees import data, rules
from kalka.committees.models import Approval, Charter, Committee, PlanTarget, Seat, Undertaking, Worked
from kalka.committees.rules import Approver, Office, Region, State
from kalka.directory import selectors as directory
from kalka.directory.info import SeatInfo
from kalka.prevention import facts as prevention

ROLES = ("committee_secretary", "committee_member")


@dataclass(frozen=True, slots=True)
class CommitteeFact:
    """`key` leads to its page. `state`: as of the day that was asked about; lacking when its term does not run."""

    key: UUID
    on: date  # the first day of its term
    until: date | None
    place: str
    region: Region
    organisation: int
    project: str
    approved: bool  # by the head and by the kenesh
    state: State


@dataclass(frozen=True, slots=True)
class MemberFact:
    """Somebody sits in a committee; who it is is not told. Whoever holds two posts of it counts once."""

    on: date  # since when
    place: str
    organisation: int
    category: str
    office: Office
    undertaken: bool


@dataclass(frozen=True, slots=True)
class TargetFact:
    year: int
    organisation: int
    place: str
    target: str
    count: int


def committees(*, on: date) -> list[CommitteeFact]:
    """All there ever were, by place."""
    charters = {row.committee_id: row for row in Charter.objects.order_by("number")}
    approved: dict[UUID, set[str]] = {}
    for id, by in Approval.objects.filter(year=0, on__lte=on).values_list("committee_id", "by"):
        approved.setdefault(id, set()).add(by)
    worked: dict[UUID, date] = {}
    for id, day in Worked.objects.values_list("committee_id", "on"):
        worked[id] = max(day, worked.get(id, day))
    rows, events = list(Committee.objects.order_by("place", "id")), prevention.last_days()
    for row in rows:
        days = [day for day in (worked.get(row.id), events.get(row.organisation_id)) if day is not None]
        if days:
            worked[row.id] = max(days)
    return [_committee(row, charters[row.id], approved.get(row.id, set()), worked.get(row.id), on) for row in rows]


def members(*, on: date) -> list[MemberFact]:
    """Of every committee that is written down, on the day."""
    offices = {row.holding_id: Office(row.office) for row in _seats(on)}
    signed = set(Undertaking.objects.filter(signed_on__lte=on).values_list("holding_id", flat=True))
    found = []
    written = list(Committee.objects.order_by("place").values_list("place", "organisation_id"))
    seats = directory.seats_of([organisation for _, organisation in written], on)
    for place, organisation in written:
        people = {one.user_id: one for one in seats.get(organisation, ()) if one.role in ROLES}
        found += [_member(one, place, organisation, offices, signed) for one in people.values()]
    return found


def targets(year: int) -> list[TargetFact]:
    """As last said."""
    rows = PlanTarget.objects.filter(year=year).order_by("number").select_related("committee")
    latest = {(row.committee_id, row.target): row for row in rows}
    return [
        TargetFact(row.year, row.committee.organisation_id, row.committee.place, row.target, row.count)
        for row in latest.values()
    ]


def _seats(on: date) -> list[Seat]:
    return list(Seat.objects.filter(since__lte=on).exclude(until__lt=on).order_by("since", "at"))


def _committee(row: Committee, charter: Charter, approved: set[str], worked: date | None, on: date) -> CommitteeFact:
    return CommitteeFact(
        key=row.id,
        on=charter.since,
        until=charter.until,
        place=row.place,
        region=data.region(row.place),
        organisation=row.organisation_id,
        project=str(charter.project_id or ""),
        approved=approved == set(Approver),
        state=rules.state(charter.since, charter.until, worked, on=on, asleep_after=data.asleep_after()),
    )


def _member(one: SeatInfo, place: str, organisation: int, offices: dict[int, Office], signed: set[int]) -> MemberFact:
    fallback = Office.SECRETARY if one.role == ROLES[0] else Office.MEMBER
    return MemberFact(one.since, place, organisation, one.category, offices.get(one.id, fallback), one.id in signed)
