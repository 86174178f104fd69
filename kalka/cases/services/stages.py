"""Where a case stands."""

from datetime import datetime
from uuid import UUID

from kalka.cases import effects
from kalka.cases.models import StageChange
from kalka.cases.rules import Stage, known
from kalka.cases.selectors import get_case
from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.permissions import Permission
from kalka.vault.rows import repeated


@command("cases.mark_stage", needs=Permission.CASE_CLOSE)
def mark_stage(actor: Actor, *, id: UUID, case_ref: str, to: Stage, why: str = "", now: datetime) -> StageChange:
    """Follow-up or closing, by `closure` alone, which has asked every module first.

    Refuses with `cases.no_such_step`, naming the steps allowed.
    """
    case = get_case(actor, case_ref, now=now)
    known({"to": [to]}, list(Stage))
    if again := repeated(StageChange, actor, id=id, content=[to, why]):
        return again
    return effects.move(actor, case, Stage(to), id=id, why=why, now=now)


@command("cases.close", needs=Permission.CASE_CLOSE)
def mark_closed(actor: Actor, *, id: UUID, case_ref: str, why: str = "", now: datetime) -> StageChange:
    """Called by `closure` alone."""
    return mark_stage(actor, id=id, case_ref=case_ref, to=Stage.CLOSED, why=why, now=now)


@command("cases.reopen", needs=Permission.CASE_WORK)
def reopen(actor: Actor, *, id: UUID, case_ref: str, why: str = "asked", now: datetime) -> StageChange:
    """A new dated record: the closing stays where it was. Refuses a case that is open."""
    case = get_case(actor, case_ref, now=now)
    if again := repeated(StageChange, actor, id=id, content=[Stage.OPEN, why]):
        return again
    return effects.move(actor, case, Stage.OPEN, id=id, why=why, now=now)
