"""An order is broken, or its term runs out."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from kalka.access import selectors as access
from kalka.cases import selectors as cases
from kalka.core.actors import Actor
from kalka.core.clock import day_of
from kalka.core.commands import command
from kalka.core.permissions import Permission
from kalka.core.refs import derived
from kalka.directory import selectors as directory
from kalka.notices import services as notices
from kalka.orders import effects, rules, selectors
from kalka.orders.effects import INSPECTOR
from kalka.orders.models import Breach, Expiry, ProtectionOrder, dated
from kalka.orders.rules import NewBreach
from kalka.risk import services as risk
from kalka.vault.rows import repeated, written

SUPERVISOR = "supervising_officer"
AT_ONCE = 500


@command("orders.record_breach", needs=Permission.VISIT_LOG)
def record_breach(
    actor: Actor, *, id: UUID, case_ref: str, order_id: UUID, now: datetime, told: NewBreach | None = None
) -> Breach:
    """The order was broken. Whoever may note a visit may write it down; the inspector and who supervises are alerted.

    The risk is to be assessed again. Refuses a day to come, and one on which the order did not run.
    """
    order = selectors.get_order(actor, case_ref, order_id, now=now)
    told = told or NewBreach()
    content = [order_id, asdict(told)]
    if again := repeated(Breach, actor, id=id, content=content):
        return again
    on = rules.check_breach(told, dated(order), now)
    row = Breach(
        **written(actor, id=id, subject_id=order.subject_id, content=content, now=now),
        order=order,
        on=on,
        how=told.how,
    )
    if told.told.strip():
        access.keys_for(actor, order.subject_id, now=now).put(row, "told", told.told.strip())
    row.save(force_insert=True)
    effects.note("order_breached", actor, order, on, now=now)
    risk.require_reassessment(actor, "order_breached", subject_id=order.subject_id, now=now)
    for post_id in _alerted(actor, order, now):
        notices.alert(post_id, "order_breached", subject_id=order.subject_id, now=now)
    return row


def _alerted(actor: Actor, order: ProtectionOrder, now: datetime) -> list[int]:
    """Who must know at once, less whoever writes it down."""
    supervisor = directory.responsible(SUPERVISOR, order.place, day_of(now))
    posts = [cases.team_post(actor, order.subject_id, INSPECTOR, now=now), supervisor.id if supervisor else None]
    return [post_id for post_id in dict.fromkeys(posts) if post_id is not None and post_id != actor.post_id]


@command("orders.note_expired", needs=Permission.SYSTEM)
def note_expired(actor: Actor, *, now: datetime) -> tuple[Expiry, ...]:
    """Every order whose last day has passed: in the history once, and the inspector of the place is told.

    No duty ends by it. An order that was never served, or whose end nobody spoke about, is still to be answered for.
    """
    over = ProtectionOrder.objects.over(now).order_by("ends", "id")[:AT_ONCE]
    return tuple(_expired(actor, order, now) for order in over)


def _expired(actor: Actor, order: ProtectionOrder, now: datetime) -> Expiry:
    last_day = dated(order).last_day
    id = derived(order.pk, f"expiry {last_day}")
    row = Expiry(
        **written(actor, id=id, subject_id=order.subject_id, content=[order.pk, last_day], now=now),
        order=order,
        last_day=last_day,
    )
    row.save(force_insert=True)
    effects.note("order_expired", actor, order, last_day, now=now)
    inspector = directory.responsible(INSPECTOR, order.place, day_of(now))
    if inspector is not None:
        notices.alert(inspector.id, "order_expired", subject_id=order.subject_id, now=now)
    return row
