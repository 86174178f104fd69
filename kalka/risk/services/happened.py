"""Something happened that asks for a new assessment: said by a step that saw it, or by somebody of the team."""

from datetime import datetime
from uuid import UUID

from kalka.access.rules import Scope
from kalka.cases import selectors as cases
from kalka.core import commands
from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.permissions import Permission
from kalka.core.refs import new_id
from kalka.risk import effects, rules, selectors, tables
from kalka.risk.levels import Level
from kalka.risk.models import Trigger
from kalka.risk.rules import place
from kalka.vault.rows import repeated, written


def require_reassessment(
    actor: Actor, trigger: str, *, subject_id: UUID, now: datetime, event_at: datetime | None = None
) -> Trigger:
    """Primitive of the step that saw it happen: an order was breached, is about to end, somebody is released.

    The level is no lower than the trigger's floor until the next assessment, for which there is a duty; nothing is
    ever lowered. `event_at`: the moment that a trigger counted backwards is about. Refuses `risk.no_such_trigger`.
    """
    if not commands.inside():
        raise AccessDenied("risk.outside_a_command")
    return _called(actor, trigger, subject_id=subject_id, id=new_id(), event_at=event_at, now=now)


@command("risk.note_happened", needs=Permission.RISK_CALL)
def note_happened(actor: Actor, *, id: UUID, case_ref: str, trigger: str, now: datetime) -> Trigger:
    """Somebody of the team learnt of it. Refuses what is no step's alone to say (`risk.no_such_trigger`)."""
    case = cases.get_case(actor, case_ref, now=now)
    if again := repeated(Trigger, actor, id=id, content=[trigger]):
        return again
    if not tables.trigger(trigger).by_hand:
        raise DomainError("risk.no_such_trigger", field="trigger")
    return _called(actor, trigger, subject_id=case.subject_id, id=id, event_at=None, now=now)


def _called(
    actor: Actor, trigger: str, *, subject_id: UUID, id: UUID, event_at: datetime | None, now: datetime
) -> Trigger:
    kind = tables.trigger(trigger)
    case = cases.case_of(actor, subject_id, now=now, scope=Scope.DUTIES)
    row = Trigger(
        **written(actor, id=id, subject_id=subject_id, content=[trigger], now=now),
        case_id=case.pk,
        kind=trigger,
        floor=str(kind.floor or ""),
        due_at=kind.due(now, event_at),
    )
    row.save(force_insert=True)
    standing = selectors.current(actor, subject_id, now=now, scope=Scope.DUTIES)
    again = "risk.reassess" if standing else "risk.assess"
    level = _lifted(standing, trigger)
    effects.give(actor, subject_id, case.ref, again, row.due_at, now=now, level=level)
    if kind.also:
        effects.protect(actor, subject_id, case.ref, [kind.also], level, now=now)
    return row


def _lifted(standing: Level | None, trigger: str) -> str:
    """The level the duty shows: what stands, lifted by the trigger even where both were written in one moment."""
    if standing is None:
        return ""
    floor = tables.trigger(trigger).floor
    return str(rules.raised(place(standing.position), [floor] if floor else []))
