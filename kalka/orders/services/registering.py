"""An order that was issued elsewhere is written down here."""

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from kalka.access import selectors as access
from kalka.cases import selectors as cases
from kalka.cases.rules import Part, Stage
from kalka.core.actors import Actor
from kalka.core.clock import day_of
from kalka.core.commands import command
from kalka.core.errors import DomainError
from kalka.core.permissions import Permission
from kalka.core.refs import derived
from kalka.directory import selectors as directory
from kalka.duties import services as duties
from kalka.lawbook.book import Law
from kalka.orders import conditions, effects, rules
from kalka.orders.models import ProtectedPerson, ProtectionOrder
from kalka.orders.rules import NewOrder
from kalka.vault.rows import repeated, written


@command("orders.register", needs=Permission.ORDER_REGISTER)
def register_order(actor: Actor, *, id: UUID, case_ref: str, told: NewOrder, now: datetime) -> ProtectionOrder:
    """Write down an order as its paper says it; without a number it is pending.

    It runs as long as the law of the day of issue says, unless the paper names another last day. Overlapping orders are
    linked, never refused. Refuses a closed case, a number given before, a day without a known law, a condition that is
    not on the list, and people who have no such part in the case.
    """
    case = cases.get_case(actor, case_ref, now=now)
    content = asdict(told)
    if again := repeated(ProtectionOrder, actor, id=id, content=content):
        return again
    if case.stage == Stage.CLOSED:
        raise DomainError("orders.case_closed")
    rules.check_order(told, conditions=conditions.listed(), now=now)
    _check_people(actor, case.subject_id, told, now)
    shared = written(actor, id=id, subject_id=case.subject_id, content=content, now=now)
    order = _new(told, **shared, case=case, case_ref=case.ref, place=case.place)
    keys = access.keys_for(actor, case.subject_id, now=now)
    if told.note.strip():
        keys.put(order, "note", told.note.strip())
    order.save(force_insert=True)
    if told.numbered:
        number = derived(id, "number")
        effects.put_number(actor, order, told.numbered, keys, id=number, content=[id], now=now)
    _protect(actor, order, told, now)
    _cause(actor, order, now=now)
    return order


def _check_people(actor: Actor, subject_id: UUID, told: NewOrder, now: datetime) -> None:
    cast = cases.cast_of(actor, subject_id, now=now)
    alleged = cast.persons(Part.ALLEGED)
    if told.respondent is not None and told.respondent not in alleged:
        raise DomainError("orders.not_said_to_have_done_it", field="respondent")
    known = {person for person, _part in cast.parts} - alleged
    if not known.issuperset(told.protected):
        raise DomainError("orders.not_to_be_protected", field="protected")


def _new(told: NewOrder, **columns: Any) -> ProtectionOrder:
    term = rules.term(Law(day_of(told.issued_at)), told.first_day)
    ends = told.ends or term.ends
    return ProtectionOrder(
        **columns,
        authority_id=_authority(told),
        respondent_id=told.respondent,
        issued_at=told.issued_at,
        starts=told.first_day,
        ends=ends,
        stated=ends != term.ends,
        basis=term.basis.as_json(),
        counting=term.counting.as_json() if term.counting else None,
        conditions=",".join(sorted(set(told.conditions))),
    )


def _authority(told: NewOrder) -> int | None:
    given = told.numbered.authority if told.numbered else told.authority
    if given is not None and given not in {one.id for one in directory.organisations()}:
        raise DomainError("orders.no_such_authority", field="authority")
    return given


def _protect(actor: Actor, order: ProtectionOrder, told: NewOrder, now: datetime) -> None:
    for person in dict.fromkeys(told.protected):
        shared = written(
            actor, id=derived(order.pk, str(person)), subject_id=order.subject_id, content=[person], now=now
        )
        ProtectedPerson(**shared, order=order, person_id=person).save(force_insert=True)


def _cause(actor: Actor, order: ProtectionOrder, *, now: datetime) -> None:
    """The deciding is done; serving, checking and agreeing on the end begin. An order that is over causes nothing."""
    effects.note("order_registered", actor, order, order.issued_at, now=now)
    effects.let_oversee(order, now=now)
    duties.end_for("order.consider", subject_id=order.subject_id, now=now, actor=actor)
    effects.begin(actor, order, now=now)
    effects.link_overlaps(actor, order, now=now)
