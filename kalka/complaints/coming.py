"""What is about to change for her, in all files, some hundreds at a time: for jobs of the installation."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from kalka.complaints.clocks import clocks
from kalka.complaints.rules import Next
from kalka.core.actors import Actor
from kalka.duties import batches
from kalka.history import selectors as history
from kalka.proceedings import selectors as proceedings

BEFORE_END = "order.before_expiry"
LOOKED_BACK = timedelta(days=2)  # how long a job may have stood still
AT_ONCE = 500  # files in one transaction
# Of a file, what comes and when; of an order, when there must have been agreement on what follows.
Coming = tuple[UUID, Next, datetime]


def coming_next(actor: Actor, *, now: datetime) -> Iterator[Sequence[Coming]]:
    """All that she is to be told of, some hundreds at a time: who is free first."""
    yield from pieces(list(free(actor, now)))
    yield from pieces(list(_releases(actor, now)))
    for late in batches.late([BEFORE_END], now):
        yield from pieces([(one.subject_id, Next.ORDER_ENDS, one.due_at) for one in late if one.due_at is not None])


def pieces(coming: Sequence[Coming]) -> Iterator[Sequence[Coming]]:
    for first in range(0, len(coming), AT_ONCE):
        yield coming[first : first + AT_ONCE]


def _releases(actor: Actor, now: datetime) -> Iterator[Coming]:
    for one in proceedings.coming_releases(actor, before=now + clocks().tell_before, now=now):
        yield one.subject_id, Next.RELEASE, one.until


def free(actor: Actor, now: datetime) -> Iterator[Coming]:
    """Foreseen or not, by when it was written down."""
    for subject_id, at in history.lately(actor, "released", since=now - LOOKED_BACK):
        yield subject_id, Next.FREE, at
