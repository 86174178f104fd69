"""What the installation looks after by itself while orders run: that somebody visits, and what follows their end."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db.models.functions import Coalesce

from kalka.access import selectors as access
from kalka.access.rules import Scope
from kalka.cases import selectors as cases
from kalka.cases.selectors import Known
from kalka.core.actors import Actor, post_holder
from kalka.core.clock import day_of
from kalka.core.commands import command
from kalka.core.permissions import Permission
from kalka.duties import performing
from kalka.duties import services as duties
from kalka.orders import rules
from kalka.orders.effects import INSPECTOR
from kalka.orders.models import ProtectionOrder
from kalka.orders.rules import owed
from kalka.risk import selectors as risk_told
from kalka.risk import services as risk

VISITS = (owed.CHECK, "visit.make")  # either of them is the next visit
EXPIRING = "order_expiring"
AT_ONCE = 500


@command("orders.keep_visited", needs=Permission.SYSTEM)
def keep_visited(actor: Actor, *, now: datetime) -> tuple[UUID, ...]:
    """A file in which an order runs and no visit is to be made gets one: whoever let the last one go let go no other.

    Returns the files.
    """
    rows = performing.undone(ProtectionOrder.objects.running(now), VISITS)
    bare = set(rows.order_by("subject_id").values_list("subject_id", flat=True).distinct()[:AT_ONCE])
    found = []
    for subject_id, case in cases.known(actor, bare, now=now).items():
        post_id = case.post(INSPECTOR, now)
        if post_id is None:
            continue
        due_at = rules.next_noon(now)
        duties.assign(
            owed.CHECK, subject_id=subject_id, post_id=post_id, due_at=due_at, basis=None, now=now, about=case.ref
        )
        found.append(subject_id)
    return tuple(found)


@command("orders.note_expiring", needs=Permission.SYSTEM)
def note_expiring(actor: Actor, *, now: datetime) -> tuple[UUID, ...]:
    """The danger is assessed anew before an order ends, once for each end. Returns the files.

    It asks early enough for the new level to stand when she is asked what follows.
    """
    last = Coalesce("until", "ends")
    rows = ProtectionOrder.objects.running(now).annotate(last=last)
    near = rows.filter(last__lte=day_of(now + rules.ASSESS_BEFORE_END)).order_by("last", "id")
    ends = dict(reversed(list(near.values_list("subject_id", "last"))))  # of each file the first to end
    asked = risk_told.last_called(actor, EXPIRING, ends)
    due = {}
    for subject, day in ends.items():
        begun = rules.end_of(day) - rules.ASSESS_BEFORE_END
        if begun <= now and (subject not in asked or asked[subject] < begun):
            due[subject] = rules.end_of(day)
    return tuple(_assessed_again(actor, due, now))


def _assessed_again(actor: Actor, ends: dict[UUID, datetime], now: datetime) -> Iterable[UUID]:
    first = sorted(ends, key=lambda subject: (ends[subject], subject))[:AT_ONCE]
    for subject_id, case in cases.known(actor, first, now=now).items():
        keeper = _keeper(actor, case)
        if not access.sees(keeper, subject_id, now=now, scope=Scope.DUTIES):
            continue
        risk.require_reassessment(keeper, EXPIRING, subject_id=subject_id, event_at=ends[subject_id], now=now)
        yield subject_id


def _keeper(actor: Actor, case: Known) -> Actor:
    """The installation, knowing of the file what the posts know that work on it."""
    return replace(actor, holders=tuple(post_holder(post) for post in case.posts.values()))
