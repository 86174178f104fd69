"""The whole list of cases, for a file: codes and days in batches, each recorded before it is given out."""

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice
from uuid import UUID

from kalka.access import selectors as access
from kalka.cases.models import Case
from kalka.cases.selectors.listing import NEWEST, CaseLine, State, read_lines
from kalka.core import audit
from kalka.core.actors import Actor

AT_ONCE = 1_000  # as many as are sent at once: what may not be seen any more is not read ahead


def whole_register(
    actor: Actor, *, now: Callable[[], datetime], state: State = State.ALL
) -> Iterator[tuple[CaseLine, ...]]:
    """What `list_cases` shows page by page, in its order. A batch is in the record before its first row is read, and
    holds what may be seen at its own moment: a file takes long to send."""
    after = NEWEST
    while True:
        lines, following = read_lines(actor, now(), state, after, AT_ONCE)
        if lines or after == NEWEST:
            audit.read(actor, "cases.whole_register", [line.subject_id for line in lines])
        yield lines
        if not following:
            return
        after = following


def subjects(actor: Actor, *, now: datetime, most: int) -> tuple[UUID, ...]:
    """The subjects of the cases whose file the actor may see, up to one more than `most`."""
    rows = access.visible(actor, Case.objects.order_by("pk"), now=now)
    return tuple(islice(rows.values_list("subject_id", flat=True).iterator(), most + 1))
