"""The orders of one case."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from kalka.access import selectors as access
from kalka.access.rules import Scope
from kalka.cases import selectors as cases
from kalka.core.actors import Actor
from kalka.core.blockers import Blocker
from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission
from kalka.core.timeline import TimelineItem
from kalka.orders import happened
from kalka.orders.lines import OrderLine, lines
from kalka.orders.models import ProtectionOrder, dated
from kalka.orders.rules import State
from kalka.vault.keys import Keys


@dataclass(frozen=True, slots=True)
class Panel:
    """For the card of a case: what runs now. Numbers and names stay shut."""

    orders: tuple[OrderLine, ...]
    may_register: bool


def get_order(actor: Actor, ref: str, order_id: UUID, *, now: datetime, scope: Scope = Scope.FILE) -> ProtectionOrder:
    """An order of a case, with what its records say; AccessDenied for one of another case as for none."""
    case = cases.get_case(actor, ref, now=now, scope=scope)
    order = ProtectionOrder.objects.dated().filter(case=case, pk=order_id).first()
    if order is None:
        raise AccessDenied("orders.unknown")
    return order


def order_line(actor: Actor, ref: str, order_id: UUID, *, now: datetime) -> OrderLine:
    return lines([get_order(actor, ref, order_id, now=now)], now)[0]


def of_case(actor: Actor, subject_id: UUID, *, now: datetime) -> tuple[OrderLine, ...]:
    """Every order of a file, the one issued last first."""
    return lines(_orders(actor, subject_id, now).order_by("-issued_at", "id"), now)


def running(actor: Actor, subject_id: UUID, *, now: datetime) -> tuple[OrderLine, ...]:
    """Those that protect at this moment, also while their number is to be completed."""
    return lines(_running(actor, subject_id, now).order_by("-issued_at", "id"), now)


def runs(actor: Actor, subject_id: UUID, *, now: datetime) -> bool:
    return _running(actor, subject_id, now).exists()


def ran_on(actor: Actor, subject_id: UUID, on: date, *, now: datetime) -> tuple[UUID, ...]:
    """The orders of a file that ran at any time of a day, the one issued last first."""
    orders = _orders(actor, subject_id, now).order_by("-issued_at", "id")
    return tuple(order.pk for order in orders if dated(order).ran_on(on))


def panel(actor: Actor, case: cases.CaseHead, *, now: datetime) -> Panel:
    return Panel(running(actor, case.subject_id, now=now), actor.may(Permission.ORDER_REGISTER))


def open_work(actor: Actor, subject_id: UUID, *, now: datetime) -> tuple[Blocker, ...]:
    """A case is not closed while an order runs or is to begin, was never served, or has no number."""
    return tuple(blocker for order in of_case(actor, subject_id, now=now) for blocker in _blockers(order))


def timeline(actor: Actor, subject_id: UUID, *, now: datetime, keys: Keys | None = None) -> list[TimelineItem]:
    """What happened with the orders of a file. `keys` open what was told of it."""
    return happened.of_orders(of_case(actor, subject_id, now=now), keys)


def _orders(actor: Actor, subject_id: UUID, now: datetime) -> QuerySet[ProtectionOrder]:
    return access.visible(actor, ProtectionOrder.objects.dated().filter(subject_id=subject_id), now=now)


def _running(actor: Actor, subject_id: UUID, now: datetime) -> QuerySet[ProtectionOrder]:
    return access.visible(actor, ProtectionOrder.objects.running(now).filter(subject_id=subject_id), now=now)


def _blockers(order: OrderLine) -> list[Blocker]:
    facts: dict[str, object] = {"url": reverse("orders:order", args=[order.ref, order.id]), "until": order.last_day}
    found = []
    if order.state == State.NOT_YET:
        found.append(Blocker("orders.to_begin", facts))
    if order.runs:
        found.append(Blocker("orders.running", facts))
        if not order.served:
            found.append(Blocker("orders.unserved", facts))
    if order.pending:
        found.append(Blocker("orders.no_number", facts))
    return found
