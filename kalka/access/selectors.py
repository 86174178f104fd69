"""The one predicate of visibility, and the one way to an open data key. Every selector starts here."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Model, Q, QuerySet

from kalka.access.models import Grant, Wall, WallLifted
from kalka.access.rules import BREAK_GLASS, GrantLine, Scope, WallLine
from kalka.access.seeing import Seen
from kalka.core import audit, commands
from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied
from kalka.vault.classes import Klass
from kalka.vault.keys import Keys, Passage, unlock_stored
from kalka.vault.models import SubjectKey

M = TypeVar("M", bound=Model)
ANSWERED = (Path(__file__).parent / "sql" / "answered.sql").read_text()

FILE_CLASSES = (Klass.IDENTITY, Klass.NARRATIVE, Klass.CONTACT)
NEVER_BY_GLASS = frozenset({Klass.REPORTER, Klass.NOTE})  # who told, and what a profession keeps to itself


def visible(actor: Actor, rows: QuerySet[M], *, now: datetime, scope: Scope = Scope.FILE) -> QuerySet[M]:
    """The rows of subjects the actor was granted and is not walled off from."""
    return rows.filter(Seen(actor, now, scope, by_glass=not commands.inside()))


def visible_of(
    actor: Actor, rows: QuerySet[M], subject_ids: Collection[UUID], *, now: datetime, scope: Scope = Scope.FILE
) -> QuerySet[M]:
    """As `visible`, of these subjects alone: for batches, which need not look through every grant each time."""
    return rows.filter(Seen(actor, now, scope, by_glass=not commands.inside(), among=frozenset(subject_ids)))


def sees(actor: Actor, subject_id: UUID, *, now: datetime, scope: Scope = Scope.FILE) -> bool:
    return (
        _granted(actor, now, scope).filter(subject_id=subject_id).exists()
        and not Wall.objects.filter(user_id=actor.user_id, subject_id=subject_id).exists()
    )


def seen_of(
    actor: Actor, subject_ids: Collection[UUID], *, now: datetime, scope: Scope = Scope.FILE
) -> frozenset[UUID]:
    """Which of these the actor sees. One statement."""
    granted = _granted(actor, now, scope).filter(subject_id__in=subject_ids)
    return frozenset(granted.exclude(subject_id__in=walled_from(actor)).values_list("subject_id", flat=True))


def sees_more_than(actor: Actor, files: int, *, now: datetime) -> bool:
    """By the actor's grants alone: two of one file count twice. Looks no further than it must."""
    return len(_granted(actor, now, Scope.FILE).values_list("id")[: files + 1]) > files


def unwalled(actor: Actor, rows: QuerySet[M]) -> QuerySet[M]:
    """Rows addressed to the actor by other means than a grant (a duty of the own post), less the walled subjects."""
    walled = Wall.objects.filter(user_id=actor.user_id)
    return rows.exclude(subject_id__in=walled.values("subject_id"))


def walled_users(subject_id: UUID) -> frozenset[int]:
    """Who is shut out of a subject: whoever gives out its work must not give it to them."""
    return frozenset(Wall.objects.filter(subject_id=subject_id).values_list("user_id", flat=True))


def walled_users_of(subject_ids: Collection[UUID]) -> dict[UUID, frozenset[int]]:
    """As `walled_users`, of those among these subjects before whom somebody is shut out. One statement."""
    found: dict[UUID, set[int]] = {}
    for subject_id, user_id in Wall.objects.filter(subject_id__in=subject_ids).values_list("subject_id", "user_id"):
        found.setdefault(subject_id, set()).add(user_id)
    return {subject_id: frozenset(users) for subject_id, users in found.items()}


def answered(post_id: int, subject_id: UUID, *, on: date) -> bool:
    """Whether somebody is in the post on the day who may know of the subject. One statement."""
    subject = Wall._meta.get_field("subject_id").get_db_prep_value(subject_id, connection)
    with connection.cursor() as cursor:
        cursor.execute(ANSWERED, {"post": post_id, "subject": subject, "on": on})
        return cursor.fetchone() is not None


def walls(subject_id: UUID) -> tuple[WallLine, ...]:
    """Who is shut out of a subject, why, and since when: for whoever answers for it."""
    rows = Wall.objects.filter(subject_id=subject_id).order_by("since", "id")
    return tuple(WallLine(*row) for row in rows.values_list("user_id", "why", "since"))


def lifted_users(subject_ids: Collection[UUID]) -> frozenset[tuple[UUID, int]]:
    """Before whom a wall stood once that two persons took away."""
    rows = WallLifted.objects.filter(subject_id__in=subject_ids)
    return frozenset(rows.values_list("subject_id", "user_id"))


