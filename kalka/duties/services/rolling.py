"""What time does to duties: the late ones move up, those of a vacant post pass on."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q

from kalka.access import selectors as access
from kalka.core.actors import Actor
from kalka.core.clock import day_of
from kalka.core.commands import command
from kalka.core.permissions import Permission
from kalka.duties import passing
from kalka.duties.kinds import INSIDE, KINDS
from kalka.duties.models import Duty, DutyQuerySet
from kalka.duties.rules import How

AT_ONCE = 500  # how many of each sort a run moves at most


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
def roll(actor: Actor, *, now: datetime) -> tuple[Moved, ...]:
    """Move up what has been late for too long, and at once what a vacant post has. Returns what moved.

    Where nobody stands above, a duty stays where it is and is late there.
    """
    shut = _shut_out(actor, now)
    standing = Duty.objects.standing().exclude(subject_id__in=access.walled_subjects())
    held = list(standing.order_by("assignee_id").values_list("assignee_id", flat=True).distinct())
    on = day_of(now)
    instead = {post: to for post in held if (to := passing.stands_in(post, on))}
    above = {post: to for post in held if post not in instead and (to := passing.lead_over(post, on))}
    orphaned = _locked(standing.filter(assignee_id__in=instead))
    near = {post for post, to in above.items() if passing.same_organisation(post, to)}
    reach = Q(assignee_id__in=above) & (Q(assignee_id__in=near) | ~Q(kind__in=INSIDE))
    late = _locked(standing.filter(_too_late(now), reach))
    return (
        *shut,
        *(_moved(actor, duty, instead[duty.assignee_id], True, now) for duty in orphaned),
        *(_moved(actor, duty, above[duty.assignee_id], False, now) for duty in late),
    )


def _shut_out(actor: Actor, now: datetime) -> tuple[Moved, ...]:
    """Files with a wall, one duty at a time: it never moves to whom the wall shuts out, and leaves them at once."""
    on, moved = day_of(now), []
    late = set(Duty.objects.standing().filter(_too_late(now)).values_list("pk", flat=True))
    for duty in _locked(Duty.objects.standing().filter(subject_id__in=access.walled_subjects())):
        walled = access.walled_users(duty.subject_id)
        to_post = passing.stands_in(duty.assignee_id, on, walled)
        if to_post is not None:
            moved.append(_moved(actor, duty, to_post, True, now))
        elif duty.pk in late and (above := passing.lead_over(duty.assignee_id, on, walled)) is not None:
            if duty.kind not in INSIDE or passing.same_organisation(duty.assignee_id, above):
                moved.append(_moved(actor, duty, above, False, now))
    return tuple(moved)


def _too_late(now: datetime) -> Q:
    """As `rules.moves_up`, for the database."""
    hours = defaultdict(list)
    for kind in KINDS.values():
        hours[kind.escalate_after_hours].append(kind.code)
    before = {passed: now - timedelta(hours=passed) for passed in hours}
    each = [Q(kind__in=hours[h], due_at__lte=at, recorded_at__lte=at) for h, at in before.items()]
    return reduce(or_, [*each, *_silent(now)])


def _silent(now: datetime) -> list[Q]:
    """Handed over without a term, and nobody has said a word since."""
    kinds = [kind for kind in KINDS.values() if kind.silent_hours]
    return [Q(kind=kind.code, due_at=None, recorded_at__lte=now - timedelta(hours=kind.silent_hours)) for kind in kinds]


def _locked(duties: DutyQuerySet) -> list[Duty]:
    return list(duties.select_for_update(skip_locked=True).order_by("due_at", "pk")[:AT_ONCE])


def _moved(actor: Actor, duty: Duty, to_post: int, vacant: bool, now: datetime) -> Moved:
    new = passing.move(actor, duty, to_post, How.MOVED, now=now)
    alarm = KINDS[duty.kind].alarm and not vacant
    return Moved(duty.subject_id, new.pk, duty.kind, duty.assignee_id, to_post, vacant, alarm)
