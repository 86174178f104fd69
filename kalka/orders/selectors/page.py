"""The page of one order: its number and what was told of it. One read entry."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from kalka.access import selectors as access
from kalka.core.actors import Actor
from kalka.core.permissions import Permission
from kalka.core.timeline import TimelineItem
from kalka.orders import happened
from kalka.orders.lines import OrderLine, lines
from kalka.orders.models import Overlap, ProtectedPerson, ProtectionOrder
from kalka.orders.numbers import number_of
from kalka.orders.rules import State
from kalka.orders.selectors.listed import Elsewhere, told_otherwise
from kalka.orders.selectors.orders import get_order
from kalka.people import selectors as people
from kalka.people.selectors import PersonRef
from kalka.vault.classes import Klass


@dataclass(frozen=True, slots=True)
class OrderPage:
    """`note` holds conditions that are on no list. `may_*` say what can be written down now."""

    line: OrderLine
    number: str = field(repr=False)
    note: str = field(repr=False)
    protected: tuple[PersonRef, ...]
    respondent: PersonRef | None
    overlaps: tuple[OrderLine, ...]
    register: Elsewhere | None  # where the police register says otherwise
    timeline: tuple[TimelineItem, ...]
    may_write: bool
    may_note_breach: bool

    @property
    def may_complete(self) -> bool:
        return self.may_write and self.line.pending

    @property
    def may_serve(self) -> bool:
        return self.may_write and self.line.state is not State.NOT_YET and not self.line.served

    @property
    def may_end(self) -> bool:
        """Extend or revoke."""
        return self.may_write and self.line.runs


def order_page(actor: Actor, ref: str, order_id: UUID, *, now: datetime) -> OrderPage:
    order = get_order(actor, ref, order_id, now=now)
    klasses = [Klass.IDENTITY, Klass.NARRATIVE]
    keys = access.unlock(actor, [order.subject_id], what="orders.page", now=now, klasses=klasses)
    line = lines([order], now)[0]
    known = people.codes(actor, order.subject_id, now=now)
    return OrderPage(
        line=line,
        number=number_of(order, keys),
        note=keys.get(order, "note") or "",
        protected=tuple(known[one] for one in _protected_by(order) if one in known),
        respondent=known.get(order.respondent_id) if order.respondent_id else None,
        overlaps=lines(_overlapping(order), now),
        register=told_otherwise(actor, order),
        timeline=tuple(sorted(happened.of_orders([line], keys), key=lambda item: item.at, reverse=True)),
        may_write=actor.may(Permission.ORDER_REGISTER),
        may_note_breach=actor.may(Permission.VISIT_LOG) and line.state is not State.NOT_YET,
    )


def _protected_by(order: ProtectionOrder) -> list[UUID]:
    rows = ProtectedPerson.objects.filter(order=order).order_by("recorded_at", "id")
    return list(rows.values_list("person_id", flat=True))


def _overlapping(order: ProtectionOrder) -> "list[ProtectionOrder]":
    pairs = Overlap.objects.filter(order=order).values_list("other", flat=True)
    back = Overlap.objects.filter(other=order).values_list("order", flat=True)
    found = ProtectionOrder.objects.dated().filter(pk__in=[*pairs, *back])
    return list(found.order_by("-issued_at", "id"))
