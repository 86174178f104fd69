"""Help a committee decided on. Primitives, called inside the commands of its sittings: whoever writes them down knows
the case by its code, by her consent, and opens nothing of the file."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from kalka.core import commands
from kalka.core.actors import Actor
from kalka.core.clock import day_of
from kalka.core.errors import AccessDenied
from kalka.core.sight import beyond
from kalka.support import rules
from kalka.support.models import Action, ActionEnd, AidGiven, Decided, DecidedEnd, DocumentStep
from kalka.support.rules import TAKEN_BACK, Aid, Budget, Document, DocumentState, Done, NewDecided
from kalka.vault.rows import written

OVER = (DocumentState.RESTORED, DocumentState.REFUSED)


@beyond()
def decide_help(
    actor: Actor,
    *,
    id: UUID,
    subject_id: UUID,
    told: NewDecided,
    now: datetime,
) -> UUID:
    """Aid that is to be given. Refuses what is none."""
    _inside()
    rules.known("what", told.what, list(Aid))
    shared = written(actor, id=id, subject_id=subject_id, content=asdict(told), now=now)
    whose = {"organisation_id": told.organisation, "owner_id": told.owner}
    Decided(**shared, **whose, what=told.what, som=told.som, by=told.by).save(force_insert=True)
    return id


@beyond()
def decide_action(
    actor: Actor,
    *,
    id: UUID,
    subject_id: UUID,
    case_ref: str,
    told: NewDecided,
    now: datetime,
) -> UUID:
    """An action of her plan, as a code: a document to restore, or help in deed. Its duty is that of the decision.

    That a document is missing is its first step, where nobody wrote down yet that it is.
    """
    _inside()
    rules.known("what", told.what, sorted({*Aid, *Document}))
    shared = written(actor, id=id, subject_id=subject_id, content=asdict(told), now=now)
    whose = {"organisation_id": told.organisation, "owner_id": told.owner, "decision": told.decision}
    Action(**shared, **whose, case_ref=case_ref, goal=None, help=told.what, by=told.by).save(force_insert=True)
    if _is_paper(told.what) and not _is_looked_for(subject_id, told.what):
        _paper(shared, told.what, DocumentState.MISSING, day_of(now), told.organisation)
    return id


@beyond()
def end_help(
    actor: Actor,
    *,
    id: UUID,
    subject_id: UUID,
    of: Collection[UUID],
    decision: UUID,
    how: str,
    on: date,
    budget: str,
    now: datetime,
) -> UUID:
    """How it went, or that it was `taken_back`; `of`: what the decision ever made, one of which still stands.

    What was given is written down as aid, out of the budget that is named, and a document as restored.
    """
    _inside()
    rules.known("how", how, [*Done, TAKEN_BACK])
    shared = written(actor, id=id, subject_id=subject_id, content=[decision, how, on, budget], now=now)
    mine = {"pk__in": list(of), "subject_id": subject_id}
    if (action := Action.objects.filter(**mine, goal=None, end=None).first()) is not None:
        _end_action(action, shared, how=how, on=on, budget=budget)
        return id
    if (paper := DocumentStep.objects.filter(**mine).first()) is not None:  # decided before actions were written
        if how == Done.DONE and paper.organisation_id is not None:
            _paper(shared, paper.kind, DocumentState.RESTORED, on, paper.organisation_id)
        return id
    decided = Decided.objects.get(**mine, end=None)
    done = how == Done.DONE
    aid = None
    if done:
        aid = _given(shared, decided.what, decided.som, decided.organisation_id, decision, on, budget)
    DecidedEnd(**shared, decided=decided, done=done, on=on, aid=aid).save(force_insert=True)
    return id


def _end_action(action: Action, shared: dict[str, Any], *, how: str, on: date, budget: str) -> None:
    organisation = action.organisation_id
    assert organisation is not None and action.decision is not None  # kept by the database
    if how == Done.DONE and _is_paper(action.help):
        _paper(shared, action.help, DocumentState.RESTORED, on, organisation)
    elif how == Done.DONE:
        _given(shared, action.help, 0, organisation, action.decision, on, budget)
    ActionEnd(**shared, action=action, how=how).save(force_insert=True)


def _given(
    shared: dict[str, Any], what: str, som: int, organisation: int, decision: UUID, on: date, budget: str
) -> AidGiven:
    rules.known("budget", budget, list(Budget))
    whose = {"organisation_id": organisation, "decision": decision}
    row = AidGiven(**_beside(shared, "aid"), **whose, budget=budget, what=what, som=som, on=on)
    row.save(force_insert=True)
    return row


def _paper(shared: dict[str, Any], kind: str, state: str, on: date, organisation: int) -> None:
    row = DocumentStep(**_beside(shared, "paper"), kind=kind, state=state, on=on, organisation_id=organisation)
    row.save(force_insert=True)


def _beside(shared: dict[str, Any], what: str) -> dict[str, Any]:
    return shared | {"id": uuid5(shared["id"], what)}


def _is_looked_for(subject_id: UUID, kind: str) -> bool:
    last = DocumentStep.objects.filter(subject_id=subject_id, kind=kind).order_by("-on", "-recorded_at").first()
    return last is not None and last.state not in OVER


def _is_paper(what: str) -> bool:
    return what not in list(Aid)


def _inside() -> None:
    if not commands.inside():
        raise AccessDenied("support.outside_a_command")
