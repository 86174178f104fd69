"""Destroying a file by destroying its keys: asked for by one person, done by the agreement of another."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from uuid import UUID

from kalka.access import services as access
from kalka.cases import selectors as cases
from kalka.cases.selectors.erasing import Doomed
from kalka.core import sight
from kalka.core.actors import Actor
from kalka.core.clock import day_of
from kalka.core.commands import command
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.permissions import Permission
from kalka.custody import beside, rules, selectors
from kalka.custody.models import Erasure, ErasureDecision
from kalka.duties import services as duties
from kalka.people import forgetting
from kalka.vault import erasing
from kalka.vault.rows import repeated, written

SWEPT_FOR = timedelta(days=2)  # after an erasure


@command("custody.ask_erasure", needs=Permission.ERASE)
@sight.beyond()  # whoever destroys a file sees none
def ask_erasure(
    actor: Actor, *, id: UUID, case_ref: str, ground: str, paper: str, paper_on: date, now: datetime
) -> Erasure:
    """Of a case by its reference, of an event, a story or a course by its id. Refuses a case that is not closed: nobody
    is left without help by it. One that waits already, or was erased, too.

    Also refuses what is no ground or no paper. What nobody knows of and what a wall stands before are AccessDenied.
    """
    beside_it = beside.named(case_ref)
    if beside_it is None:
        doomed = cases.to_be_erased(actor, ref=case_ref, now=now)
    else:
        doomed = Doomed(beside.file_of(actor, beside_it), None, closed=True)
    erasing.hold([doomed.subject_id])
    content = [case_ref, ground, paper, str(paper_on)]
    if again := repeated(Erasure, actor, id=id, content=content):
        return again
    rules.check(ground, paper=paper, paper_on=paper_on, today=day_of(now))
    if not doomed.closed:
        raise DomainError("custody.case_open")
    if Erasure.objects.filter(subject_id=doomed.subject_id).exclude(decision__agreed=False).exists():
        raise DomainError("custody.asked_already")
    row = Erasure(
        **written(actor, id=id, subject_id=doomed.subject_id, content=content, now=now),
        report_subject=doomed.report_subject,
        ground=ground,
        paper=paper,
        paper_on=paper_on,
    )
    row.save(force_insert=True)
    return row


@command("custody.decide_erasure", needs=Permission.ERASE)
@sight.beyond()
def decide_erasure(actor: Actor, *, id: UUID, erasure_id: UUID, agreed: bool, now: datetime) -> ErasureDecision:
    """The second person, of another post. With the agreement the keys are destroyed at once; there is no way back.

    Refuses the person and the post that asked, a case that was opened again meanwhile, and what was decided.
    """
    erasure = Erasure.objects.select_for_update().filter(pk=erasure_id).first()
    if erasure is None:
        raise AccessDenied("custody.unknown")
    doomed = _doomed(actor, erasure.subject_id, now)
    content = [str(erasure_id), agreed]
    if again := repeated(ErasureDecision, actor, id=id, content=content):
        return again
    if actor.user_id == erasure.author_id or actor.post_id == erasure.post_id:
        raise DomainError("custody.second_person")
    if ErasureDecision.objects.filter(erasure=erasure).exists():
        raise DomainError("custody.decided_already")
    if agreed and not doomed.closed:
        raise DomainError("custody.case_open")
    gone = _destroyed(actor, erasure, now) if agreed else 0
    row = ErasureDecision(
        **written(actor, id=id, subject_id=erasure.subject_id, content=content, now=now),
        erasure=erasure,
        agreed=agreed,
        keys=gone,
    )
    row.save(force_insert=True)
    return row


@command("custody.settle", needs=Permission.SYSTEM)
def settle(actor: Actor, *, now: datetime) -> list[UUID]:
    """After an older copy of the data was brought back with newer keys: what was erased since is nobody's again."""
    subjects = [stone.subject_id for stone in erasing.stones()]
    _left_to_nobody(actor, subjects, now)
    return subjects


@command("custody.sweep", needs=Permission.SYSTEM)
def sweep(actor: Actor, *, now: datetime) -> list[UUID]:
    """What somebody who was just writing at the moment of an erasure left behind: taken out as well. Every hour."""
    lately = Erasure.objects.filter(decision__agreed=True, decision__recorded_at__gt=now - SWEPT_FOR)
    subjects = {one for pair in lately.values_list("subject_id", "report_subject") for one in pair if one is not None}
    left = sorted(forgetting.left_of(subjects))
    if left:
        _left_to_nobody(actor, left, now)
    return left


def _doomed(actor: Actor, subject_id: UUID, now: datetime) -> Doomed:
    if beside.names(actor, [subject_id]):
        return Doomed(subject_id, None, closed=True)
    return cases.to_be_erased(actor, subject_id=subject_id, now=now)


def _destroyed(actor: Actor, erasure: Erasure, now: datetime) -> int:
    refs = selectors.names_of(actor, {erasure.subject_id}, now=now)
    with_it = sorted(selectors.with_them(actor, refs, now=now))
    subjects = [one for one in (erasure.subject_id, erasure.report_subject, *with_it) if one is not None]
    gone = erasing.destroy(subjects, ground=erasure.ground, now=now)
    _left_to_nobody(actor, subjects, now)
    return gone


def _left_to_nobody(actor: Actor, subjects: Collection[UUID], now: datetime) -> None:
    """Nobody sees them, nothing is asked of them, and nobody in them is found by a number or a name."""
    access.end_all(subjects, now=now)
    for subject in subjects:
        duties.end_with_case(actor, subject_id=subject, now=now, erased=True)
    forgetting.forget(actor, subjects, now=now)
    beside.forget(subjects)
