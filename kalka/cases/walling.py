"""Whoever is shut out of a case is shut out of all that belongs to it, and whoever answers for it learns that somebody
is: not who. Inside commands only."""

from collections.abc import Collection
from datetime import date, datetime
from functools import partial
from uuid import UUID

from kalka.access import selectors as sight
from kalka.access import services as access
from kalka.cases.models import Case, GlassRequest, Member
from kalka.core import commands
from kalka.core.clock import day_of
from kalka.core.sight import beyond
from kalka.directory import selectors as directory
from kalka.notices import services as notices
from kalka.shelters import bedding

NOTICE = "staff_shut_out"


def watch(subject_id: UUID, *, now: datetime) -> None:
    """For steps that write a person down: what the comparison of keyed numbers finds is followed up, last of all."""
    commands.at_last(partial(follow, subject_id, now=now))


def shut_out(case: Case, user_ids: Collection[int], *, why: str, now: datetime) -> None:
    for user_id in user_ids:
        access.wall(case.subject_id, user_id, why=why, now=now)
    watch(case.subject_id, now=now)


@beyond()
def follow(subject_id: UUID, *, now: datetime) -> None:
    """The walls of this very moment, before the report, the papers about the case and the stays from it as well."""
    new = [wall for wall in sight.walls(subject_id) if wall.since == now]
    case = Case.objects.filter(subject_id=subject_id).first() if new else None
    if case is None:
        return
    for other, but in belonging(case):
        for wall in new:
            if wall.user_id != but:
                access.wall(other, wall.user_id, why=wall.why, now=now)
    post_id = owner(case, day_of(now))
    # Where two of one village know of a family, that somebody is shut out would say who.
    if post_id is not None and not directory.among_neighbours(post_id):
        notices.alert(post_id, NOTICE, subject_id=case.subject_id, now=now)


@beyond()
def belonging(case: Case) -> list[tuple[UUID, int]]:
    """Subject, and for whom it stays: somebody's own request must not vanish before them, for that would tell."""
    papers = GlassRequest.objects.filter(about=case.subject_id).values_list("subject_id", "author_id")
    report = [(case.report.subject_id, 0)] if case.report else []
    return [*report, *papers, *((stay, 0) for stay in bedding.files_of([case.subject_id]))]


def owner(case: Case, on: date) -> int | None:
    """The post that answers for the file, the first of `answering`."""
    return next(iter(answering(case, on)), None)


def answering(case: Case, on: date) -> list[int]:
    """The posts of the team, the one that opened the file first, then the longest there. None in which everybody is
    shut out."""
    team = Member.objects.filter(case=case, scope="file").standing(on).order_by("since", "recorded_at", "id")
    posts, walled = list(team.values_list("holder", flat=True)), sight.walled_users(case.subject_id)
    there = [post for post in posts if set(directory.holders_of(post, on)) - walled]
    return sorted(there, key=lambda post: post != case.post_id)
