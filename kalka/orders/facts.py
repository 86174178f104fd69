"""What statistics may know of orders: no name, no number, no text, no id. Days, an aimak, codes. An order is not a
person: one person may be protected by several."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import Count

from kalka.core.clock import BISHKEK, day_of
from kalka.orders.models import Breach, ProtectedPerson, ProtectionOrder, dated


@dataclass(frozen=True, slots=True)
class OrderFact:
    """By the day of issue. `days` is the term as registered; `numbered`, `served`, … as known when asked."""

    on: date
    place: str
    days: int
    numbered: bool
    served: bool
    extended: bool
    revoked: bool
    breaches: int
    protected: int


@dataclass(frozen=True, slots=True)
class BreachFact:
    """By the day of the breach. `day` counts from the first day of the order."""

    on: date
    place: str
    how: str
    day: int


def orders(start: date, end: date) -> Iterator[OrderFact]:
    """Issued from `start` until the day before `end`."""
    rows = ProtectionOrder.objects.dated().filter(issued_at__gte=_midnight(start), issued_at__lt=_midnight(end))
    found = list(rows.order_by("issued_at", "id"))
    breaches, protected = _counts(Breach, found), _counts(ProtectedPerson, found)
    for row in found:
        yield OrderFact(
            on=day_of(row.issued_at),
            place=row.place,
            days=(dated(row).last_day - row.starts).days,
            numbered=row.numbered,
            served=row.served,
            extended=row.until is not None,
            revoked=row.revoked_at is not None,
            breaches=breaches.get(row.pk, 0),
            protected=protected.get(row.pk, 0),
        )


def breaches(start: date, end: date) -> Iterator[BreachFact]:
    rows = Breach.objects.filter(on__gte=start, on__lt=end).select_related("order").order_by("on", "id")
    for row in rows:
        yield BreachFact(row.on, row.order.place, row.how, (row.on - row.order.starts).days)


def _counts(model: type[Breach] | type[ProtectedPerson], orders: list[ProtectionOrder]) -> dict[UUID, int]:
    rows = model._default_manager.filter(order__in=orders).values_list("order")
    return dict(rows.annotate(Count("id")).order_by())


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=BISHKEK)
