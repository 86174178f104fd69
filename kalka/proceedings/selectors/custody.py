"""Who is held, and when the door opens."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import OuterRef, Subquery

from kalka.access import selectors as access
from kalka.access.rules import Scope
from kalka.core.actors import SYSTEM_ID, Actor
from kalka.core.errors import AccessDenied
from kalka.people import selectors as people
from kalka.proceedings.lines import CustodyLine, custodies
from kalka.proceedings.models import Custody, ReleasePlan
from kalka.vault.classes import Klass


@dataclass(frozen=True, slots=True)
class Held:
    """Whoever holds somebody must know whom: the name of that person, and of nobody else."""

    line: CustodyLine
    name: str = field(repr=False)
    whole: bool  # the file is shown to the actor


@dataclass(frozen=True, slots=True)
class Coming:
    """A release that is planned and has not come."""

    custody_id: UUID
    subject_id: UUID
    case_ref: str
    person_id: UUID
    until: datetime


def get_custody(actor: Actor, custody_id: UUID, *, now: datetime) -> Custody:
    """For whoever sees the file, and for whoever was asked to say when the release is."""
    rows = Custody.objects.filter(pk=custody_id)
    row = access.visible(actor, rows, now=now, scope=Scope.DUTIES).first()
    if row is None:
        raise AccessDenied("proceedings.unknown")
    return row


def held_page(actor: Actor, custody_id: UUID, *, now: datetime) -> Held:
    """Leaves the read entry `proceedings.held`. Only the keys of names are opened, and one name is given."""
    row = get_custody(actor, custody_id, now=now)
    keys = access.unlock(
        actor, [row.subject_id], what="proceedings.held", now=now, klasses=[Klass.IDENTITY], scope=Scope.DUTIES
    )
    name = next((one.name for one in people.persons(actor, row.subject_id, keys) if one.id == row.person_id), "")
    whole = access.sees(actor, row.subject_id, now=now)
    return Held(custodies([row])[0], name, whole)


def held(actor: Actor, subject_id: UUID, *, now: datetime) -> tuple[CustodyLine, ...]:
    """Who of a file is held now."""
    rows = access.visible(actor, Custody.objects.filter(subject_id=subject_id, release=None), now=now)
    return custodies(rows.order_by("-begun_at", "id"))


def coming_releases(actor: Actor, *, before: datetime, now: datetime) -> tuple[Coming, ...]:
    """Those planned to come before a moment, the soonest first, also those that should have come: of the files the
    actor sees; the installation itself sees all. For whoever tells the person in danger."""
    last = ReleasePlan.objects.filter(custody=OuterRef("pk")).order_by("-number").values("until")[:1]
    rows = Custody.objects.filter(release=None).annotate(until=Subquery(last)).filter(until__lt=before)
    seen = rows if actor.user_id == SYSTEM_ID else access.visible(actor, rows, now=now)
    return tuple(
        Coming(row.pk, row.subject_id, row.case_ref, row.person_id, row.until) for row in seen.order_by("until", "id")
    )
