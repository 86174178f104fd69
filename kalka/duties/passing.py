"""What happens to a duty that ends or goes on elsewhere. Called by the services alone."""

from datetime import date, datetime, timedelta
from uuid import UUID

from kalka.access import selectors as access
from kalka.access import services as grants
from kalka.access.rules import Scope
from kalka.core.actors import Actor, post_holder
from kalka.core.errors import Stale
from kalka.core.refs import new_id
from kalka.directory import selectors as directory
from kalka.duties.models import Duty, DutyEnd
from kalka.duties.rules import How
from kalka.vault.classes import Klass
from kalka.vault.rows import written

WHY = "duty"


def end(
    actor: Actor,
    duty: Duty,
    how: How,
    *,
    now: datetime,
    id: UUID | None = None,
    reason: str = "",
    to_post: int | None = None,
) -> DutyEnd:
    ended = max(now, duty.recorded_at)  # nothing ends before it began, also where the clock was set back
    if not Duty.objects.standing().filter(pk=duty.pk).update(ended_at=ended):
        raise Stale("duties.already_ended")
    content = [how, duty.pk, *([reason] if reason else []), *([to_post] if to_post else [])]
    row = DutyEnd(
        **written(actor, id=id or new_id(), subject_id=duty.subject_id, content=content, now=now),
        duty=duty,
        how=how,
        to_post_id=to_post,
    )
    if reason:
        _seal_reason(actor, row, reason, now)
    row.save(force_insert=True)
    return row


def move(
    actor: Actor,
    duty: Duty,
    to_post: int,
    how: How,
    *,
    now: datetime,
    id: UUID | None = None,
    reason: str = "",
) -> Duty:
    """End a duty here and let it go on there. Within an organisation the sight of the file goes along."""
    end(actor, duty, how, now=now, id=id, reason=reason, to_post=to_post)
    new = Duty(
        **written(actor, id=new_id(), subject_id=duty.subject_id, content=[duty.kind, duty.about], now=now),
        kind=duty.kind,
        assignee_id=to_post,
        due_at=duty.due_at,
        basis=duty.basis,
        level=duty.level,
        about=duty.about,
        continues=duty,
        escalations=duty.escalations + (how is How.MOVED),
    )
    new.save(force_insert=True)
    _pass_sight(duty, to_post, now)
    return new


def stands_in(post_id: int, on: date, walled: frozenset[int] = frozenset()) -> int | None:
    """Who takes the duties of a post with nobody to do them: its substitute, else the leading post.

    Nobody holds it, or all who hold it are `walled` off from the file. None while somebody can, and in a committee:
    what one of the two had to do is the other's, who sees it.
    """
    if directory.among_neighbours(post_id) or not absent(post_id, on, walled):
        return None
    substitute = directory.substitute_of(post_id, on)
    if substitute and substitute.id != post_id and not absent(substitute.id, on, walled):
        return substitute.id
    return lead_over(post_id, on, walled)


def absent(post_id: int, on: date, walled: frozenset[int] = frozenset()) -> bool:
    """Nobody is in the post who may know of the file: what is given to it would be done by nobody."""
    if not walled:
        return directory.is_vacant(post_id, on)
    return set(directory.holders_of(post_id, on)) <= walled or directory.is_vacant(post_id, on)


def lead_over(post_id: int, on: date, walled: frozenset[int] = frozenset()) -> int | None:
    """The nearest post that leads above it with somebody in it who may know; None where there is none, and in a
    committee, whoever leads it."""
    if directory.among_neighbours(post_id):
        return None
    seen = {post_id}
    lead = directory.lead_of(post_id, on)
    while lead is not None and lead.id not in seen:
        if not absent(lead.id, on, walled):
            return lead.id
        seen.add(lead.id)
        lead = directory.lead_of(lead.id, on)
    return None


def same_organisation(one: int, other: int) -> bool:
    of = directory.posts([one, other])
    return of[one].organisation_id == of[other].organisation_id


def _pass_sight(duty: Duty, to_post: int, now: datetime) -> None:
    before, after = post_holder(duty.assignee_id), post_holder(to_post)
    if directory.among_neighbours(to_post):
        return
    if same_organisation(duty.assignee_id, to_post):
        grants.grant_as(duty.subject_id, after, like=before, why=WHY, now=now)
    theirs = Duty.objects.standing().filter(subject_id=duty.subject_id, assignee_id=duty.assignee_id)
    if not theirs.exists():
        grants.end_grant(duty.subject_id, before, why=WHY, now=now)


def _seal_reason(actor: Actor, end: DutyEnd, reason: str, now: datetime) -> None:
    """Whoever has a duty without the file may still write why: a grant as long as this command lets it be sealed."""
    if not access.sees(actor, end.subject_id, now=now, scope=Scope.DUTIES) and actor.post_id:
        holder, soon = post_holder(actor.post_id), now + timedelta(minutes=1)
        grants.grant(end.subject_id, holder, why=WHY, scope=Scope.DUTIES, now=now, until=soon)
    keys = access.keys_for(actor, end.subject_id, now=now, klasses=(Klass.NARRATIVE,), scope=Scope.DUTIES)
    keys.put(end, "reason", reason)
