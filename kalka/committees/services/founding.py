"""A project, a committee in it, what it is founded on, and who approved it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid5

from django.db.models import Max

from kalka.access import services as access
from kalka.committees import rules, selectors
from kalka.committees.models import Approval as ApprovalRow
from kalka.committees.models import Charter, Committee, Project
from kalka.committees.once import again
from kalka.committees.rules import Approval, Founding, NewProject
from kalka.core.actors import Actor, organisation_holder
from kalka.core.clock import day_of
from kalka.core.commands import command
from kalka.core.datafile import LANGUAGES
from kalka.core.errors import AccessDenied, DomainError, Stale
from kalka.core.permissions import Permission
from kalka.core.refs import new_id
from kalka.directory import selectors as directory
from kalka.directory import services as bodies
from kalka.places import selectors as places
from kalka.vault.classes import Klass
from kalka.vault.keys import new_keys

KIND = "committee"
CALLED = {"ky": "Жергиликтүү комитет: {place}", "ru": "Местный комитет: {place}", "en": "Local committee: {place}"}
KLASSES = (Klass.IDENTITY, Klass.NARRATIVE, Klass.CONTACT)


@command("committees.start_project", needs=Permission.COMMITTEE_FOUND)
def start_project(actor: Actor, *, id: UUID, told: NewProject, now: datetime) -> Project:
    if (known := again(Project, actor, id)) is not None:
        return known
    rules.check_project(told, LANGUAGES)
    return Project.objects.create(
        id=id,
        name=dict(told.name),
        donor=dict(told.donor),
        supporters={region: dict(words) for region, words in told.supporters.items()},
        since=told.since,
        until=told.until,
        author_id=actor.user_id,
        at=now,
    )


@command("committees.found", needs=Permission.COMMITTEE_FOUND)
def found(
    actor: Actor,
    *,
    id: UUID,
    place: str,
    told: Founding,
    now: datetime,
    organisation_id: int | None = None,
    approvals: Sequence[Approval] = (),
) -> Committee:
    """Write down that a unit has a committee now; with `organisation_id`, that one which stands here already is it.

    Refuses what is not an aimak, a town, a city or a part of one, a unit outside the own territory, and a unit that
    has a committee whose term runs.
    """
    if (known := again(Committee, actor, id, place=place)) is not None:
        return known
    rules.check_founding(told, today=day_of(now))
    selectors.ensure_free(actor, place, told)
    if organisation_id is None:
        organisation_id = bodies.found_committee(actor, name=_called(place), place=place, now=now).pk
    standing = directory.organisation(organisation_id)
    if standing is None or standing.kind != KIND or standing.place != place:
        raise DomainError("committees.not_an_answer", field="place")
    made = _made(actor, id=id, organisation_id=organisation_id, place=place, told=told, now=now)
    for one in approvals:
        approve(actor, id=uuid5(id, one.by), committee_id=id, told=one, now=now)
    return made


@command("committees.describe", needs=Permission.COMMITTEE_KEEP)
def describe(actor: Actor, *, id: UUID, told: Founding, now: datetime) -> Charter:
    """What the actor's own committee is founded on. What was said before stays. Writes it down where nobody has."""
    if (known := again(Charter, actor, id)) is not None:
        return known
    rules.check_founding(told, today=day_of(now))
    organisation = directory.organisation(actor.organisation_id or 0)
    if organisation is None or organisation.kind != KIND:
        raise AccessDenied("committees.unknown")
    directory.hold(organisation.id)
    committee = Committee.objects.filter(organisation=organisation.id).first()
    if committee is None:
        made = _made(
            actor,
            id=new_id(),
            organisation_id=organisation.id,
            place=organisation.place,
            told=told,
            now=now,
            charter=id,
        )
        return made.charters.get()
    return _charter(actor, committee, id=id, told=told, now=now)


@command("committees.approve", needs=Permission.COMMITTEE_READ)
def approve(actor: Actor, *, id: UUID, committee_id: UUID, told: Approval, now: datetime, year: int = 0) -> ApprovalRow:
    """The head or the kenesh approved the committee, or with a `year` its plan. Once by each.

    For its secretary and for whoever founds committees in its territory.
    """
    committee = selectors.get_own_or_near(actor, committee_id)
    if (known := again(ApprovalRow, actor, id, committee=committee)) is not None:
        return known
    rules.check_approval(told, today=day_of(now))
    if ApprovalRow.objects.filter(committee=committee, year=year, by=told.by).exists():
        raise Stale("committees.approved_already", field="by")
    return ApprovalRow.objects.create(
        id=id,
        committee=committee,
        year=year,
        by=told.by,
        on=told.on,
        act=told.number.strip(),
        author_id=actor.user_id,
        at=now,
    )


def _made(
    actor: Actor,
    *,
    id: UUID,
    organisation_id: int,
    place: str,
    told: Founding,
    now: datetime,
    charter: UUID | None = None,
) -> Committee:
    if Committee.objects.filter(organisation=organisation_id).exists():
        raise Stale("committees.unit_has_one", field="place")
    committee = Committee.objects.create(
        id=id, organisation_id=organisation_id, place=place, author_id=actor.user_id, at=now
    )
    new_keys(committee.compartment, KLASSES)
    access.grant(committee.compartment, organisation_holder(organisation_id), why="committee", now=now)
    _charter(actor, committee, id=charter or new_id(), told=told, now=now)
    return committee


def _charter(actor: Actor, committee: Committee, *, id: UUID, told: Founding, now: datetime) -> Charter:
    last = committee.charters.aggregate(last=Max("number"))["last"] or 0
    return Charter.objects.create(
        id=id,
        committee=committee,
        number=last + 1,
        project=_project(told.project),
        proposed_on=told.proposed_on,
        proposal=told.proposal.strip(),
        no_earlier=told.no_earlier,
        no_other=told.no_other,
        since=told.since,
        until=told.until,
        author_id=actor.user_id,
        at=now,
    )


def _project(code: str) -> Project | None:
    if not code:
        return None
    found = next((one for one in Project.objects.all() if str(one.id) == code), None)
    if found is None:
        raise DomainError("committees.not_an_answer", field="project")
    return found


def _called(place: str) -> dict[str, str]:
    return {lang: words.format(place=places.name(place, lang)) for lang, words in CALLED.items()}
