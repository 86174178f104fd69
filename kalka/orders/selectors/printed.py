"""What the papers of an order say of its service and its extension. Nothing sealed."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from kalka.core.actors import Actor
from kalka.directory import selectors as directory
from kalka.lawbook.book import Provision
from kalka.orders.models import Extension, Service
from kalka.orders.rules import How
from kalka.orders.selectors.orders import get_order


@dataclass(frozen=True, slots=True)
class Served:
    at: datetime
    how: str
    refused: bool


@dataclass(frozen=True, slots=True)
class Extended:
    on: date
    until: date
    authority: str
    basis: Provision


def last_service(actor: Actor, ref: str, order_id: UUID, *, now: datetime) -> Served | None:
    """None while the respondent was not told."""
    order = get_order(actor, ref, order_id, now=now)
    row = Service.objects.filter(order=order).exclude(how=How.NOT_FOUND).order_by("-at", "-id").first()
    return Served(row.at, row.how, row.refused) if row else None


def longest_extension(actor: Actor, ref: str, order_id: UUID, *, now: datetime) -> Extended | None:
    order = get_order(actor, ref, order_id, now=now)
    row = Extension.objects.filter(order=order).order_by("-until", "-id").first()
    if row is None:
        return None
    names = {one.id: one.name() for one in directory.organisations()}
    return Extended(row.on, row.until, names.get(row.authority_id, ""), Provision.from_json(row.basis))
