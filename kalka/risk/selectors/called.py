"""When something last asked for a new assessment. For jobs, which read no file."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Max

from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission
from kalka.risk.models import Trigger


def last_called(actor: Actor, kind: str, subject_ids: Collection[UUID]) -> dict[UUID, datetime]:
    """By file, where it ever did. Asked by the installation alone."""
    if not actor.may(Permission.SYSTEM):
        raise AccessDenied("core.not_permitted")
    rows = Trigger.objects.filter(kind=kind, subject_id__in=subject_ids).values("subject_id")
    return dict(rows.annotate(last=Max("recorded_at")).values_list("subject_id", "last"))
