"""Committees and projects: public facts about public bodies, for staff."""

from collections import defaultdict
from datetime import date
from uuid import UUID

from kalka.committees import data, rules
from kalka.committees.info import CommitteeView, ProjectView
from kalka.committees.models import Charter, Committee, Project, Worked
from kalka.committees.rules import Founding
from kalka.core.actors import SYSTEM_ID, Actor
from kalka.core.errors import AccessDenied, DomainError, Stale
from kalka.core.permissions import Permission
from kalka.directory import selectors as directory
from kalka.places import selectors as places
from kalka.places.rules import COUNTED
from kalka.prevention import facts as prevention

READERS = (Permission.COMMITTEE_READ, Permission.COMMITTEE_FOUND, Permission.STATISTICS_READ, Permission.SYSTEM)


def committee_of(actor: Actor) -> CommitteeView | None:
    """The committee of the actor's organisation, once it is written down."""
    found = _views(organisation=actor.organisation_id or 0)
    return found[0] if found else None


def own(actor: Actor) -> CommitteeView:
    """As `committee_of`; refuses where there is none."""
    found = committee_of(actor)
    if found is None:
        raise AccessDenied("committees.unknown")
    return found


def committees(actor: Actor, *, place: str = "", project: str = "") -> list[CommitteeView]:
    """All there ever were, within a place, of a project; in the order of their places."""
    if not any(actor.may(one) for one in READERS):
        raise AccessDenied("core.not_permitted")
    inside = places.within(place) if place else None
    return [
        one
        for one in _views()
        if (inside is None or one.place in inside)
        and (not project or (one.project is not None and str(one.project.id) == project))
    ]


def committee(actor: Actor, committee_id: UUID) -> CommitteeView:
    """One of them; whose it is does not matter for what is public."""
    found = next((one for one in committees(actor) if one.id == committee_id), None)
    if found is None:
        raise AccessDenied("committees.unknown")
    return found


def get_own_or_near(actor: Actor, committee_id: UUID) -> Committee:
    """For its own secretary, and for whoever founds committees in the territory it lies in."""
    row = Committee.objects.filter(id=committee_id).first()
    if row is None or not may_approve(actor, row):
        raise AccessDenied("committees.unknown")
    return row


def may_approve(actor: Actor, one: Committee | CommitteeView) -> bool:
    """Whether the actor may write down who approved it."""
    mine = actor.may(Permission.COMMITTEE_KEEP) and one.organisation_id == actor.organisation_id
    near = actor.user_id == SYSTEM_ID or one.place in places.within(actor.place)
    return mine or (actor.may(Permission.COMMITTEE_FOUND) and near)


def ensure_free(actor: Actor, place: str, told: Founding) -> None:
    """That the actor may found it there: in a unit of the own territory that has none in those years."""
    unit = places.get(place)
    if unit is None or unit.level not in COUNTED:
        raise DomainError("committees.not_a_unit", field="place")
    if actor.user_id != SYSTEM_ID and place not in places.within(actor.place):
        raise DomainError("committees.outside_territory", field="place")
    if any(rules.overlap(one.since, one.until, told.since, told.until) for one in committees(actor, place=place)):
        raise Stale("committees.unit_has_one", field="place")


def founding(actor: Actor, committee_id: UUID) -> Founding:
    """As last said."""
    row = Charter.objects.filter(committee=committee(actor, committee_id).id).order_by("-number").first()
    assert row is not None  # made with the committee
    return Founding(
        since=row.since,
        until=row.until,
        proposed_on=row.proposed_on,
        proposal=row.proposal,
        no_earlier=row.no_earlier,
        no_other=row.no_other,
        project=str(row.project_id or ""),
    )


def is_there(actor: Actor, id: UUID) -> bool:
    return Committee.objects.filter(id=id).exists()


def projects(actor: Actor) -> list[ProjectView]:
    return [_project(row) for row in Project.objects.order_by("since", "id")]


def _views(**only: int) -> list[CommitteeView]:
    """Four statements, however many there are. What was done with the population counts as work too."""
    rows = list(Committee.objects.filter(**only))
    if not rows:
        return []
    ids = [row.id for row in rows]
    charters = {
        row.committee_id: row
        for row in Charter.objects.filter(committee__in=ids).select_related("project").order_by("number")
    }
    last: dict[UUID, list[date]] = defaultdict(list)
    for id, on in Worked.objects.filter(committee__in=ids).values_list("committee_id", "on"):
        last[id].append(on)
    events = prevention.last_days()
    for row in rows:
        last[row.id] += [events[row.organisation_id]] if row.organisation_id in events else []
    found = [_view(row, charters[row.id], max(last[row.id], default=None)) for row in rows]
    return sorted(found, key=lambda one: (one.place, one.since, str(one.id)))


def _view(row: Committee, charter: Charter, worked: date | None) -> CommitteeView:
    organisation = directory.organisation(row.organisation_id)
    assert organisation is not None  # nothing is ever deleted
    return CommitteeView(
        id=row.id,
        organisation_id=row.organisation_id,
        names=organisation.names,
        place=row.place,
        region=data.region(row.place),
        project=_project(charter.project) if charter.project else None,
        since=charter.since,
        until=charter.until,
        worked=worked,
        compartment=row.compartment,
    )


def _project(row: Project) -> ProjectView:
    return ProjectView(row.id, row.name, row.donor, row.supporters, row.since, row.until)
