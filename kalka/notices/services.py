"""Asking for a message, reading one, and what became of one."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import F

from kalka.access import selectors as sight
from kalka.access import services as access
from kalka.core import commands
from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.errors import AccessDenied
from kalka.core.inserting import insert_many
from kalka.core.permissions import Permission
from kalka.core.refs import new_id
from kalka.core.sight import beyond
from kalka.notices import texts
from kalka.notices.messenger import HOLDER, WHY
from kalka.notices.models import Notice
from kalka.notices.rules import AT_ONCE, KEPT_WAITING, LEASE, SAME_FOR, State


def alert(post_id: int, kind: str, *, subject_id: UUID, now: datetime) -> Notice:
    """Primitive: a post is to be told. The same thing it was told lately and has not read is not told again."""
    _inside_a_command()
    texts.kind(kind, to=texts.POST)
    same = Notice.objects.filter(to_post=post_id, kind=kind, subject_id=subject_id, seen_at=None)
    with beyond():
        unseen = same.filter(created_at__gt=now - SAME_FOR).first()
    if unseen is not None:
        return unseen
    return Notice.objects.create(to_post_id=post_id, kind=kind, subject_id=subject_id, created_at=now, not_before=now)


def alert_all(told: Collection[tuple[int, str, UUID]], *, now: datetime) -> None:
    """As `alert`, of many at once: a post, the kind, the subject. Two statements."""
    _inside_a_command()
    for kind in {one[1] for one in told}:
        texts.kind(kind, to=texts.POST)
    unseen = Notice.objects.filter(subject_id__in={one[2] for one in told}, seen_at=None, created_at__gt=now - SAME_FOR)
    with beyond():
        there = set(unseen.filter(to_person=None).values_list("to_post", "kind", "subject_id"))
    insert_many(
        Notice(to_post_id=post_id, kind=kind, subject_id=subject_id, created_at=now, not_before=now)
        for post_id, kind, subject_id in dict.fromkeys(told)
        if (post_id, kind, subject_id) not in there
    )


def tell(person_id: UUID, subject_id: UUID, kind: str, now: datetime, *, id: UUID | None = None) -> Notice:
    """Primitive: a person is to be told, by the way she chose and when that is safe, or not at all.

    Lends the messenger sight of the file for as long as the message may wait.
    """
    _inside_a_command()
    texts.kind(kind, to=texts.PERSON)
    same = Notice.objects.filter(to_person=person_id, kind=kind, state=State.WAITING)
    if (waiting := same.first()) is not None:
        return waiting
    access.grant(subject_id, HOLDER, why=WHY, now=now, until=now + KEPT_WAITING)
    return Notice.objects.create(
        id=id or new_id(),
        to_person_id=person_id,
        kind=kind,
        subject_id=subject_id,
        created_at=now,
        not_before=now,
    )


@command("notices.see", needs=Permission.TODAY)
def see_notices(actor: Actor, *, ids: Sequence[UUID], now: datetime) -> list[Notice]:
    """The post has read them. Another post's answer like ones that are not there."""
    own = Notice.objects.filter(pk__in=ids, to_post=actor.post_id, to_person=None)
    rows = list(sight.unwalled(actor, own))
    if len(rows) != len(set(ids)):
        raise AccessDenied("notices.not_visible")
    Notice.objects.filter(pk__in=[row.pk for row in rows], seen_at=None).update(seen_at=now, seen_by=actor.user_id)
    return rows


@command("notices.take", needs=Permission.SYSTEM)
def take_notices(actor: Actor, *, now: datetime) -> list[Notice]:
    """What is due, for one delivery alone: another may try only after the lease."""
    due = Notice.objects.due(now).order_by("not_before", "id")
    rows = list(due.select_for_update(skip_locked=True)[:AT_ONCE])
    taken = Notice.objects.filter(pk__in=[row.pk for row in rows])
    taken.update(tries=F("tries") + 1, not_before=now + LEASE)
    return list(taken.order_by("created_at", "id"))


@command("notices.postpone", needs=Permission.SYSTEM)
def postpone_notice(actor: Actor, *, notice_id: UUID, why: str, until: datetime, now: datetime) -> Notice:
    Notice.objects.filter(pk=notice_id, state=State.WAITING).update(why=why, not_before=until)
    return Notice.objects.get(pk=notice_id)


@command("notices.settle", needs=Permission.SYSTEM)
def settle_notice(actor: Actor, *, notice_id: UUID, state: State, now: datetime, why: str = "") -> Notice:
    """It went out, or it never will. The messenger's sight of the file ends with its last message."""
    Notice.objects.filter(pk=notice_id, state=State.WAITING).update(state=state, why=why, ended_at=now)
    notice = Notice.objects.get(pk=notice_id)
    waiting = Notice.objects.filter(subject_id=notice.subject_id, state=State.WAITING, to_post=None)
    if not waiting.exists():
        access.end_grant(notice.subject_id, HOLDER, now=now, why=WHY)
    return notice


def _inside_a_command() -> None:
    if not commands.inside():
        raise AccessDenied("notices.outside_a_command")
