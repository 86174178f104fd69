"""Half-written forms, sealed under the writer's own key. Not commands: nothing has been said yet."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, models, transaction
from django.db.models import QuerySet

from kalka.accounts.models import Draft
from kalka.accounts.own import own_keys
from kalka.accounts.rules import DRAFT_FOR
from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied

LARGEST = 200_000  # characters of one draft
MOST = 20  # drafts of one writer
_KEY: "models.Field[Any, Any]" = Draft._meta.get_field("subject_id")  # as its own key: a UUID


def keep_draft(actor: Actor, *, id: UUID, kind: str, values: dict[str, Any], now: datetime) -> None:
    """Replace the writer's draft. Another's id answers like one nobody used; too large or too many are refused."""
    if actor.subject_id is None or sum(len(str(v)) for v in values.values()) > LARGEST:
        raise AccessDenied("accounts.draft_refused")
    try:
        with transaction.atomic():
            _keep(actor, id, kind, values, now)
    except IntegrityError:  # sent twice at the same moment: the other has just made it
        _keep(actor, id, kind, values, now)


def _keep(actor: Actor, id: UUID, kind: str, values: dict[str, Any], now: datetime) -> None:
    assert actor.subject_id is not None
    row = Draft.objects.filter(id=id).first()
    if row is None:
        if Draft.objects.filter(subject_id=actor.subject_id).count() >= MOST:
            oldest = Draft.objects.filter(subject_id=actor.subject_id).order_by("saved_at").values("id")[:1]
            Draft.objects.filter(id__in=list(oldest.values_list("id", flat=True))).delete()
        row = Draft(id=id, subject_id=actor.subject_id)
    elif row.subject_id != actor.subject_id:
        raise AccessDenied("accounts.draft_refused")
    row.kind, row.saved_at = kind, now
    own_keys(actor.subject_id).put(row, "values", values)
    row.save()


def draft(actor: Actor, *, id: UUID, now: datetime) -> dict[str, Any] | None:
    row = _mine(actor).filter(id=id, saved_at__gt=now - DRAFT_FOR).first()
    return None if row is None else dict(own_keys(row.subject_id).get(row, "values"))


def latest_draft(actor: Actor, *, kind: str, now: datetime) -> tuple[UUID, datetime, dict[str, Any]] | None:
    mine = _mine(actor).filter(kind=kind, saved_at__gt=now - DRAFT_FOR)
    row = mine.order_by("-saved_at").first()
    return None if row is None else (row.id, row.saved_at, dict(own_keys(row.subject_id).get(row, "values")))


def drop_draft(actor: Actor, *, id: UUID) -> None:
    """Every form that was sent asks this, and Django takes longer to build the question than to ask it."""
    if actor.subject_id is None:
        return
    mine = [_KEY.get_db_prep_value(value, connection) for value in (id, actor.subject_id)]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM accounts_draft WHERE id = %s AND subject_id = %s", mine)


def expire_drafts(*, now: datetime) -> int:
    return Draft.objects.filter(saved_at__lte=now - DRAFT_FOR).delete()[0]


def _mine(actor: Actor) -> QuerySet[Draft]:
    return Draft.objects.filter(subject_id=actor.subject_id) if actor.subject_id else Draft.objects.none()
