"""The records of orders as entries of a case's time."""

from collections.abc import Sequence
from datetime import date, datetime, time

from kalka.core import clock
from kalka.core.timeline import TimelineItem
from kalka.orders.lines import OrderLine
from kalka.orders.models import Breach, Expiry, Extension, OrderNumber, Overlap, Revocation, Service
from kalka.orders.rules import How
from kalka.vault.keys import Keys
from kalka.vault.rows import Row


def of_orders(orders: Sequence[OrderLine], keys: Keys | None) -> list[TimelineItem]:
    """Of all of them, in as many queries as for one. Unordered: whoever shows it merges."""
    ids = [order.id for order in orders]
    items = [_registered(order) for order in orders]
    registered = {order.id: order.recorded_at for order in orders}
    if not ids:
        return items
    numbers = OrderNumber.objects.filter(order__in=ids)
    items += [_numbered(row) for row in numbers if row.recorded_at != registered[row.order_id]]
    items += [_served(row, keys) for row in Service.objects.filter(order__in=ids)]
    items += [_extended(row, keys) for row in Extension.objects.filter(order__in=ids)]
    items += [_revoked(row, keys) for row in Revocation.objects.filter(order__in=ids)]
    items += [_breached(row, keys) for row in Breach.objects.filter(order__in=ids)]
    items += [_overlapping(row) for row in Overlap.objects.filter(order__in=ids)]
    items += [_expired(row) for row in Expiry.objects.filter(order__in=ids)]
    return items


def _registered(order: OrderLine) -> TimelineItem:
    facts: dict[str, object] = {
        "order": str(order.id),
        "authority": order.authority,
        "starts": order.starts,
        "ends": order.ends,
        "pending": order.pending,
        "stated": order.stated,
        "counting_is_set": order.counting_is_set,
    }
    late = clock.day_of(order.recorded_at) > clock.day_of(order.issued_at)
    return TimelineItem(
        order.issued_at,
        "orders.registered",
        icon="order",
        facts=facts,
        who_post=order.post_id,
        key=True,
        recorded_at=order.recorded_at if late else None,
        basis=order.cite,
    )


def _numbered(row: OrderNumber) -> TimelineItem:
    return TimelineItem(row.recorded_at, "orders.numbered", "order", {"order": str(row.order_id)}, row.post_id)


def _served(row: Service, keys: Keys | None) -> TimelineItem:
    missed = row.how == How.NOT_FOUND
    facts: dict[str, object] = {"order": str(row.order_id), "how": row.how, "refused": row.refused}
    return TimelineItem(
        row.at,
        "orders.not_found" if missed else "orders.served",
        icon="warn" if missed else "done",
        facts=facts,
        who_post=row.post_id,
        lines=_lines(row, "told", keys),
        key=not missed,
        recorded_at=_late(row, row.at),
    )


def _extended(row: Extension, keys: Keys | None) -> TimelineItem:
    established = row.basis.get("value") is not None
    facts: dict[str, object] = {"order": str(row.order_id), "until": row.until, "established": established}
    return TimelineItem(
        _at(row, row.on),
        "orders.extended",
        icon="calendar",
        facts=facts,
        who_post=row.post_id,
        lines=_lines(row, "told", keys),
        key=True,
        recorded_at=_late(row, row.on),
    )


def _revoked(row: Revocation, keys: Keys | None) -> TimelineItem:
    facts: dict[str, object] = {"order": str(row.order_id), "by": row.by}
    lines = _lines(row, "reason", keys)
    return TimelineItem(
        row.at, "orders.revoked", "cross", facts, row.post_id, lines, key=True, recorded_at=_late(row, row.at)
    )


def _breached(row: Breach, keys: Keys | None) -> TimelineItem:
    facts: dict[str, object] = {"order": str(row.order_id), "how": row.how, "on": row.on}
    lines = _lines(row, "told", keys)
    at, late = _at(row, row.on), _late(row, row.on)
    return TimelineItem(
        at, "orders.breached", "warn", facts, row.post_id, lines, key=True, alarm=True, recorded_at=late
    )


def _overlapping(row: Overlap) -> TimelineItem:
    facts: dict[str, object] = {"order": str(row.order_id), "other": str(row.other_id)}
    return TimelineItem(row.recorded_at, "orders.overlapping", "conflict", facts, row.post_id)


def _expired(row: Expiry) -> TimelineItem:
    facts: dict[str, object] = {"order": str(row.order_id)}
    at = datetime.combine(row.last_day, time(23, 59), tzinfo=clock.BISHKEK)
    return TimelineItem(at, "orders.expired", "clock", facts, key=True, whole_day=True)


def _lines(row: Row, field: str, keys: Keys | None) -> tuple[str, ...]:
    text = keys.get(row, field) if keys else None
    return (text,) if text else ()


def _at(row: Row, on: date) -> datetime:
    """The moment it was written down when that was the same day, else the end of the day it happened."""
    if clock.day_of(row.recorded_at) == on:
        return row.recorded_at
    return datetime.combine(on, time(23, 59), tzinfo=clock.BISHKEK)


def _late(row: Row, happened: date) -> datetime | None:
    on = clock.day_of(happened) if isinstance(happened, datetime) else happened
    return row.recorded_at if clock.day_of(row.recorded_at) > on else None
