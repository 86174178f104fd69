"""Against whom orders were issued, for what the law asks of them afterwards. Asked by the installation alone."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from kalka.core import clock
from kalka.core.actors import Actor
from kalka.core.clock import day_of
from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission
from kalka.orders.models import ProtectionOrder


@dataclass(frozen=True, slots=True)
class Against:
    """`post` registered it; `person` is None where the order names nobody."""

    order: UUID
    subject_id: UUID
    case: UUID
    case_ref: str
    place: str
    person: UUID | None
    post: int | None
    on: date


def against(actor: Actor, *, since: date, but: QuerySet[Any, Any], most: int) -> tuple[Against, ...]:
    """The orders issued from a day on, less those named, the oldest first."""
    if not actor.may(Permission.SYSTEM):
        raise AccessDenied("core.not_permitted")
    begin = datetime.combine(since, time.min, tzinfo=clock.BISHKEK)
    rows = ProtectionOrder.objects.filter(issued_at__gte=begin).exclude(pk__in=but).order_by("issued_at", "id")
    return tuple(
        Against(
            one.pk,
            one.subject_id,
            one.case_id,
            one.case_ref,
            one.place,
            one.respondent_id,
            one.post_id,
            day_of(one.issued_at),
        )
        for one in rows[:most]
    )
