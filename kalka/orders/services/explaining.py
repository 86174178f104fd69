"""A fact has no order: somebody says why."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from kalka.access import selectors as access
from kalka.cases import selectors as cases
from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.errors import Stale
from kalka.core.permissions import Permission
from kalka.orders.models import NoOrder
from kalka.orders.rules.unissued import NewReason, check_reason
from kalka.orders.selectors import without
from kalka.vault.rows import repeated, written


@command("orders.explain_no_order", needs=Permission.CASE_WORK)
def explain_no_order(actor: Actor, *, id: UUID, case_ref: str, told: NewReason, now: datetime) -> NoOrder:
    """Say why a fact of the case has no order. It ends no duty and leaves the list as long: the order is still owed.

    Refuses `orders.fact_has_an_order` once there is one, and a reason that needs words without them.
    """
    case = cases.get_case(actor, case_ref, now=now)
    content = asdict(told)
    if again := repeated(NoOrder, actor, id=id, content=content):
        return again
    check_reason(told)
    open_facts = {line.fact: line for line in without.of_case(actor, case_ref, now=now)}
    if told.fact not in open_facts:
        raise Stale("orders.fact_has_an_order")
    row = NoOrder(
        **written(actor, id=id, subject_id=case.subject_id, content=content, now=now),
        case=case,
        incident_id=open_facts[told.fact].incident,
        why=told.why,
    )
    if told.told.strip():
        access.keys_for(actor, case.subject_id, now=now).put(row, "told", told.told.strip())
    row.save(force_insert=True)
    return row
