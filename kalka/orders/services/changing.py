"""What happens to an order later. Each is a dated record; the order stays as it was written."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from kalka.access import selectors as access
from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.errors import DomainError, Stale
from kalka.core.permissions import Permission
from kalka.directory import selectors as directory
from kalka.lawbook.book import Law
from kalka.orders import effects, rules, selectors
from kalka.orders.models import Extension, OrderNumber, Revocation, Service, dated
from kalka.orders.rules import How, NewExtension, NewRevocation, NewService, Numbered
from kalka.vault.rows import repeated, written


@command("orders.complete_number", needs=Permission.ORDER_REGISTER)
def complete_number(
    actor: Actor, *, id: UUID, case_ref: str, order_id: UUID, told: Numbered, now: datetime
) -> OrderNumber:
    """The number of a pending order and who issued it. Refuses one that has a number, and a number given before."""
    order = selectors.get_order(actor, case_ref, order_id, now=now)
    content = [order_id, asdict(told)]
    if again := repeated(OrderNumber, actor, id=id, content=content):
        return again
    rules.check_number(told.number)
    if order.numbered:
        raise Stale("orders.has_a_number", field="number")
    keys = access.keys_for(actor, order.subject_id, now=now)
    row = effects.put_number(actor, order, told, keys, id=id, content=content, now=now)
    effects.end("order.complete_number", actor, order, now=now)
    return row


@command("orders.serve", needs=Permission.ORDER_REGISTER)
def serve_order(
    actor: Actor,
    *,
    id: UUID,
    case_ref: str,
    order_id: UUID,
    told: NewService,
    seen: str | None = None,
    now: datetime,
) -> Service:
    """The respondent was told of the order, or could not be found: then it is still to be served.

    Refuses a moment before the order, after its end or to come.
    """
    order = effects.locked(selectors.get_order(actor, case_ref, order_id, now=now))
    content = [order_id, asdict(told)]
    if again := repeated(Service, actor, id=id, content=content):
        return again
    effects.ensure_seen(order, seen)
    rules.check_service(told, dated(order), now)
    if order.served:
        raise Stale("orders.served_already")
    row = Service(
        **written(actor, id=id, subject_id=order.subject_id, content=content, now=now),
        order=order,
        at=told.at,
        how=told.how,
        refused=told.refused,
    )
    _seal(actor, row, "told", told.told, now)
    row.save(force_insert=True)
    if told.how != How.NOT_FOUND:
        effects.note("order_served", actor, order, told.at, now=now)
        effects.end("order.serve", actor, order, now=now)
    return row


@command("orders.extend", needs=Permission.ORDER_REGISTER)
def extend_order(
    actor: Actor,
    *,
    id: UUID,
    case_ref: str,
    order_id: UUID,
    told: NewExtension,
    seen: str | None = None,
    now: datetime,
) -> Extension:
    """A longer term, granted on a day while the order ran, by the law of that day.

    Refuses beyond the ceiling where the law sets one; where it sets none, it is kept as granted and says so.
    """
    order = effects.locked(selectors.get_order(actor, case_ref, order_id, now=now))
    content = [order_id, asdict(told)]
    if again := repeated(Extension, actor, id=id, content=content):
        return again
    effects.ensure_seen(order, seen)
    rules.check_extension(told, dated(order), now)
    basis = rules.extension(Law(told.on), dated(order), told.until)
    if told.authority not in {one.id for one in directory.organisations()}:
        raise DomainError("orders.no_such_authority", field="authority")
    row = Extension(
        **written(actor, id=id, subject_id=order.subject_id, content=content, now=now),
        order=order,
        on=told.on,
        until=told.until,
        authority_id=told.authority,
        basis=basis.as_json(),
    )
    _seal(actor, row, "told", told.told, now)
    row.save(force_insert=True)
    effects.note("order_extended", actor, order, told.on, now=now)
    effects.go_on(actor, order, now=now)
    effects.link_overlaps(actor, order, now=now)
    return row


@command("orders.revoke", needs=Permission.ORDER_REGISTER)
def revoke_order(
    actor: Actor,
    *,
    id: UUID,
    case_ref: str,
    order_id: UUID,
    told: NewRevocation,
    seen: str | None = None,
    now: datetime,
) -> Revocation:
    """The order was ended before its term, by whom and why. What was still to be done with it ends.

    Reconciliation or a withdrawn complaint revokes nothing: somebody with the power to do it must have done it.
    """
    order = effects.locked(selectors.get_order(actor, case_ref, order_id, now=now))
    content = [order_id, asdict(told)]
    if again := repeated(Revocation, actor, id=id, content=content):
        return again
    effects.ensure_seen(order, seen)
    rules.check_revocation(told, dated(order), now)
    row = Revocation(
        **written(actor, id=id, subject_id=order.subject_id, content=content, now=now),
        order=order,
        at=told.at,
        by=told.by,
    )
    _seal(actor, row, "reason", told.reason, now)
    row.save(force_insert=True)
    effects.note("order_revoked", actor, order, told.at, now=now)
    effects.end_with(actor, order, now=now)
    return row


def _seal(actor: Actor, row: Service | Extension | Revocation, field: str, text: str, now: datetime) -> None:
    if text.strip():
        access.keys_for(actor, row.subject_id, now=now).put(row, field, text.strip())
