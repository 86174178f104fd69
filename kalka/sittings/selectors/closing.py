"""What a committee decided about a case and nobody has done yet."""

from datetime import datetime
from uuid import UUID

from kalka.access import selectors as access
from kalka.core import sight
from kalka.core.actors import Actor
from kalka.core.blockers import Blocker
from kalka.sittings.models import Addendum, Carried, CaseDecision
from kalka.sittings.rules import Change


def open_work(actor: Actor, subject_id: UUID, *, now: datetime) -> tuple[Blocker, ...]:
    """As a number: whoever closes the case is not of the committee, and opens nothing of its sittings. Also where
    nobody has the duty any more, because whoever answered for it has left."""
    if not access.sees(actor, subject_id, now=now):
        return ()
    with sight.beyond():  # of a file the actor sees, the number alone
        over = (
            Carried.objects.values("decision"),
            Addendum.objects.filter(change=Change.WITHDRAWN).values("decision"),
        )
        rows = CaseDecision.objects.filter(about=subject_id)
        number = rows.exclude(pk__in=over[0]).exclude(pk__in=over[1]).count()
    return (Blocker("sittings.decided_and_open", {"number": number}),) if number else ()
