"""A line of the police register is taken in: into the case it belongs to, or beside it."""

from dataclasses import asdict
from datetime import datetime, timedelta
from uuid import UUID

from kalka.core import sight
from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.permissions import Permission
from kalka.core.refs import derived
from kalka.directory import selectors as directory
from kalka.orders import conditions, effects, rules
from kalka.orders.models import ProtectionOrder, RegisterLine
from kalka.orders.numbers import marks_of, number_key
from kalka.orders.rules import NewOrder
from kalka.orders.rules.listed import Listed, check_listed
from kalka.orders.selectors import listed
from kalka.orders.services.changing import complete_number
from kalka.orders.services.registering import register_order
from kalka.vault.keys import fingerprint


@command("orders.take_listed", needs=Permission.ORDER_REGISTER)
def take_listed(actor: Actor, *, id: UUID, told: Listed, now: datetime) -> RegisterLine:
    """Keep what the register says. An order that is not here is registered where one case of the actor's has this man.

    Nothing that stands here is changed: where the register says otherwise, somebody finds out which is right. Refuses
    a line that cannot be, and the same id with other words.
    """
    check_listed(told, conditions=conditions.listed(), now=now)
    if told.numbered.authority not in {one.id for one in directory.organisations()}:
        raise DomainError("orders.no_such_authority", field="authority")
    digest = fingerprint(str(id), asdict(told))
    if (there := RegisterLine.objects.filter(pk=id).first()) is not None:
        if bytes(there.digest) != digest:
            raise AccessDenied("core.id_taken")
        return there
    marks = marks_of(told.pin, told.name, told.year)
    row = RegisterLine.objects.create(
        id=id,
        authority_id=told.numbered.authority,
        number_key=number_key(told.numbered.number),
        issued_on=told.issued_on,
        last_day=told.last_day,
        conditions=",".join(sorted(set(told.conditions))),
        marks=f"|{'|'.join(marks)}|" if marks else "",
        digest=digest,
        author_id=actor.user_id,
        post_id=actor.post_id,
        recorded_at=now,
    )
    order = listed.order_numbered(actor, told.numbered.authority, told.numbered.number)
    if order is not None:
        _held_against(actor, order, now)
    else:
        _placed(actor, row, told, now)
    return row


def _held_against(actor: Actor, order: ProtectionOrder, now: datetime) -> None:
    with sight.beyond():
        if listed.told_otherwise(actor, order) is not None:
            effects.assign_beyond("order.explain_register", order, now + rules.EXPLAIN_WITHIN, now=now)


def _placed(actor: Actor, row: RegisterLine, told: Listed, now: datetime) -> None:
    """A pending order of the same day gets its number; else the order is written down in that case."""
    found = listed.only_case_of(actor, told, now=now)
    if found is None:
        return
    ref, man = found
    pending = listed.pending_like(actor, ref, told, now=now)
    if pending is not None:
        id = derived(row.pk, "number")
        complete_number(actor, id=id, case_ref=ref, order_id=pending, told=told.numbered, now=now)
        order = listed.order_numbered(actor, told.numbered.authority, told.numbered.number)
        if order is not None:
            _held_against(actor, order, now)
        return
    paper = NewOrder(
        issued_at=min(told.issued_at, now - timedelta(seconds=1)),
        numbered=told.numbered,
        ends=told.last_day,
        conditions=told.conditions,
        respondent=man,
        protected=tuple(listed.protected_in(actor, ref, now=now)),
    )
    register_order(actor, id=derived(row.pk, "order"), case_ref=ref, told=paper, now=now)
