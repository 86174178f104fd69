"""What a committee plans of its own work, whom it can turn to, and the last day it worked."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from uuid import UUID, uuid5

from django.db.models import Max

from kalka.access import selectors as access
from kalka.committees import rules, selectors
from kalka.committees.models import Committee, LocalContact, PlanTarget, Worked
from kalka.committees.once import again
from kalka.committees.rules import Known, Work
from kalka.core import commands
from kalka.core.actors import Actor
from kalka.core.clock import day_of
from kalka.core.commands import command
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.permissions import Permission
from kalka.lawbook.codes import subjects_on
from kalka.vault.rows import repeated, written


@command("committees.set_plan", needs=Permission.COMMITTEE_KEEP)
def set_plan(actor: Actor, *, id: UUID, year: int, targets: Mapping[str, int], now: datetime) -> list[PlanTarget]:
    """The own committee's targets of a year, each as last said. Own work alone can be planned."""
    committee = selectors.own(actor)
    rules.check_plan(year, targets, today=day_of(now))
    standing = selectors.plan(actor, committee.organisation_id, year)
    return [
        _target(actor, committee.id, id, year, code, count, now)
        for code, count in targets.items()
        if standing.get(code) != count
    ]


@command("committees.name_contact", needs=Permission.COMMITTEE_KEEP)
def name_contact(actor: Actor, *, id: UUID, subject: str, told: Known, now: datetime) -> LocalContact:
    """Who answers for a subject of the law here. Blank: nobody any more. What was said before stays."""
    committee = selectors.own(actor)
    if known := repeated(LocalContact, actor, id=id, content=[subject, asdict(told)]):
        return known
    rules.check_known(told)
    if subject not in {one.code for one in subjects_on(day_of(now))}:
        raise DomainError("committees.not_an_answer", field="subject")
    before = LocalContact.objects.filter(subject_id=committee.compartment, subject=subject)
    row = LocalContact(
        **written(actor, id=id, subject_id=committee.compartment, content=[subject, asdict(told)], now=now),
        subject=subject,
        number=(before.aggregate(last=Max("number"))["last"] or 0) + 1,
    )
    if told.name.strip() or told.phone.strip():
        said = {"name": told.name.strip(), "phone": told.phone.strip()}
        access.keys_for(actor, committee.compartment, now=now).put(row, "told", said)
    row.save(force_insert=True)
    return row


def worked(organisation_id: int, kind: str, *, on: date) -> bool:
    """A step of a committee's work was written down: it is awake. Says whether the organisation is a committee."""
    if not commands.inside():
        raise AccessDenied("core.outside_a_command")
    committee = Committee.objects.filter(organisation=organisation_id).first()
    if committee is None:
        return False
    row, made = Worked.objects.get_or_create(committee=committee, kind=Work(kind), defaults={"on": on})
    if not made and row.on < on:
        row.on = on
        row.save(update_fields=["on"])
    return True


def _target(actor: Actor, committee_id: UUID, id: UUID, year: int, code: str, count: int, now: datetime) -> PlanTarget:
    if (known := again(PlanTarget, actor, uuid5(id, code), committee=committee_id)) is not None:
        return known
    same = PlanTarget.objects.filter(committee=committee_id, year=year, target=code)
    return PlanTarget.objects.create(
        id=uuid5(id, code),
        committee_id=committee_id,
        year=year,
        number=same.count() + 1,
        target=code,
        count=count,
        author_id=actor.user_id,
        at=now,
    )
