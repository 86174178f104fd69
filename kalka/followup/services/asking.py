"""She is asked, by somebody outside the police, whether a visit that was written down was made."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from kalka.access import selectors as access
from kalka.access import services as grants
from kalka.access.rules import Scope
from kalka.cases import selectors as cases
from kalka.core.actors import Actor, post_holder
from kalka.core.commands import command
from kalka.core.errors import DomainError
from kalka.core.permissions import Permission
from kalka.duties import given
from kalka.duties import services as duties
from kalka.followup import effects, rules, selectors
from kalka.followup.models import Visit, VisitSaid
from kalka.followup.rules import NewSaid, Said
from kalka.followup.schedule import schedule
from kalka.history import services as history
from kalka.notices import services as notices
from kalka.risk import services as risk
from kalka.vault.rows import repeated, written

DENIED = "visit.denied"
ASSESS = ("risk.reassess", "risk.assess")


@command("followup.record_said", needs=Permission.VISIT_ASK)
def record_said(actor: Actor, *, id: UUID, case_ref: str, visit_id: UUID, told: NewSaid, now: datetime) -> VisitSaid:
    """What she says stands beside the visit; the visit stays as it was written.

    Where she says that nobody came, whoever is above the post that wrote it and the coordinator are alerted; the visit
    is due again at once, and so is a new assessment, both by another. Refuses whoever made the visit, and an answer
    that is none.
    """
    visit = selectors.get_visit(actor, case_ref, visit_id, now=now)
    content = [visit_id, asdict(told)]
    if again := repeated(VisitSaid, actor, id=id, content=content):
        return again
    rules.check_said(told)
    if visit.is_of(actor):
        raise DomainError("followup.ask_by_another")
    row = VisitSaid(
        **written(actor, id=id, subject_id=visit.subject_id, content=content, now=now),
        visit=visit,
        said=told.said,
        way=told.way,
    )
    if told.told.strip():
        access.keys_for(actor, visit.subject_id, now=now).put(row, "told", told.told.strip())
    row.save(force_insert=True)
    duties.end_for(effects.ASK, subject_id=visit.subject_id, now=now, actor=actor, about=effects.about(visit))
    if told.said == Said.NOT_CAME:
        _denied(actor, visit, now=now)
    return row


def _denied(actor: Actor, visit: Visit, *, now: datetime) -> None:
    subject_id = visit.subject_id
    history.append(actor, subject_id=subject_id, kind="visit_denied", at=now, now=now, source="followup")
    risk.require_reassessment(actor, "visit_denied", subject_id=subject_id, now=now)
    wrote = visit.post_id
    for kind in ASSESS:
        _by_another(visit, kind, now=now)
    above = effects.superior(wrote, now=now) if wrote else None
    if above is not None:
        due = now + schedule().ask.within
        duties.assign(
            DENIED, subject_id=subject_id, post_id=above, due_at=due, basis=None, now=now, about=effects.about(visit)
        )
    told = [above] if above else []
    for post_id in dict.fromkeys([*told, *(effects.coordinators(wrote, now=now) if wrote else ())]):
        if post_id != actor.post_id:
            notices.alert(post_id, DENIED.replace(".", "_"), subject_id=subject_id, now=now)
    again = cases.team_post(actor, subject_id, "police_inspector", now=now) or wrote
    if again is not None:
        duties.assign(
            selectors.VISIT,
            subject_id=subject_id,
            post_id=again,
            due_at=now,
            basis=None,
            now=now,
            level=selectors.level(actor, subject_id, now=now),
            about=visit.case_ref,
        )
        _by_another(visit, selectors.VISIT, now=now)


def _by_another(visit: Visit, kind: str, *, now: datetime) -> None:
    """Not whoever wrote the visit goes to her now, or judges anew how great the danger is, but whoever leads, who sees
    the file for it. Where nobody leads, it stays: somebody does it."""
    if not given.is_of(kind, visit.subject_id, visit.post_id):
        return
    above = duties.raise_up(kind, subject_id=visit.subject_id, now=now, about=visit.case_ref, but=visit.post_id)
    if above is not None:
        grants.grant(visit.subject_id, post_holder(above), why="duty", scope=Scope.FILE, now=now)
