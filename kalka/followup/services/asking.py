"""She is asked, by somebody outside the police, whether a visit that was written down was made."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from kalka.access import selectors as access
from kalka.cases import selectors as cases
from kalka.core.actors import Actor
from kalka.core.clock import day_of
from kalka.core.commands import command
from kalka.core.errors import DomainError
from kalka.core.permissions import Permission
from kalka.directory import selectors as directory
from kalka.duties import services as duties
from kalka.duties.rules import About
from kalka.followup import rules, selectors
from kalka.followup.models import Visit, VisitSaid
from kalka.followup.rules import NewSaid, Said
from kalka.followup.schedule import schedule
from kalka.history import services as history
from kalka.notices import services as notices
from kalka.vault.keys import fingerprint
from kalka.vault.rows import repeated, written

ASK, DENIED = "visit.ask", "visit.denied"
SOCIAL, COORDINATOR = "social_worker", "window_coordinator"


def coordinators(post_id: int, *, now: datetime) -> Iterator[int]:
    """Whoever coordinates where a post works, if anybody does."""
    post = directory.post(post_id)
    found = directory.responsible(COORDINATOR, post.place, day_of(now)) if post else None
    if found is not None:
        yield found.id


def ask_her(actor: Actor, visit: Visit, *, high: bool, now: datetime) -> None:
    """Of every visit at a high level and of some others, by whoever else works on the case outside the police."""
    rule = schedule().ask
    if not rule.is_asked(int.from_bytes(fingerprint(str(visit.pk), ASK)[:4], "big"), high=high):
        return
    asked = (cases.team_post(actor, visit.subject_id, role, now=now) for role in (SOCIAL, COORDINATOR))
    post_id = next((one for one in asked if one is not None and one != visit.post_id), None)
    if post_id is not None:
        duties.assign(
            ASK,
            subject_id=visit.subject_id,
            post_id=post_id,
            due_at=now + rule.within,
            basis=None,
            now=now,
            about=_about(visit),
        )


@command("followup.record_said", needs=Permission.VISIT_ASK)
def record_said(actor: Actor, *, id: UUID, case_ref: str, visit_id: UUID, told: NewSaid, now: datetime) -> VisitSaid:
    """What she says stands beside the visit; the visit stays as it was written.

    Where she says that nobody came, whoever is above the post that wrote it and the coordinator are alerted, and the
    visit is due again at once. Refuses whoever made the visit, and an answer that is none.
    """
    visit = selectors.get_visit(actor, case_ref, visit_id, now=now)
    content = [visit_id, asdict(told)]
    if again := repeated(VisitSaid, actor, id=id, content=content):
        return again
    rules.check_said(told)
    if visit.post_id == actor.post_id:
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
    duties.end_for(ASK, subject_id=visit.subject_id, now=now, actor=actor, about=_about(visit))
    if told.said == Said.NOT_CAME:
        _denied(actor, visit, now=now)
    return row


def _denied(actor: Actor, visit: Visit, *, now: datetime) -> None:
    subject_id = visit.subject_id
    history.append(actor, subject_id=subject_id, kind="visit_denied", at=now, now=now, source="followup")
    wrote = visit.post_id
    lead = directory.lead_of(wrote, day_of(now)) if wrote else None
    if lead is not None:
        due = now + schedule().ask.within
        duties.assign(
            DENIED, subject_id=subject_id, post_id=lead.id, due_at=due, basis=None, now=now, about=_about(visit)
        )
    told = [lead.id] if lead else []
    for post_id in dict.fromkeys([*told, *(coordinators(wrote, now=now) if wrote else ())]):
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


def _about(visit: Visit) -> str:
    return str(About(visit.case_ref, str(visit.pk)))
