"""What time does to duties: the late ones move up, those of a vacant post pass on.

A run goes over all that stands, the latest first, in batches that are each kept as soon as they are done: what a run
that was broken off had not reached is still late, and the next one finds it. Nothing moves twice within its hours.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q

from kalka.access import selectors as access
from kalka.core import memory
from kalka.core.actors import Actor
from kalka.core.clock import day_of
from kalka.core.commands import command
from kalka.core.permissions import Permission
from kalka.directory import selectors as directory
from kalka.duties import passing, rules
from kalka.duties.covering import Covering
from kalka.duties.kinds import INSIDE, KINDS
from kalka.duties.models import Duty, DutyQuerySet

AT_ONCE = 1000  # how many are looked at in one transaction


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


@dataclass(frozen=True, slots=True)
class Batch:
    """Some of what may have to move, and who takes over from whom on this day."""

    ids: Sequence[UUID]
    covering: Covering


def batches(now: datetime) -> Iterator[Batch]:
    """All that may have to move: two statements for who holds what, one for each batch. No row is looked at twice."""
    on = day_of(now)
    with memory.together():
        covering = Covering(on, directory.everybody(on))
        rows = Duty.objects.standing().filter(_may_move(covering, now))
    for page in (_dated, _undated):
        for ids in page(rows):
            yield Batch(ids, covering)


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
    if (to_post := covering.stands_in(duty.assignee_id, shut_out)) is not None:
        return to_post, True
    kind = KINDS[duty.kind]
    hours, silent = kind.escalate_after_hours, kind.silent_hours
    if not rules.moves_up(duty.due_at, duty.recorded_at, hours, now, silent=silent):
        return None
    above = covering.lead_over(duty.assignee_id, shut_out)
    if above is None or (kind.inside and not passing.same_organisation(duty.assignee_id, above)):
        return None
    return above, False


def _may_move(covering: Covering, now: datetime) -> Q:
    """As `_goes_to` for the database, where nobody is walled off; all of a file with a wall is looked at."""
    posts = [post.id for post in directory.every_post()]
    vacant = [post for post in posts if covering.stands_in(post)]
    above = {post: to for post in posts if (to := covering.lead_over(post)) is not None}
    near = [post for post, to in above.items() if passing.same_organisation(post, to)]
    rises = Q(assignee_id__in=list(above)) & (Q(assignee_id__in=near) | ~Q(kind__in=INSIDE))
    walled = Q(subject_id__in=access.walled_subjects())
    return walled | Q(assignee_id__in=vacant) | (_too_late(now) & rises)


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


def _dated(rows: DutyQuerySet) -> Iterator[list[UUID]]:
    """By their terms, the latest first: each batch begins where the one before ended."""
    rows = rows.exclude(due_at=None).order_by("due_at", "pk")
    page = list(rows.values_list("due_at", "pk")[:AT_ONCE])
    while page:
        yield [pk for _due, pk in page]
        due, last = page[-1]
        further = rows.filter(Q(due_at__gt=due) | Q(due_at=due, pk__gt=last), due_at__gte=due)
        page = list(further.values_list("due_at", "pk")[:AT_ONCE])


def _undated(rows: DutyQuerySet) -> Iterator[list[UUID]]:
    rows = rows.filter(due_at=None).order_by("pk")
    page = list(rows.values_list("pk", flat=True)[:AT_ONCE])
    while page:
        yield page
        page = list(rows.filter(pk__gt=page[-1]).values_list("pk", flat=True)[:AT_ONCE])


def _moved(was: Duty, goes_on: Duty, vacant: bool) -> Moved:
    alarm = KINDS[was.kind].alarm and not vacant
    return Moved(was.subject_id, goes_on.pk, was.kind, was.assignee_id, goes_on.assignee_id, vacant, alarm)
