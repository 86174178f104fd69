"""What the installation looks after by itself while orders run: that somebody visits, and what follows their end."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from kalka.access import selectors as access
from kalka.access.rules import Scope
from kalka.cases import selectors as cases
from kalka.cases.selectors import Known
from kalka.core.actors import Actor, post_holder
from kalka.core.commands import command
from kalka.core.permissions import Permission
from kalka.duties import performing
from kalka.duties import services as duties
from kalka.orders import ending, rules
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
def note_expiring(actor: Actor, *, now: datetime, ends: Mapping[UUID, date] | None = None) -> tuple[UUID, ...]:
    """The danger is assessed anew before an order ends, once for each end. Returns the files.

    It asks early enough for the new level to stand when she is asked what follows. `ends`: some of what
    `ending.expiring` finds, to be kept by themselves; without it all there are, in one transaction.
    """
    found = [ends] if ends is not None else ending.expiring(now)
    return tuple(one for some in found for one in _assessed_again(actor, _due(actor, some, now), now))


def _due(actor: Actor, ends: Mapping[UUID, date], now: datetime) -> dict[UUID, datetime]:
    asked = risk_told.last_called(actor, EXPIRING, ends)
    due = {}
    for subject, day in ends.items():
        begun = rules.end_of(day) - rules.ASSESS_BEFORE_END
        if begun <= now and (subject not in asked or asked[subject] < begun):
            due[subject] = rules.end_of(day)
    return due


def _assessed_again(actor: Actor, ends: Mapping[UUID, datetime], now: datetime) -> Iterator[UUID]:
    """The soonest first."""
    files = cases.known(actor, list(ends), now=now) if ends else {}
    for subject_id in sorted(files, key=lambda subject: (ends[subject], subject)):
        keeper = _keeper(actor, files[subject_id])
        if not access.sees(keeper, subject_id, now=now, scope=Scope.DUTIES):
            continue
        risk.require_reassessment(keeper, EXPIRING, subject_id=subject_id, event_at=ends[subject_id], now=now)
        yield subject_id


def _keeper(actor: Actor, case: Known) -> Actor:
    """The installation, knowing of the file what the posts know that work on it."""
    return replace(actor, holders=tuple(post_holder(post) for post in case.posts.values()))
