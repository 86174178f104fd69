"""Enrolments and groups as the actor may see them."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from kalka.access import selectors as access
from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied
from kalka.core.sight import beyond
from kalka.programmes.models import Enrolment, Group, Sending
from kalka.programmes.rules import Step


def get_enrolment(actor: Actor, enrolment_id: UUID, *, now: datetime) -> Enrolment:
    """One that the actor leads or has sent; AccessDenied for others as for none."""
    found = access.visible(actor, Enrolment.objects.staged().filter(pk=enrolment_id), now=now).first()
    if found is None:
        raise AccessDenied("programmes.unknown")
    return found


def get_led(actor: Actor, enrolment_id: UUID, *, now: datetime) -> Enrolment:
    """One that the actor's organisation runs now."""
    found = get_enrolment(actor, enrolment_id, now=now)
    if found.runs_at != actor.organisation_id:
        raise AccessDenied("programmes.unknown")
    return found


def get_group(actor: Actor, group_id: UUID) -> Group:
    group = Group.objects.filter(pk=group_id, organisation_id=actor.organisation_id or 0).first()
    if group is None:
        raise AccessDenied("programmes.unknown")
    return group


def is_enrolled(actor: Actor, subject_id: UUID, person_id: UUID, *, now: datetime) -> bool:
    """Whether somebody of a case is in a programme that has not ended, or finished one."""
    rows = Sending.objects.filter(subject_id=subject_id, person=person_id)
    sent = access.visible(actor, rows, now=now).values_list("enrolment_id", flat=True)
    with beyond():
        return Enrolment.objects.staged().filter(pk__in=list(sent)).exclude(Q(last=Step.ENDED)).exists()
