"""The register across cases."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db.models import Q

from kalka.access import selectors as access
from kalka.access.rules import Scope
from kalka.cases import selectors as cases
from kalka.core import sight
from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission
from kalka.orders.lines import OrderLine, lines
from kalka.orders.models import OrderNumber, ProtectionOrder, Service

SIZE = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """`opens`: the whole file is shown to the actor, so that the order has a page for them."""

    ref: str
    line: OrderLine
    opens: bool


@dataclass(frozen=True, slots=True)
class OrderList:
    """`following` is the last order of this page where there are more. `may_watch`: the actor sees who is monitored."""

    entries: tuple[Entry, ...]
    following: UUID | None
    may_watch: bool = False


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
    following = found[size - 1].pk if len(found) > size else None
    return OrderList(entries, following, actor.may(Permission.VISIT_LOG))


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
