"""Help a committee decided on. Primitives, called inside the commands of its sittings: whoever writes them down knows
the case by its code, by her consent, and opens nothing of the file."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from kalka.core import commands
from kalka.core.actors import Actor
from kalka.core.clock import day_of
from kalka.core.errors import AccessDenied
from kalka.core.sight import beyond
from kalka.support import rules
from kalka.support.models import AidGiven, Decided, DecidedEnd, DocumentStep
from kalka.support.rules import Aid, Budget, Document, DocumentState
from kalka.vault.rows import written


@beyond()
def decide_help(
    actor: Actor,
    *,
    id: UUID,
    subject_id: UUID,
    what: str,
    som: int,
    organisation: int,
    owner: int,
    by: date,
    now: datetime,
) -> UUID:
    """Aid or help in deed, or a document: there, that it is missing is its first step. Refuses what is none of them."""
    _inside()
    rules.known("what", what, sorted({*Aid, *Document}))
    shared = written(actor, id=id, subject_id=subject_id, content=[what, som, owner, by], now=now)
    if _is_paper(what):
        row: DocumentStep | Decided = DocumentStep(
            **shared, kind=what, state=DocumentState.MISSING, on=day_of(now), organisation_id=organisation
        )
    else:
        row = Decided(**shared, what=what, som=som, organisation_id=organisation, owner_id=owner, by=by)
    row.save(force_insert=True)
    return id


@beyond()
def end_help(
    actor: Actor,
    *,
    id: UUID,
    subject_id: UUID,
    of: UUID,
    decision: UUID,
    done: bool,
    on: date,
    budget: str,
    now: datetime,
) -> UUID:
    """It was given, or not. What was given is written down as aid, out of the budget that is named."""
    _inside()
    shared = written(actor, id=id, subject_id=subject_id, content=[of, done, on, budget], now=now)
    paper = DocumentStep.objects.filter(pk=of, subject_id=subject_id).first()
    if paper is not None:
        if done:
            whose = {"kind": paper.kind, "organisation_id": paper.organisation_id}
            DocumentStep(**shared, **whose, state=DocumentState.RESTORED, on=on).save(force_insert=True)
        return id
    decided = Decided.objects.get(pk=of, subject_id=subject_id)
    aid = _given(decided, shared, decision=decision, on=on, budget=budget) if done else None
    DecidedEnd(**shared, decided=decided, done=done, on=on, aid=aid).save(force_insert=True)
    return id


def _given(decided: Decided, shared: dict[str, Any], *, decision: UUID, on: date, budget: str) -> AidGiven:
    rules.known("budget", budget, list(Budget))
    row = AidGiven(
        **(shared | {"id": uuid5(shared["id"], "aid")}),
        budget=budget,
        what=decided.what,
        som=decided.som,
        on=on,
        organisation_id=decided.organisation_id,
        decision=decision,
    )
    row.save(force_insert=True)
    return row


def _is_paper(what: str) -> bool:
    return what not in list(Aid)


def _inside() -> None:
    if not commands.inside():
        raise AccessDenied("support.outside_a_command")
