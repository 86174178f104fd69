"""What a job of the installation must know of files it does not read: codes and ids, never a word."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kalka.cases.models import Case, Member, Participant
from kalka.cases.rules import Part, Stage
from kalka.core import clock
from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission
from kalka.directory import selectors as directory


@dataclass(frozen=True, slots=True)
class Known:
    """Whom an open case protects, and the posts that work on it by role."""

    ref: str
    place: str
    protected: UUID | None
    posts: dict[str, int]

    def post(self, role: str, now: datetime) -> int | None:
        """Of the team, else the one responsible for the place."""
        found = directory.responsible(role, self.place, clock.day_of(now)) if role not in self.posts else None
        return self.posts.get(role) or (found.id if found else None)


def known(actor: Actor, subject_ids: Collection[UUID], *, now: datetime) -> dict[UUID, Known]:
    """Of the cases among them that are not closed. For jobs alone."""
    if not actor.may(Permission.SYSTEM):
        raise AccessDenied("core.not_permitted")
    cases = [one for one in Case.objects.staged().filter(subject_id__in=subject_ids) if one.stage != Stage.CLOSED]
    found = {one.subject_id: Known(one.ref, one.place, None, {}) for one in cases}
    protected = Participant.objects.filter(subject_id__in=found, part=Part.PROTECTED).order_by("recorded_at", "id")
    whom = dict(reversed(list(protected.values_list("subject_id", "person"))))
    members = Member.objects.filter(subject_id__in=found).standing(clock.day_of(now)).order_by("-recorded_at", "-id")
    held = list(members.values_list("subject_id", "holder"))
    posts = directory.posts(holder for _subject, holder in held)
    for subject, holder in held:
        if holder in posts:
            found[subject].posts[posts[holder].role] = holder
    return {subject: Known(one.ref, one.place, whom.get(subject), one.posts) for subject, one in found.items()}


def reports(actor: Actor, subject_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Which report each of these cases came from. For jobs alone."""
    if not actor.may(Permission.SYSTEM):
        raise AccessDenied("core.not_permitted")
    rows = Case.objects.filter(subject_id__in=subject_ids).exclude(report=None)
    return dict(rows.values_list("subject_id", "report_id"))
