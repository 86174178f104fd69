"""What the file of a family may know: that a place was held, that somebody stays or left. Not where, and not who."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kalka.access import selectors as access
from kalka.access.rules import Scope
from kalka.core.actors import Actor
from kalka.core.blockers import Blocker
from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission
from kalka.core.timeline import TimelineItem
from kalka.shelters import bedding
from kalka.shelters.bedding import mark
from kalka.shelters.models import Hold, Taking, TakingQuerySet
from kalka.shelters.rules import How, Kind, still_held

PAST = {How.RELEASED: "shelters.released", How.EXPIRED: "shelters.expired", How.LEFT: "shelters.left"}


@dataclass(frozen=True, slots=True)
class Sheltered:
    """`until`: of a hold, its minute; `since`: of a stay, the moment it began. `hold`: the page of a hold, for whoever
    sees that."""

    kind: Kind
    since: datetime
    until: datetime | None
    hold: UUID | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """`now`: what runs; `past`: that a place was held and what came of it, one entry a stay and not one a bed.
    `may_tell`: whether the actor works in a shelter and may say that a stay there is of the case."""

    now: tuple[Sheltered, ...] = ()
    past: tuple[TimelineItem, ...] = ()
    may_tell: bool = False


def card(actor: Actor, subject_id: UUID, *, now: datetime) -> Card:
    """For the page of a case the actor sees; nothing for whoever does not, or may not know of shelters."""
    if not actor.may(Permission.SHELTER_SEE_FREE):
        return Card()
    rows = _seen(actor, Taking.objects.filter(about=mark(subject_id)), subject_id, now)
    may_tell = actor.may(Permission.SHELTER_WORK)
    if not rows:
        return Card(may_tell=may_tell)
    running = [one for one in rows if _runs(one, now)]
    held = [one.file for one in running if one.kind == Kind.HOLD]
    pages = dict(access.visible_of(actor, Hold.objects.all(), held, now=now).values_list("taking", "pk"))
    stays = {one.file: one.since for one in reversed(rows) if one.kind == Kind.STAY}
    there = {one.file: one for one in running}  # a stay has as many beds as it has children in one
    return Card(
        tuple(Sheltered(Kind(one.kind), _since(one, stays), one.until, pages.get(one.pk)) for one in there.values()),
        (*_begun(rows), *_ended(rows, now)),
        may_tell,
    )


def files_about(actor: Actor, subject_ids: Collection[UUID]) -> frozenset[UUID]:
    """The files of stays and holds that were for one of these cases: they are destroyed with it. Needs ERASE."""
    if not actor.may(Permission.ERASE):
        raise AccessDenied("core.not_permitted")
    return bedding.files_of(subject_ids)


def open_stays(actor: Actor, subject_id: UUID, *, now: datetime) -> int:
    """How many still stay who came from this case; children are not counted by themselves."""
    return len({one.file for one in _running(actor, subject_id, now) if one.kind == Kind.STAY})


def open_work(actor: Actor, subject_id: UUID, *, now: datetime) -> tuple[Blocker, ...]:
    """A case is not closed while somebody of it is in a shelter, or on the way to one."""
    return (Blocker("shelters.still_staying"),) if _running(actor, subject_id, now) else ()


def _running(actor: Actor, subject_id: UUID, now: datetime) -> list[Taking]:
    rows = _seen(actor, Taking.objects.running().filter(about=mark(subject_id)), subject_id, now)
    return [one for one in rows if _runs(one, now)]


def _seen(actor: Actor, rows: TakingQuerySet, subject_id: UUID, now: datetime) -> list[Taking]:
    found = list(rows.order_by("since", "pk"))
    return found if found and access.sees(actor, subject_id, now=now, scope=Scope.DUTIES) else []


def _runs(one: Taking, now: datetime) -> bool:
    return one.ended_at is None and still_held(one.until, now)


def _since(one: Taking, stays: Mapping[UUID, datetime]) -> datetime:
    return stays[one.file] if one.kind == Kind.STAY else one.since


def _begun(rows: list[Taking]) -> Iterator[TimelineItem]:
    arrived: set[UUID] = set()
    for one in rows:
        if one.kind == Kind.HOLD:
            yield TimelineItem(one.since, "shelters.held", icon="place", who_post=one.post_id)
        elif one.file not in arrived:
            arrived.add(one.file)
            yield TimelineItem(one.since, "shelters.arrived", icon="place", key=True)


def _ended(rows: list[Taking], now: datetime) -> Iterator[TimelineItem]:
    """A hold that ran out says so also before anybody ended it."""
    left: set[UUID] = set()
    for one in rows:
        how = one.how or ("" if _runs(one, now) else How.EXPIRED)
        at = one.ended_at or one.until
        if at is not None and how in PAST and one.file not in left:
            left.add(one.file)
            yield TimelineItem(at, PAST[How(how)], icon="place", alarm=how == How.EXPIRED)
