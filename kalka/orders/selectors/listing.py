"""The register across cases, and the question on the road: is this number an order, and does it run?"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db.models import Q

from kalka.access import selectors as access
from kalka.access.rules import Scope
from kalka.cases import selectors as cases
from kalka.core import audit, sight
from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission
from kalka.orders.lines import OrderLine, lines
from kalka.orders.models import OrderNumber, ProtectionOrder, Service
from kalka.orders.numbers import number_key
from kalka.orders.rules import fold_number

SIZE = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """`opens`: the whole file is shown to the actor, so that the order has a page for them."""

    ref: str
    line: OrderLine
    opens: bool


@dataclass(frozen=True, slots=True)
class OrderList:
    """`following` is the last order of this page where there are more."""

    entries: tuple[Entry, ...]
    following: UUID | None


@dataclass(frozen=True, slots=True)
class Found:
    """An order of that number. `ref` is empty where the case is not shown to the actor."""

    line: OrderLine
    ref: str


def register(actor: Actor, *, now: datetime, after: UUID | None = None, size: int = SIZE) -> OrderList:
    """The orders of the cases the actor oversees or works on, the newest first: no name, no number, no narrative."""
    orders = access.visible(actor, ProtectionOrder.objects.dated(), now=now, scope=Scope.ORDERS)
    begin = orders.filter(pk=after).first() if after else None
    if begin is not None:
        older = Q(issued_at__lt=begin.issued_at) | Q(issued_at=begin.issued_at, pk__gt=begin.pk)
        orders = orders.filter(older)
    found = list(orders.order_by("-issued_at", "id")[: size + 1])
    shown = lines(found[:size], now)
    subjects = {line.subject_id for line in shown}
    refs = cases.refs(actor, subjects, now=now, scope=Scope.ORDERS)
    open_ = cases.refs(actor, subjects, now=now, scope=Scope.FILE)
    entries = tuple(Entry(refs[line.subject_id], line, line.subject_id in open_) for line in shown)
    return OrderList(entries, found[size - 1].pk if len(found) > size else None)


def entry(actor: Actor, order_id: UUID, *, now: datetime) -> Entry:
    """One order of the register; AccessDenied for one that is not shown as for none."""
    one = ProtectionOrder.objects.dated().filter(pk=order_id)
    order = access.visible(actor, one, now=now, scope=Scope.ORDERS).first()
    if order is None:
        raise AccessDenied("orders.unknown")
    return Entry(order.case_ref, lines([order], now)[0], access.sees(actor, order.subject_id, now=now))


def is_there(actor: Actor, id: UUID, what: Literal["order", "number", "service"] = "order") -> bool:
    """Whether the actor wrote this down under this id."""
    mine = Q(pk=id, author_id=actor.user_id)
    kinds = {"order": ProtectionOrder, "number": OrderNumber, "service": Service}
    with sight.beyond():
        return kinds[what]._default_manager.filter(mine).exists()


def lookup(actor: Actor, number: str, *, now: datetime) -> tuple[Found, ...]:
    """The orders of exactly this number, whoever issued them. Every question is recorded, also one without an answer.

    Says that there is one, who issued it and where it stands; the case only to whom it is shown. Of a subject the actor
    is walled off from, nothing.
    """
    if not actor.may(Permission.ORDER_READ):
        raise AccessDenied("core.not_permitted")
    same = (
        OrderNumber.objects.filter(number_key=number_key(number)) if fold_number(number) else OrderNumber.objects.none()
    )
    orders = access.unwalled(actor, ProtectionOrder.objects.dated().filter(pk__in=same.values("order")))
    with sight.beyond():
        found = lines(orders.order_by("-issued_at", "id"), now)
    subjects = {line.subject_id for line in found}
    audit.read(actor, "orders.lookup", subjects)
    refs = cases.refs(actor, subjects, now=now, scope=Scope.FILE)
    return tuple(Found(line, refs.get(line.subject_id, "")) for line in found)
