"""What time does to duties: the late ones move up, those of a vacant post pass on."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kalka.access import selectors as access
from kalka.core import memory
from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.permissions import Permission
from kalka.duties import passing, rules
from kalka.duties.batches import Batch, batches
from kalka.duties.covering import Covering
from kalka.duties.kinds import KINDS
from kalka.duties.models import Duty


@dataclass(frozen=True, slots=True)
class Moved:
    """A duty that moved up; whoever called `roll` alerts when it is an alarm. A vacancy is no alarm."""

    subject_id: UUID
    duty_id: UUID
    kind: str
    from_post: int
    to_post: int
    vacant: bool
    alarm: bool

    @property
    def notice(self) -> str:
        """The kind of notice that tells the post it moved to."""
        return "post_vacant" if self.vacant else "duty_alarm" if self.alarm else "duty_overdue"


@command("duties.roll", needs=Permission.SYSTEM)
def roll(actor: Actor, *, now: datetime, batch: Batch | None = None) -> tuple[Moved, ...]:
    """Move up what has been late for too long, and at once what a vacant post has. Returns what moved.

    Where nobody stands above, a duty stays where it is and is late there. It never moves to whom a wall shuts out of
    its file, and leaves them at once. Without a batch: all there is, in one transaction.
    """
    return tuple(one for some in ([batch] if batch else batches(now)) for one in _rolled(actor, some, now))


def _rolled(actor: Actor, batch: Batch, now: datetime) -> list[Moved]:
    with memory.together():
        standing = Duty.objects.standing().filter(pk__in=batch.ids)
        duties = list(standing.select_for_update(skip_locked=True).order_by("due_at", "pk"))
        walled = access.walled_users_of({duty.subject_id for duty in duties})
        found = [(duty, _goes_to(duty, batch.covering, walled.get(duty.subject_id), now)) for duty in duties]
        moves = [(duty, *where) for duty, where in found if where is not None]
        new = passing.move_all(actor, [(duty, to_post) for duty, to_post, _vacant in moves], now=now) if moves else []
    return [_moved(was, goes_on, vacant) for (was, _to, vacant), goes_on in zip(moves, new, strict=True)]


def _goes_to(duty: Duty, covering: Covering, walled: frozenset[int] | None, now: datetime) -> tuple[int, bool] | None:
    """Which post it moves to, and whether because nobody is there to do it; None where it stays."""
    shut_out = walled or frozenset()
    if (to_post := covering.instead(duty.kind, duty.assignee_id, shut_out)) is not None:
        return to_post, True
    kind = KINDS[duty.kind]
    hours, silent = kind.escalate_after_hours, kind.silent_hours
    if not rules.moves_up(duty.due_at, duty.held_since, hours, now, silent=silent):
        return None
    above = covering.lead_over(duty.assignee_id, shut_out)
    if above is None or (kind.inside and not passing.same_organisation(duty.assignee_id, above)):
        return None
    return above, False


def _moved(was: Duty, goes_on: Duty, vacant: bool) -> Moved:
    alarm = KINDS[was.kind].alarm and not vacant
    return Moved(was.subject_id, goes_on.pk, was.kind, was.assignee_id, goes_on.assignee_id, vacant, alarm)
