"""Primitives, called inside the commands of steps: a step causes duties, and ends the one it was."""

from collections.abc import Mapping
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from kalka.access import selectors as access
from kalka.access import services as grants
from kalka.core import commands
from kalka.core.actors import SYSTEM, Actor, post_holder
from kalka.core.clock import day_of
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.refs import new_id
from kalka.directory import selectors as directory
from kalka.duties import passing, rules
from kalka.duties.kinds import KINDS, RECURRING
from kalka.duties.models import Duty
from kalka.duties.rules import INTERNAL, How
from kalka.lawbook.book import Provision
from kalka.vault.rows import written

Basis: TypeAlias = Provision | Mapping[str, object] | None  # None: an internal rule


def assign(  # noqa: PLR0913  (all that a duty is; each step says what it knows)
    kind: str,
    *,
    subject_id: UUID,
    post_id: int,
    due_at: datetime | None,
    basis: Basis,
    now: datetime,
    level: str = "",
    about: str = "",
    answered: bool = False,
    at_once: bool = False,
) -> Duty:
    """Give a post a duty. The same kind about the same thing stands once; a sooner term replaces the standing one.

    The duty of a vacant post, or of one whose holders a wall shuts out of the file, passes at once to its substitute,
    else to the leading post. `answered`: whoever asks knows that somebody is there who may know of it. `at_once`:
    somebody may be in danger now, and it stands above all else of Today, though its kind does not.
    """
    _inside_a_command()
    duty = Duty(
        **written(SYSTEM, id=new_id(), subject_id=subject_id, content=[kind, about], now=now),
        kind=KINDS[kind].code,
        assignee_id=post_id,
        due_at=due_at,
        basis=_stored(basis),
        level=level,
        about=about,
        at_once=at_once,
    )
    standing = _placed(duty)
    if standing.pk != duty.pk:
        sooner = rules.is_sooner(due_at, standing.due_at) or (at_once and not standing.at_once)
        return _brought_forward(standing, duty, now) if sooner else standing
    if answered or access.answered(post_id, subject_id, on=day_of(now)):
        return duty
    to_post = passing.instead(kind, post_id, day_of(now), access.walled_users(subject_id))
    return passing.move(SYSTEM, duty, to_post, How.MOVED, now=now) if to_post else duty


def end_for(kind: str, *, subject_id: UUID, now: datetime, actor: Actor, about: str = "") -> int:
    """The step was taken: its duty is done, whoever had it. Without `about`, all of the kind. Returns how many."""
    _inside_a_command()
    standing = Duty.objects.standing().filter(kind=KINDS[kind].code, subject_id=subject_id)
    mine = standing.filter(about=about) if about else standing
    ended = list(mine.select_for_update())  # two steps at the same moment: the second finds nothing left to end
    for duty in ended:
        passing.end(actor, duty, How.DONE, now=now)
    return len(ended)


def let_go(kind: str, *, subject_id: UUID, now: datetime, actor: Actor, about: str) -> int:
    """What was to be done is no longer: a decision was taken back, or given to somebody else. Returns how many."""
    _inside_a_command()
    standing = Duty.objects.standing().filter(kind=KINDS[kind].code, subject_id=subject_id, about=about)
    ended = list(standing.select_for_update())
    for duty in ended:
        passing.end(actor, duty, How.WAIVED, now=now)
    return len(ended)


def raise_up(kind: str, *, subject_id: UUID, now: datetime, about: str, but: int | None = None) -> int | None:
    """Nobody answered in time: the duty goes to whoever leads there, as `roll` would move it; not to
    who is in the post `but` as well. Returns to which post.

    None where nobody leads, or nothing of the kind stands any more.
    """
    _inside_a_command()
    standing = Duty.objects.standing().filter(kind=KINDS[kind].code, subject_id=subject_id, about=about)
    duty = standing.select_for_update().first()
    if duty is None:
        return None
    on = day_of(now)
    past = frozenset(directory.holders_of(but, on)) if but else frozenset()
    above = passing.lead_over(duty.assignee_id, on, access.walled_users(subject_id) | past)
    if above is None or (KINDS[kind].inside and not passing.same_organisation(duty.assignee_id, above)):
        return None
    passing.move(SYSTEM, duty, above, How.MOVED, now=now)
    return above


def end_with_case(actor: Actor, *, subject_id: UUID, now: datetime, erased: bool = False) -> int:
    """The case is closed: what would come again ends with it, and so does the sight that came with a duty.

    Refuses with `duties.still_open` while something stands that must be done once; not where the file was `erased`,
    and came back open out of an older backup.
    """
    _inside_a_command()
    standing = list(Duty.objects.standing().filter(subject_id=subject_id))
    if not erased and any(duty.kind not in RECURRING for duty in standing):
        raise DomainError("duties.still_open")
    for duty in standing:
        passing.end(actor, duty, How.CLOSED, now=now)
    taken_over = Duty.objects.filter(subject_id=subject_id).exclude(continues=None)
    for post_id in set(taken_over.values_list("assignee_id", flat=True)):
        grants.end_grant(subject_id, post_holder(post_id), why=passing.WHY, now=now)
    return len(standing)


def _placed(duty: Duty) -> Duty:
    """The one that stands: this one, or the one that stood before. Two requests at once leave one."""
    if Duty.objects.place(duty):
        return duty
    same = Duty.objects.standing().filter(subject_id=duty.subject_id, kind=duty.kind, about=duty.about)
    return same.get()


def _brought_forward(standing: Duty, sooner: Duty, now: datetime) -> Duty:
    """The sooner term takes the place of the standing one, in the same hands."""
    passing.end(SYSTEM, standing, How.BROUGHT_FORWARD, now=now)
    sooner.assignee_id, sooner.escalations = standing.assignee_id, standing.escalations
    sooner.at_once |= standing.at_once
    if not rules.is_sooner(sooner.due_at, standing.due_at):
        sooner.due_at, sooner.basis = standing.due_at, standing.basis
    sooner.clock_from = standing.held_since
    sooner.continues = standing
    sooner.save(force_insert=True)
    return sooner


def _stored(basis: Basis) -> dict[str, object]:
    if basis is None:
        return {"rule": INTERNAL}
    return basis.as_json() if isinstance(basis, Provision) else dict(basis)


def _inside_a_command() -> None:
    if not commands.inside():
        raise AccessDenied("duties.outside_a_command")