def walled_from(actor: Actor) -> QuerySet[Wall, UUID]:
    """The subjects the actor is shut out of, for a subquery over rows that name a subject without being of it."""
    return Wall.objects.filter(user_id=actor.user_id).values_list("subject_id", flat=True)


def by_glass_until(actor: Actor, subject_id: UUID, *, now: datetime) -> datetime | None:
    """Until when the actor sees a file by break-glass alone; None for whoever sees it anyway, or not at all."""
    running = _granted(actor, now, Scope.FILE).filter(subject_id=subject_id)
    whys = dict(running.values_list("why", "until"))
    return whys[BREAK_GLASS] if set(whys) == {BREAK_GLASS} else None


def running_whys(subject_ids: Collection[UUID], *, begins: str, now: datetime) -> frozenset[tuple[UUID, str]]:
    """For which reasons of this kind somebody sees each of these subjects at this moment. One statement."""
    running = Grant.objects.filter(
        Q(until=None) | Q(until__gt=now), subject_id__in=subject_ids, since__lte=now, why__startswith=begins
    )
    return frozenset(running.values_list("subject_id", "why"))


def keepers(subject_id: UUID, *, now: datetime) -> list[str]:
    """Who may open the whole file by a right that lasts, the oldest first."""
    running = Grant.objects.filter(Q(until=None) | Q(until__gt=now), subject_id=subject_id, scope=Scope.FILE)
    return list(running.exclude(why=BREAK_GLASS).order_by("since", "id").values_list("holder", flat=True))


def running_grants(subject_id: UUID, *, now: datetime) -> tuple[GrantLine, ...]:
    """Who may see a subject at a moment, and why: for whoever answers for it."""
    running = Grant.objects.filter(Q(until=None) | Q(until__gt=now), subject_id=subject_id, since__lte=now)
    rows = running.order_by("since", "id").values_list("holder", "why", "scope", "since", "until")
    return tuple(GrantLine(*row) for row in rows)


def walled_subjects() -> QuerySet[Wall, UUID]:
    """The subjects somebody is shut out of, for a subquery."""
    return Wall.objects.values_list("subject_id", flat=True)


def unlock(
    actor: Actor,
    subject_ids: Iterable[UUID],
    *,
    what: str,
    now: datetime,
    klasses: Iterable[Klass] = FILE_CLASSES,
    scope: Scope = Scope.FILE,
) -> Keys:
    """Keys of the subjects a page shows. The read is recorded first; if it cannot be, nothing is opened.

    Raises AccessDenied when one of the subjects is not visible.
    """
    wanted = frozenset(subject_ids)
    if not wanted:
        return Keys({})
    with transaction.atomic():
        audit.read(actor, what, wanted)
        return _unlocked(actor, wanted, frozenset(klasses), now, scope)


def keys_for(
    actor: Actor,
    subject_id: UUID,
    *,
    now: datetime,
    klasses: Iterable[Klass] = FILE_CLASSES,
    scope: Scope = Scope.FILE,
) -> Keys:
    """As `unlock`, inside a command, whose own entry records it. Refused elsewhere."""
    if not commands.inside():
        raise AccessDenied("access.outside_a_command")
    commands.opened(subject_id)
    return _unlocked(actor, frozenset({subject_id}), frozenset(klasses), now, scope)


def _unlocked(
    actor: Actor, subject_ids: frozenset[UUID], klasses: frozenset[Klass], now: datetime, scope: Scope
) -> Keys:
    stored = SubjectKey.objects.filter(subject_id__in=subject_ids, klass__in=klasses)
    rows = list(visible_of(actor, stored, subject_ids, now=now, scope=scope))
    if {row.subject_id for row in rows} != subject_ids:
        raise AccessDenied("access.not_visible")
    if klasses & NEVER_BY_GLASS and not _lasting(actor, subject_ids, now, scope):
        raise AccessDenied("access.never_by_glass")
    return unlock_stored(Passage(subject_ids, klasses), rows)


def _lasting(actor: Actor, subject_ids: frozenset[UUID], now: datetime, scope: Scope) -> bool:
    """Whether the actor sees each of them by something else than break-glass."""
    granted = _granted(actor, now, scope).filter(subject_id__in=subject_ids).exclude(why=BREAK_GLASS)
    return set(granted.values_list("subject_id", flat=True)) == subject_ids


def _granted(actor: Actor, now: datetime, scope: Scope) -> QuerySet[Grant]:
    """What break-glass shows can be read. A command does not see it: nothing is written by that right."""
    running = Grant.objects.filter(
        Q(until=None) | Q(until__gt=now), holder__in=actor.holders, scope__in=scope.enough, since__lte=now
    )
    return running.exclude(why=BREAK_GLASS) if commands.inside() else running
