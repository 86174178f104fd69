"""Who works on a case and therefore may know of it."""

from datetime import datetime
from uuid import UUID

from kalka.access import selectors as access
from kalka.access.rules import Scope
from kalka.cases.models import Case, Member
from kalka.cases.selectors.cases import get_case
from kalka.cases.shown import TeamLine
from kalka.core import clock
from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied
from kalka.directory import selectors as directory


def team(actor: Actor, subject_id: UUID, *, now: datetime) -> tuple[TeamLine, ...]:
    """The posts that know of the case today, in the order they came. Two queries."""
    rows = Member.objects.filter(subject_id=subject_id).standing(clock.day_of(now)).order_by("recorded_at", "id")
    members = list(access.visible(actor, rows, now=now))
    posts = directory.posts([member.holder_id for member in members])
    return tuple(
        TeamLine(member.pk, posts[member.holder_id], member.why, member.scope, member.since, member.until)
        for member in members
        if member.holder_id in posts
    )


def team_post(actor: Actor, subject_id: UUID, role: str, *, now: datetime) -> int | None:
    """The post of this role that works on the case, else the one responsible for the place; None where none is.

    Asked by whoever causes a duty, so knowing that the case has duties is enough.
    """
    case = access.visible(actor, Case.objects.filter(subject_id=subject_id), now=now, scope=Scope.DUTIES).first()
    if case is None:
        raise AccessDenied("cases.unknown")
    today = clock.day_of(now)
    holders = Member.objects.filter(case=case).standing(today).order_by("recorded_at", "id")
    posts = directory.posts(list(holders.values_list("holder", flat=True)))
    for post in posts.values():
        if post.role == role and (post.until is None or post.until >= today):
            return post.id
    found = directory.responsible(role, case.place, today)
    return found.id if found else None


def get_member(actor: Actor, ref: str, member_id: UUID, *, now: datetime) -> Member:
    case = get_case(actor, ref, now=now)
    member = Member.objects.filter(case=case, pk=member_id).first()
    if member is None:
        raise AccessDenied("cases.unknown")
    return member
