"""The whole register of orders, for a file: codes and days in batches, each recorded before it is given out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from kalka.access import selectors as access
from kalka.access.rules import Scope
from kalka.core import audit
from kalka.core.actors import Actor
from kalka.core.clock import day_of
from kalka.directory import selectors as directory
from kalka.orders.models import ProtectionOrder, dated
from kalka.orders.rules import State

AT_ONCE = 1_000  # as many as are sent at once: what may not be seen any more is not read ahead


@dataclass(frozen=True, slots=True)
class Line:
    """`authority` is empty where it is not known yet."""

    ref: str
    place: str
    authority: str
    issued_on: date
    starts: date
    last_day: date
    state: State
    served: bool


def whole_register(actor: Actor, *, now: Callable[[], datetime]) -> Iterator[tuple[Line, ...]]:
    """What `register` shows page by page, in its order: no name, no number, no narrative. A batch holds what may be
    seen at its own moment: a file takes long to send."""
    names = {one.id: one.name() for one in directory.organisations()}
    after: tuple[datetime, UUID] | None = None
    while True:
        at = now()
        found = _batch(actor, at, after)
        if found or after is None:
            audit.read(actor, "orders.whole_register", {order.subject_id for order in found})
        yield tuple(_line(order, names, at) for order in found)
        if len(found) < AT_ONCE:
            return
        after = (found[-1].issued_at, found[-1].pk)


def _batch(actor: Actor, now: datetime, after: tuple[datetime, UUID] | None) -> list[ProtectionOrder]:
    orders = access.visible(actor, ProtectionOrder.objects.dated(), now=now, scope=Scope.ORDERS)
    if after is not None:
        issued, pk = after
        orders = orders.filter(Q(issued_at__lt=issued) | Q(issued_at=issued, pk__gt=pk))
    columns = ("subject_id", "case_ref", "place", "issued_at", "starts", "ends")
    return list(orders.order_by("-issued_at", "id").only(*columns)[:AT_ONCE])


def _line(order: ProtectionOrder, names: dict[int, str], now: datetime) -> Line:
    told = dated(order)
    return Line(
        ref=order.case_ref,
        place=order.place,
        authority=names.get(order.issuer, "") if order.issuer else "",
        issued_on=day_of(order.issued_at),
        starts=order.starts,
        last_day=told.last_day,
        state=told.state(now),
        served=order.served,
    )
