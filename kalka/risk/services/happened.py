"""Something happened that asks for a new assessment: said by a step that saw it, or by somebody of the team."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from kalka.access import selectors as access
from kalka.access.rules import Scope
from kalka.cases import selectors as cases
from kalka.core import commands
from kalka.core.actors import SYSTEM, Actor
from kalka.core.commands import command
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.permissions import Permission
from kalka.core.refs import new_id
from kalka.core.sight import beyond
from kalka.risk import effects, rules, selectors, tables
from kalka.risk.models import Trigger
from kalka.risk.rules import place
from kalka.vault.rows import repeated, written


def require_reassessment(
    actor: Actor, trigger: str, *, subject_id: UUID, now: datetime, event_at: datetime | None = None
) -> Trigger:
    """Primitive of the step that saw it happen: an order was breached, is about to end, somebody is released.

    The level is no lower than the trigger's floor until the next assessment, for which there is a duty; what that level
    asks for is asked for now, and nothing is ever lowered. `event_at`: the moment that a trigger counted backwards is
    about. Refuses `risk.no_such_trigger`.
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


def require_beyond(trigger: str, *, subject_id: UUID, post_id: int | None, now: datetime) -> Trigger | None:
    """As `require_reassessment`, of a step whose actor may see nothing of the case: who leads a programme.

    By the installation, which sees what those see who keep the file. `post_id`: whose duty it is where nobody answers
    for the place. None where nobody keeps the file.
    """
    if not commands.inside():
        raise AccessDenied("risk.outside_a_command")
    with beyond():
        eyes = _keepers(subject_id, post_id, now)
        if not access.sees(eyes, subject_id, now=now):
            return None
        nobody = replace(eyes, post_id=None)  # whose duty it may be did not say it
        return _called(eyes, trigger, subject_id=subject_id, id=new_id(), event_at=None, by=nobody, now=now)


def _keepers(subject_id: UUID, post_id: int | None, now: datetime) -> Actor:
    return replace(SYSTEM, holders=tuple(access.keepers(subject_id, now=now)), post_id=post_id)


def _called(
    actor: Actor,
    trigger: str,
    *,
    subject_id: UUID,
    id: UUID,
    event_at: datetime | None,
    by: Actor | None = None,
    now: datetime,
) -> Trigger:
    kind = tables.trigger(trigger)
    case = cases.case_of(actor, subject_id, now=now, scope=Scope.DUTIES)
    with beyond():  # whoever says so may see less of the file than what stands in it
        eyes = actor if access.sees(actor, subject_id, now=now) else _keepers(subject_id, actor.post_id, now)
        standing = selectors.current(eyes, subject_id, now=now)
        row = Trigger(
            **written(by or actor, id=id, subject_id=subject_id, content=[trigger], now=now),
            case_id=case.pk,
            kind=trigger,
            floor=str(kind.floor or ""),
            due_at=kind.due(now, event_at),
        )
        row.save(force_insert=True)
        before = place(standing.position) if standing else None
        level = rules.lifted(before, kind.floor)
        again = "risk.reassess" if standing else "risk.assess"
        said = str(level or "") if standing else ""
        effects.give(actor, subject_id, case.ref, again, row.due_at, now=now, level=said)
        if kind.also:
            effects.protect(eyes, subject_id, case.ref, [kind.also], said, now=now)
        if level and level != before and access.sees(eyes, subject_id, now=now):
            effects.lifted(eyes, subject_id, case.ref, level, before, opened=case.recorded_at, now=now)
    return row
