"""Gender focal points and their heads: who they are, when they were trained, how often they are to be."""

from dataclasses import asdict
from datetime import date, datetime
from uuid import UUID

from kalka.access import services as grants
from kalka.core import clock
from kalka.core.actors import Actor, organisation_holder
from kalka.core.commands import command
from kalka.core.errors import DomainError
from kalka.core.permissions import Permission
from kalka.core.refs import new_id
from kalka.directory import selectors as directory
from kalka.training import rules, selectors
from kalka.training.keeping import again, kept
from kalka.training.models import FocalPoint, Learning, Period
from kalka.training.rules import NewFocal
from kalka.training.services.courses import WHY
from kalka.vault.classes import Klass
from kalka.vault.keys import new_keys
from kalka.vault.rows import repeated, written


@command("training.name_focal", needs=Permission.TRAINING_KEEP)
def name_focal(actor: Actor, *, id: UUID, told: NewFocal, now: datetime) -> FocalPoint:
    """Of a body of the directory. Refuses a day to come."""
    content = asdict(told)
    if there := repeated(FocalPoint, actor, id=id, content=content):
        return there
    known = {one.id for one in directory.organisations()}
    rules.check_focal(told, organisations=known, today=clock.day_of(now))
    subject = new_id()
    keys = new_keys(subject, [Klass.IDENTITY])
    row = FocalPoint(
        **written(actor, id=id, subject_id=subject, content=content, now=now),
        part=told.part,
        organisation_id=told.organisation_id,
        since=told.since,
    )
    if told.name.strip():
        keys.put(row, "name", told.name.strip())
    row.save(force_insert=True)
    grants.grant(subject, organisation_holder(actor.organisation_id or 0), why=WHY, now=now)
    return row


@command("training.note_learning", needs=Permission.TRAINING_KEEP)
def note_learning(
    actor: Actor, *, id: UUID, focal_id: UUID, on: date, course_id: UUID | None = None, now: datetime
) -> Learning:
    """A focal point was trained. Refuses a day to come."""
    focal = selectors.get_focal(actor, focal_id, now=now)
    content = [focal_id, on, course_id]
    if there := repeated(Learning, actor, id=id, content=content):
        return there
    rules.past("on", on, clock.day_of(now))
    course = selectors.get_course(actor, course_id) if course_id else None
    row = Learning(
        **written(actor, id=id, subject_id=focal.subject_id, content=content, now=now),
        focal=focal,
        on=on,
        course=course,
    )
    row.save(force_insert=True)
    return row


@command("training.set_period", needs=Permission.TRAINING_SET)
def set_period(actor: Actor, *, id: UUID, months: int, cite: str, now: datetime) -> Period:
    """How often, by the act that is cited. Refuses a period without one: no term is invented here."""
    content = [months, cite]
    if there := again(Period, actor, id=id, content=content):
        return there
    rules.within("months", months, 1, rules.MOST_MONTHS)
    if not cite.strip():
        raise DomainError("training.cite_missing", field="cite")
    rules.short("cite", cite, 200)
    return Period.objects.create(**kept(actor, id=id, content=content, now=now), months=months, cite=cite.strip())
