"""What a person does with a duty by hand: say that it is done, let it go, pass it on."""

from datetime import datetime, timedelta
from uuid import UUID

from kalka.access import selectors as access
from kalka.core import sight
from kalka.core.actors import Actor
from kalka.core.clock import day_of
from kalka.core.commands import command
from kalka.core.errors import DomainError, Stale
from kalka.core.permissions import Permission
from kalka.duties import passing, selectors
from kalka.duties.kinds import BY_HAND, KINDS
from kalka.duties.models import Duty, DutyEnd
from kalka.duties.rules import How
from kalka.duties.services.assigning import assign
from kalka.vault.rows import repeated


@command("duties.finish", needs=Permission.DUTY_END)
def finish_duty(actor: Actor, *, id: UUID, duty_id: UUID, now: datetime) -> DutyEnd:
    """Say that a duty is done; what is asked for every day is due again tomorrow.

    Refuses `duties.ends_by_its_step`, `duties.already_ended`, `duties.not_yours`."""
    duty = selectors.get_duty(actor, duty_id, now=now)
    if again := repeated(DutyEnd, actor, id=id, content=[How.DONE, duty_id]):
        return again
    if not selectors.is_own(actor, duty):
        raise DomainError("duties.not_yours")
    if duty.kind not in BY_HAND:
        raise DomainError("duties.ends_by_its_step")
    end = passing.end(actor, duty, How.DONE, now=now, id=id)
    if hours := KINDS[duty.kind].again_after_hours:
        assign(
            duty.kind,
            subject_id=duty.subject_id,
            post_id=duty.assignee_id,
            due_at=now + timedelta(hours=hours),
            basis=duty.basis,
            now=now,
            level=duty.level,
            about=duty.about,
        )
    return end


@command("duties.finish_for", needs=Permission.COMMITTEE_KEEP)
def finish_for(actor: Actor, *, id: UUID, duty_id: UUID, post_id: int, now: datetime) -> DutyEnd:
    """A member of one's own committee, who works on paper, did it; whoever keeps the committee writes it down.

    Refuses `duties.ends_by_its_step`, `duties.already_ended`."""
    if again := repeated(DutyEnd, actor, id=id, content=[How.DONE, duty_id]):
        return again
    standing = selectors.of_colleagues(actor, [post_id], now=now)[post_id]
    if duty_id not in {one.id for one in standing}:
        raise Stale("duties.already_ended")
    with sight.beyond():  # of that post, found above
        duty = Duty.objects.get(pk=duty_id)
        if duty.kind not in BY_HAND:
            raise DomainError("duties.ends_by_its_step")
        return passing.end(actor, duty, How.DONE, now=now, id=id)


@command("duties.waive", needs=Permission.DUTY_END)
def waive_duty(actor: Actor, *, id: UUID, duty_id: UUID, reason: str, now: datetime) -> DutyEnd:
    """Let a duty go, with a reason. What rests on a law is waived by a leading post alone.

    Refuses `duties.law_is_not_waived_alone`, `duties.ends_by_its_step` where she waits for an answer,
    `duties.reason_missing`, `duties.already_ended`.
    """
    duty = selectors.get_duty(actor, duty_id, now=now)
    if again := repeated(DutyEnd, actor, id=id, content=[How.WAIVED, duty_id, reason]):
        return again
    if KINDS[duty.kind].answered:
        raise DomainError("duties.ends_by_its_step")
    if not selectors.may_waive(actor, duty):
        raise DomainError("duties.law_is_not_waived_alone")
    return passing.end(actor, duty, How.WAIVED, now=now, id=id, reason=_given(reason))


@command("duties.hand_over", needs=Permission.DUTY_END)
def hand_over(actor: Actor, *, id: UUID, duty_id: UUID, to_post: int, reason: str, now: datetime) -> Duty:
    """Pass a duty to another post of the same organisation, with a reason. `id` is that of the passing on.

    A post in which everybody is shut out of the file answers like a vacant one.
    Refuses `duties.post_out_of_reach`, `duties.post_is_vacant`, `duties.reason_missing`, `duties.already_ended`.
    """
    duty = selectors.get_duty(actor, duty_id, now=now)
    if again := repeated(DutyEnd, actor, id=id, content=[How.HANDED_OVER, duty_id, reason, to_post]):
        return Duty.objects.get(continues=again.duty_id)
    if not selectors.is_own(actor, duty):
        raise DomainError("duties.not_yours")
    if to_post not in {post.id for post in selectors.within_reach(actor, duty)}:
        raise DomainError("duties.post_out_of_reach", field="to_post")
    if passing.absent(to_post, day_of(now), access.walled_users(duty.subject_id)):
        raise DomainError("duties.post_is_vacant", field="to_post")
    return passing.move(actor, duty, to_post, How.HANDED_OVER, now=now, id=id, reason=_given(reason))


def _given(reason: str) -> str:
    if not reason.strip():
        raise DomainError("duties.reason_missing", field="reason")
    return reason
