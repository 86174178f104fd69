"""All duties that are late or in nobody's hands, in batches.

A run goes over all that stands, the latest first, and each batch is kept as soon as it is done: what a run that was
broken off had not reached is still late, and the next one finds it. Nothing moves twice within its hours.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q

from kalka.access import selectors as access
from kalka.core import memory
from kalka.core.clock import day_of
from kalka.directory import selectors as directory
from kalka.duties import passing
from kalka.duties.covering import Covering
from kalka.duties.kinds import INSIDE, KINDS
from kalka.duties.lines import DutyLine, line
from kalka.duties.models import Duty, DutyQuerySet

AT_ONCE = 1000  # how many are looked at in one transaction


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


def late(kinds: Collection[str], now: datetime) -> Iterator[list[DutyLine]]:
    """Every late duty of these kinds, in all files, the latest first: for jobs of the installation."""
    rows = Duty.objects.standing().filter(kind__in=kinds, due_at__lt=now)
    for ids in _dated(rows):
        yield [line(duty, now) for duty in Duty.objects.filter(pk__in=ids).order_by("due_at", "pk")]


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
    each = [Q(kind__in=hours[h], due_at__lte=at) & _held_since(at) for h, at in before.items()]
    return reduce(or_, [*each, *_silent(now)])


def _held_since(at: datetime) -> Q:
    """As `Duty.held_since`: handed over later than that, its clock ran on."""
    return Q(recorded_at__lte=at) | Q(clock_from__lte=at)


def _silent(now: datetime) -> list[Q]:
    """Handed over without a term, and nobody has said a word since."""
    kinds = [kind for kind in KINDS.values() if kind.silent_hours]
    return [Q(kind=kind.code, due_at=None) & _held_since(now - timedelta(hours=kind.silent_hours)) for kind in kinds]


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
