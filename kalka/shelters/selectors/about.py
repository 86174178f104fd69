"""What the file of a family may know: that a place is held, or that somebody stays. Not where, and not who."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kalka.access import selectors as access
from kalka.access.rules import Scope
from kalka.core.actors import Actor
from kalka.core.blockers import Blocker
from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission
from kalka.shelters.bedding import mark
from kalka.shelters.models import Taking
from kalka.shelters.rules import Kind, still_held


@dataclass(frozen=True, slots=True)
class Sheltered:
    """`until`: of a hold, its minute; `since`: of a stay, the moment it began."""

    kind: Kind
    since: datetime
    until: datetime | None


def panel(actor: Actor, subject_id: UUID, *, now: datetime) -> tuple[Sheltered, ...]:
    """For the card of a case the actor sees; nothing for whoever does not."""
    rows = list(Taking.objects.running().filter(about=mark(subject_id)).order_by("since", "pk"))
    if not rows or not access.sees(actor, subject_id, now=now, scope=Scope.DUTIES):
        return ()
    return tuple(Sheltered(Kind(one.kind), one.since, one.until) for one in rows if still_held(one.until, now))


def files_about(actor: Actor, subject_ids: Collection[UUID]) -> frozenset[UUID]:
    """The files of stays and holds that were for one of these cases: they are destroyed with it. Needs ERASE."""
    if not actor.may(Permission.ERASE):
        raise AccessDenied("core.not_permitted")
    marks = [mark(one) for one in subject_ids]
    return frozenset(Taking.objects.filter(about__in=marks).values_list("file", flat=True))


def open_stays(actor: Actor, subject_id: UUID, *, now: datetime) -> int:
    """How many still stay who came from this case."""
    return sum(one.kind is Kind.STAY for one in panel(actor, subject_id, now=now))


def open_work(actor: Actor, subject_id: UUID, *, now: datetime) -> tuple[Blocker, ...]:
    """A case is not closed while somebody of it is in a shelter, or on the way to one."""
    return (Blocker("shelters.still_staying"),) if panel(actor, subject_id, now=now) else ()
