"""Who was found to have committed violence, for what the law asks of them afterwards. Asked by the installation."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission
from kalka.core.sight import beyond
from kalka.proceedings.grounds import grounds
from kalka.proceedings.models import ProceedingEnd
from kalka.proceedings.rules import How


@dataclass(frozen=True, slots=True)
class Sentenced:
    """`post` wrote the decision down, which was taken `on` a day."""

    proceeding: UUID
    subject_id: UUID
    person: UUID
    post: int | None
    on: date


def sentenced(actor: Actor, *, since: date, but: QuerySet[Any, Any], most: int) -> tuple[Sentenced, ...]:
    """Found guilty of family violence from a day on, less those named, the oldest first.

    Not of what a sentence itself threatens, and not of an article that only whoever wrote it down knows: whether that
    is violence is not said.
    """
    if not actor.may(Permission.SYSTEM):
        raise AccessDenied("core.not_permitted")
    violence = [code for code, one in grounds().items() if one.is_violence]
    rows = _standing().filter(on__gte=since, proceeding__ground__in=violence).exclude(proceeding__in=but)
    found = rows.select_related("proceeding").order_by("on", "id")[:most]
    return tuple(
        Sentenced(one.proceeding_id, one.subject_id, one.proceeding.person_id, one.post_id, one.on) for one in found
    )


@beyond()
def overturned(actor: Actor, proceedings: Collection[UUID]) -> frozenset[UUID]:
    """Of which of these the last decision no longer says guilty. Ids alone, of what the actor was shown already."""
    if not actor.permissions:
        raise AccessDenied("core.not_permitted")
    if not proceedings:
        return frozenset()
    guilty = _standing().filter(proceeding__in=proceedings).values_list("proceeding", flat=True)
    return frozenset(proceedings) - set(guilty)


def _standing() -> QuerySet[ProceedingEnd]:
    """Guilty, and nothing was decided after it."""
    later = ProceedingEnd.objects.filter(proceeding=OuterRef("proceeding"), number__gt=OuterRef("number"))
    return ProceedingEnd.objects.filter(~Exists(later), how=How.GUILTY)
