"""Single rows, for whoever of the committee may know of them. Who declared a conflict sees nothing of the item, nor
does whoever is shut out of the case: there the item is as if it were not."""

from collections.abc import Collection
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import QuerySet

from kalka.access import selectors as access
from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission
from kalka.sittings.models import CaseDecision, Conflict, Item, OwnDecision, Sitting

AnyDecision = CaseDecision | OwnDecision
D = TypeVar("D", CaseDecision, OwnDecision)


def get_sitting(actor: Actor, sitting_id: UUID, *, now: datetime) -> Sitting:
    """AccessDenied for another committee's as for none."""
    rows = access.visible(actor, Sitting.objects.filter(pk=sitting_id), now=now)
    found = rows.filter(organisation=actor.organisation_id or 0).first()
    if found is None:
        raise AccessDenied("sittings.unknown")
    return found


def get_item(actor: Actor, item_id: UUID, *, now: datetime) -> Item:
    found = items_of(actor, Item.objects.filter(pk=item_id), now=now).select_related("sitting").first()
    if found is None:
        raise AccessDenied("sittings.unknown")
    return found


def items_of(actor: Actor, rows: QuerySet[Item], *, now: datetime) -> QuerySet[Item]:
    mine = Conflict.objects.filter(user_id=actor.user_id).values("item")
    open_ = access.visible(actor, rows, now=now).exclude(pk__in=mine)
    return open_.exclude(about__isnull=False, about__in=access.walled_from(actor))


def get_decision(actor: Actor, decision_id: UUID, *, now: datetime) -> AnyDecision:
    """One the actor may know of: of an item that is shown."""
    for found in (_of(CaseDecision, actor, decision_id, now), _of(OwnDecision, actor, decision_id, now)):
        if found is not None:
            return found
    raise AccessDenied("sittings.unknown")


def decisions_of(
    actor: Actor, items: Collection[UUID], *, now: datetime
) -> tuple[list[CaseDecision], list[OwnDecision]]:
    """In the order they were taken. Two statements."""
    about = access.visible(actor, CaseDecision.objects.filter(item__in=items), now=now)
    own = access.visible(actor, OwnDecision.objects.filter(item__in=items), now=now)
    order = ("item__number", "number")
    return (
        list(about.select_related("item__sitting").order_by(*order)),
        list(own.select_related("item__sitting").order_by(*order)),
    )


def may_keep(actor: Actor, sitting: Sitting) -> bool:
    return actor.may(Permission.SITTING_KEEP) and actor.organisation_id == sitting.organisation_id


def _of(model: type[D], actor: Actor, decision_id: UUID, now: datetime) -> D | None:
    rows = access.visible(actor, model._default_manager.filter(pk=decision_id), now=now)
    found = rows.select_related("item__sitting").first()
    if found is None:
        return None
    get_item(actor, found.item_id, now=now)
    return found
