"""How far the duties of a kind are done, in figures: neither whose they are nor about whom."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Count, Exists, F, Max, Model, OuterRef, Q, QuerySet

from kalka.access import selectors as access
from kalka.core import sight
from kalka.core.actors import Actor
from kalka.core.permissions import Permission
from kalka.directory import roles
from kalka.directory import selectors as directory
from kalka.duties.models import Duty, DutyEnd
from kalka.duties.quiet import untold
from kalka.duties.rules import How
from kalka.places import selectors as places

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Done:
    """`standing`, of them `late` and `risen`, now; `in_time`, `too_late` and `let_go` since the day that was asked.

    What had no term was done in time.
    """

    standing: int = 0
    late: int = 0
    risen: int = 0
    in_time: int = 0
    too_late: int = 0
    let_go: int = 0

    def __add__(self, other: "Done") -> "Done":
        return Done(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))


def performance(actor: Actor, *, since: datetime, now: datetime) -> dict[str, Done]:
    """By kind of duty: of the actor's own organisation, or of the territory for whoever oversees. Two statements."""
    within = _posts(actor)
    found: dict[str, Done] = defaultdict(Done)
    with sight.beyond():  # figures: the files of others are counted and not read
        for kind, standing, late, risen in _standing(actor, within, now):
            found[kind] += Done(standing=standing, late=late, risen=risen)
        for kind, in_time, too_late, let_go in _ended(actor, within, since):
            found[kind] += Done(in_time=in_time, too_late=too_late, let_go=let_go)
    return dict(found)


def by_subject(actor: Actor, kinds: Collection[str], *, since: datetime, now: datetime) -> dict[str, dict[str, Done]]:
    """Of these kinds, by the subject of the law whose posts have them, then by kind. Two statements; none for none."""
    if not kinds:
        return {}
    within = _subjects(_posts(actor))
    found: dict[str, dict[str, Done]] = defaultdict(lambda: defaultdict(Done))
    with sight.beyond():  # figures alone, as above
        standing = _standing(actor, within, now, "assignee").filter(kind__in=kinds)
        for kind, post, n, late, risen in standing:
            found[within[post]][kind] += Done(standing=n, late=late, risen=risen)
        ended = _ended(actor, within, since, "duty__assignee").filter(duty__kind__in=kinds)
        for kind, post, in_time, too_late, let_go in ended:
            found[within[post]][kind] += Done(in_time=in_time, too_late=too_late, let_go=let_go)
    return {subject: dict(of) for subject, of in found.items()}


def _subjects(posts: Collection[int]) -> dict[int, str]:
    """To which subject of the law each post's organisation belongs; to none: an empty code."""
    of = {one.id: roles.KINDS[one.kind].subject for one in directory.organisations() if one.kind in roles.KINDS}
    return {id: of.get(post.organisation_id, "") for id, post in directory.posts(posts).items()}


def _posts(actor: Actor) -> Collection[int]:
    if not actor.may(Permission.DUTY_OVERSEE):
        return {post.id for post in directory.posts_at(actor.organisation_id or 0)}
    territory = places.within(actor.place) if actor.place else set()
    return {post.id for post in directory.every_post() if post.place in territory}


def _standing(actor: Actor, posts: Collection[int], now: datetime, *by: str) -> "QuerySet[Duty, Any]":
    rows = access.unwalled(actor, Duty.objects.standing().filter(assignee__in=posts).exclude(untold(actor)))
    late, risen = Count("pk", filter=Q(due_at__lt=now)), Count("pk", filter=Q(escalations__gt=0))
    counted = rows.values("kind", *by).annotate(n=Count("pk"), late=late, risen=risen)
    found: QuerySet[Duty, Any] = counted.values_list("kind", *by, "n", "late", "risen")
    return found


def _ended(actor: Actor, posts: Collection[int], since: datetime, *by: str) -> "QuerySet[DutyEnd, Any]":
    done, let_go = Q(how__in=[How.DONE, How.CLOSED]), Q(how=How.WAIVED)
    late = Q(recorded_at__gt=F("duty__due_at"))
    rows = DutyEnd.objects.filter(done | let_go, recorded_at__gte=since, duty__assignee__in=posts)
    counted = (
        access.unwalled(actor, rows.exclude(untold(actor, "duty__")))
        .values("duty__kind", *by)
        .annotate(
            in_time=Count("pk", filter=done & ~late | done & Q(duty__due_at=None)),
            too_late=Count("pk", filter=done & late),
            let_go=Count("pk", filter=let_go),
        )
    )
    found: QuerySet[DutyEnd, Any] = counted.values_list("duty__kind", *by, "in_time", "too_late", "let_go")
    return found


def last_given(kind: str, subject_ids: Collection[UUID]) -> dict[UUID, datetime]:
    """When somebody was last given a duty of a kind in each of these files, however it ended. For jobs."""
    with sight.beyond():
        rows = Duty.objects.filter(kind=kind, subject_id__in=subject_ids, continues=None).values("subject_id")
        return dict(rows.annotate(last=Max("recorded_at")).values_list("subject_id", "last"))


def undone(rows: "QuerySet[M]", kinds: Collection[str]) -> "QuerySet[M]":
    """Of rows of files, those in whose file no duty of these kinds stands. For jobs."""
    standing = Duty.objects.standing().filter(kind__in=kinds, subject_id=OuterRef("subject_id"))
    return rows.filter(~Exists(standing))
