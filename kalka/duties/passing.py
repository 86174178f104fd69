"""What happens to a duty that ends or goes on elsewhere. Called by the services alone."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Value
from django.db.models.functions import Greatest

from kalka.access import selectors as access
from kalka.access import services as grants
from kalka.access.rules import Scope
from kalka.core.actors import Actor, post_holder
from kalka.core.errors import Stale
from kalka.core.inserting import insert_many
from kalka.core.refs import new_id
from kalka.directory import selectors as directory
from kalka.duties.covering import Covering
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
    new = _continued(actor, duty, to_post, how, now)
    new.continues = duty
    new.save(force_insert=True)
    _pass_sight(duty, to_post, now)
    return new


def _continued(actor: Actor, duty: Duty, to_post: int, how: How, now: datetime) -> Duty:
    return Duty(
        **written(actor, id=new_id(), subject_id=duty.subject_id, content=[duty.kind, duty.about], now=now),
        kind=duty.kind,
        assignee_id=to_post,
        due_at=duty.due_at,
        basis=duty.basis,
        level=duty.level,
        about=duty.about,
        continues_id=duty.pk,
        escalations=duty.escalations + (how is How.MOVED),
        clock_from=duty.held_since if how is How.HANDED_OVER else None,
        at_once=duty.at_once,
    )


def move_all(actor: Actor, moves: Collection[tuple[Duty, int]], *, now: datetime) -> list[Duty]:
    """Many that go up at once, in as many statements as one. Locked by the caller, who found that they stand."""
    ids = [duty.pk for duty, _to in moves]
    if Duty.objects.standing().filter(pk__in=ids).update(ended_at=Greatest("recorded_at", Value(now))) != len(ids):
        raise Stale("duties.already_ended")
    insert_many(
        DutyEnd(
            **written(actor, id=new_id(), subject_id=duty.subject_id, content=[How.MOVED, duty.pk, to_post], now=now),
            duty_id=duty.pk,
            how=How.MOVED,
            to_post_id=to_post,
        )
        for duty, to_post in moves
    )
    made = insert_many(_continued(actor, duty, to_post, How.MOVED, now) for duty, to_post in moves)
    _pass_all_sight(moves, now)
    return made


def instead(kind: str, post_id: int, on: date, walled: frozenset[int] = frozenset()) -> int | None:
    return Covering(on).instead(kind, post_id, walled)


def absent(post_id: int, on: date, walled: frozenset[int] = frozenset()) -> bool:
    return Covering(on).absent(post_id, walled)


def lead_over(post_id: int, on: date, walled: frozenset[int] = frozenset()) -> int | None:
    return Covering(on).lead_over(post_id, walled)


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


def _pass_all_sight(moves: Collection[tuple[Duty, int]], now: datetime) -> None:
    """As `_pass_sight`, of many at once."""
    gone = [(duty.subject_id, duty.assignee_id, to) for duty, to in moves if not directory.among_neighbours(to)]
    near = [one for one in gone if same_organisation(one[1], one[2])]
    grants.grant_as_all([(file, post_holder(old), post_holder(new)) for file, old, new in near], why=WHY, now=now)
    theirs = Duty.objects.standing().filter(subject_id__in={one[0] for one in gone})
    still = set(theirs.values_list("subject_id", "assignee_id"))
    ended = {(file, post_holder(old)) for file, old, _new in gone if (file, old) not in still}
    grants.end_grants(ended, why=WHY, now=now)


def _seal_reason(actor: Actor, end: DutyEnd, reason: str, now: datetime) -> None:
    """Whoever has a duty without the file may still write why: a grant as long as this command lets it be sealed."""
    if not access.sees(actor, end.subject_id, now=now, scope=Scope.DUTIES) and actor.post_id:
        holder, soon = post_holder(actor.post_id), now + timedelta(minutes=1)
        grants.grant(end.subject_id, holder, why=WHY, scope=Scope.DUTIES, now=now, until=soon)
    keys = access.keys_for(actor, end.subject_id, now=now, klasses=(Klass.NARRATIVE,), scope=Scope.DUTIES)
    keys.put(end, "reason", reason)
