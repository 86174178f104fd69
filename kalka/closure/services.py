"""Closing and reopening: the one place that asks every module whether it is done."""

from datetime import datetime
from uuid import UUID, uuid5

from django.db.models import Model

from kalka.cases import selectors as cases
from kalka.cases import services as case_services
from kalka.cases.rules import Circle, NewNote, Stage
from kalka.closure import rules, selectors
from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.errors import DomainError
from kalka.core.permissions import Permission
from kalka.duties import services as duties
from kalka.duties.kinds import KINDS
from kalka.risk import selectors as risk


@command("closure.close", needs=Permission.CASE_CLOSE)
def close_case(actor: Actor, *, id: UUID, case_ref: str, reason: str, word: str, now: datetime) -> Model:
    """Close the case, in words for whoever opens it again. What would come again ends with it.

    Refuses `closure.still_open` while any module has open work, and `closure.not_a_reason`: reconciliation is none.
    """
    case = cases.get_case(actor, case_ref, now=now)
    rules.check_closing(reason, word)
    if case.stage != Stage.CLOSED:  # the same closing sent twice asks nothing again
        rules.ensure_done(selectors.open_work(actor, case.subject_id, now=now))
    closing = case_services.mark_closed(actor, id=id, case_ref=case_ref, why=reason, now=now)
    _note(actor, id, case_ref, word, now=now)
    duties.end_with_case(actor, subject_id=case.subject_id, now=now)
    return closing


@command("closure.reopen", needs=Permission.CASE_WORK)
def reopen_case(actor: Actor, *, id: UUID, case_ref: str, why: str, word: str, now: datetime) -> Model:
    """Open a closed case again, by a new dated record; the risk is assessed anew. Refuses a case that is open."""
    case = cases.get_case(actor, case_ref, now=now)
    rules.check_reopening(why, word)
    reopened = case_services.reopen(actor, id=id, case_ref=case_ref, why=why, now=now)
    _note(actor, id, case_ref, word, now=now)
    if case.stage == Stage.CLOSED:  # the same reopening sent twice asks for nothing again
        _assess_anew(actor, case.subject_id, case.ref, now=now)
    return reopened


def _assess_anew(actor: Actor, subject_id: UUID, case_ref: str, *, now: datetime) -> None:
    """An internal rule. The level that stood goes on standing until then."""
    level = risk.current(actor, subject_id, now=now)
    kind = "risk.reassess" if level else "risk.assess"
    post_id = cases.team_post(actor, subject_id, KINDS[kind].role, now=now) or actor.post_id
    if post_id is None:
        raise DomainError("closure.nobody_responsible")
    duties.assign(
        kind,
        subject_id=subject_id,
        post_id=post_id,
        due_at=now + rules.ASSESS_WITHIN,
        basis=None,
        now=now,
        level=level.position if level else "",
        about=case_ref,
    )


def _note(actor: Actor, id: UUID, case_ref: str, word: str, *, now: datetime) -> None:
    """The words beside the step are a note of the team: sealed like every other, and part of the case's time."""
    note = NewNote(Circle.TEAM, word)
    case_services.write_note(actor, id=uuid5(id, "word"), case_ref=case_ref, told=note, now=now)
