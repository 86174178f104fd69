"""Days on which a lawyer is in a village, and what they came to in figures."""

from datetime import date, datetime
from uuid import UUID

from kalka.core import clock
from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.errors import AccessDenied, DomainError, Stale
from kalka.core.permissions import Permission
from kalka.legalaid import rules
from kalka.legalaid.models import ConsultationDay, ConsultationHeld
from kalka.legalaid.rules import Held
from kalka.places import selectors as places


@command("legalaid.plan_day", needs=Permission.LEGAL_WORK)
def plan_day(actor: Actor, *, id: UUID, place: str, on: date, now: datetime) -> ConsultationDay:
    """Of the own office. Refuses a day that is past, and the same village twice on a day."""
    if (again := ConsultationDay.objects.filter(pk=id).first()) is not None:
        return _own(actor, again)
    rules.check_day(on, today=clock.day_of(now))
    if place not in places.infos([place]):
        raise DomainError("legalaid.not_an_answer", field="place")
    if ConsultationDay.objects.filter(organisation=actor.organisation_id, place=place, on=on).exists():
        raise Stale("legalaid.day_is_planned", field="on")
    return ConsultationDay.objects.create(
        id=id, organisation_id=actor.organisation_id or 0, place=place, on=on, author_id=actor.user_id, at=now
    )


@command("legalaid.note_held", needs=Permission.LEGAL_WORK)
def note_held(actor: Actor, *, id: UUID, day_id: UUID, told: Held, now: datetime) -> ConsultationHeld:
    """How many came and what they asked about; nobody's name. Refuses a day to come, and one that was told."""
    day = ConsultationDay.objects.filter(pk=day_id).first()
    if day is None:
        raise AccessDenied("legalaid.unknown")
    _own(actor, day)
    if (again := ConsultationHeld.objects.filter(pk=id, day=day).first()) is not None:
        return again
    rules.check_held(told)
    rules.past("women", day.on, clock.day_of(now))
    if ConsultationHeld.objects.filter(day=day).exists():
        raise Stale("legalaid.day_was_told")
    figures = {"women": told.women, "men": told.men, **told.topics}
    return ConsultationHeld.objects.create(id=id, day=day, author_id=actor.user_id, at=now, **figures)


def _own(actor: Actor, day: ConsultationDay) -> ConsultationDay:
    if day.organisation_id != actor.organisation_id:
        raise AccessDenied("legalaid.unknown")
    return day
