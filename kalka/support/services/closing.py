"""Her own word on safety, or why there is none: what a case may be closed on."""

from dataclasses import asdict
from datetime import datetime, timedelta
from uuid import UUID

from kalka.access import selectors as access
from kalka.cases import selectors as cases
from kalka.core import clock
from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.errors import DomainError, Stale
from kalka.core.permissions import Permission
from kalka.directory import selectors as directory
from kalka.directory.roles import ROLES
from kalka.duties import services as duties
from kalka.support import rules, selectors
from kalka.support.duty import SECOND, about
from kalka.support.models import SafetyWord, Without, WithoutDecision
from kalka.support.rules import NewWithout, NewWord
from kalka.vault.rows import repeated, written

TERM = timedelta(days=3)  # an internal rule


@command("support.record_word", needs=Permission.SUPPORT_WORK)
def record_word(actor: Actor, *, id: UUID, case_ref: str, told: NewWord, now: datetime) -> SafetyWord:
    """What she says of her safety. Only what she said alone counts for closing; the rest is kept as well."""
    case = selectors.open_case(actor, case_ref, now=now)
    content = asdict(told)
    if again := repeated(SafetyWord, actor, id=id, content=content):
        return again
    rules.check_word(told)
    row = SafetyWord(
        **written(actor, id=id, subject_id=case.subject_id, content=content, now=now),
        feels=told.feels,
        alone=told.alone,
    )
    if told.told.strip():
        access.keys_for(actor, case.subject_id, now=now).put(row, "told", told.told.strip())
    row.save(force_insert=True)
    return row


@command("support.explain_without", needs=Permission.SUPPORT_WORK)
def explain_without(actor: Actor, *, id: UUID, case_ref: str, told: NewWithout, now: datetime) -> Without:
    """Why the case can be closed without her word. Counts for nothing until a second person agrees.

    Refuses a reason the contacts written down do not bear out, and where nobody else of the team could agree.
    """
    case = selectors.open_case(actor, case_ref, now=now)
    content = asdict(told)
    if again := repeated(Without, actor, id=id, content=content):
        return again
    attempts = selectors.attempts(actor, case.subject_id, now=now)
    rules.check_without(told, attempts, today=clock.day_of(now))
    if Without.objects.filter(subject_id=case.subject_id, decision=None).exists():
        raise Stale("support.second_is_asked")
    second = _second(actor, case.subject_id, now)
    row = Without(
        **written(actor, id=id, subject_id=case.subject_id, content=content, now=now),
        reason=told.reason,
        attempts=len(attempts),
    )
    access.keys_for(actor, case.subject_id, now=now).put(row, "told", told.told.strip())
    row.save(force_insert=True)
    duties.assign(
        SECOND,
        subject_id=case.subject_id,
        post_id=second,
        due_at=now + TERM,
        basis=None,
        now=now,
        about=about(case.ref, row.pk),
    )
    return row


@command("support.decide_without", needs=Permission.SUPPORT_WORK)
def decide_without(
    actor: Actor, *, id: UUID, case_ref: str, without_id: UUID, agreed: bool, now: datetime
) -> WithoutDecision:
    """The second person, of another post, agrees or not. Refuses `support.own_reason`, `support.decided`."""
    without = selectors.get_without(actor, case_ref, without_id, now=now)
    content = [without_id, agreed]
    if again := repeated(WithoutDecision, actor, id=id, content=content):
        return again
    if without.author_id == actor.user_id or without.post_id == actor.post_id:
        raise DomainError("support.own_reason")
    if WithoutDecision.objects.filter(without=without).exists():
        raise Stale("support.decided")
    row = WithoutDecision(
        **written(actor, id=id, subject_id=without.subject_id, content=content, now=now),
        without=without,
        asker_id=without.author_id,
        agreed=agreed,
    )
    row.save(force_insert=True)
    duties.end_for(SECOND, subject_id=without.subject_id, actor=actor, now=now)
    return row


def _second(actor: Actor, subject_id: UUID, now: datetime) -> int:
    """The first other post of the team that may agree, with somebody in it who may see the case."""
    on, barred = clock.day_of(now), access.walled_users(subject_id) | {actor.user_id}
    for line in cases.team(actor, subject_id, now=now):
        may = Permission.SUPPORT_WORK in ROLES[line.post.role].permissions and line.scope == "file"
        if may and line.post.id != actor.post_id and set(directory.holders_of(line.post.id, on)) - barred:
            return line.post.id
    raise DomainError("support.no_second_person")
