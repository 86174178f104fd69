"""What the auditor reads: posts, times and numbers, never whom a file is about."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Case, QuerySet, Value, When

from kalka.access import selectors as access
from kalka.cases import selectors as cases
from kalka.cases.selectors import GlassLine
from kalka.core import reading
from kalka.core.actors import Actor
from kalka.core.clock import day_of
from kalka.core.errors import AccessDenied
from kalka.core.models import AuditEntry
from kalka.core.permissions import Permission
from kalka.directory import selectors as directory
from kalka.directory.info import PostInfo
from kalka.oversight.models import Alarm, AlarmLook, OpeningReview
from kalka.oversight.rules import Finding
from kalka.vault.classes import Klass

MOST, AUDITOR = 100, "auditor"


@dataclass(frozen=True, slots=True)
class AlarmLine:
    id: UUID
    pattern: str
    post: str
    organisation: str
    count: int
    first: datetime
    last: datetime
    raised_at: datetime
    verdict: str  # empty: nobody has looked yet


@dataclass(frozen=True, slots=True)
class Act:
    """An entry of the record, without what it was about."""

    at: datetime
    command: str


@dataclass(frozen=True, slots=True)
class AlarmPage:
    line: AlarmLine
    acts: tuple[Act, ...]
    note: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Opening:
    """A break-glass, and what somebody found of it; `right` is None while nobody has looked."""

    line: GlassLine
    right: bool | None


@dataclass(frozen=True, slots=True)
class OpeningPage:
    line: GlassLine
    right: bool | None
    acts: tuple[Act, ...]
    may_review: bool
    reason: str = field(repr=False)
    note: str = field(repr=False)


def auditors(actor: Actor, *, now: datetime) -> list[int]:
    """The posts that hear alarms, those that somebody holds first. For the installation alone."""
    if not actor.may(Permission.SYSTEM):
        raise AccessDenied("core.not_permitted")
    posts = [post for post in directory.staffed(day_of(now)) if post.role == AUDITOR]
    return [post.id for post in sorted(posts, key=lambda post: not post.held)]


def unheard(actor: Actor, found: Collection[Finding]) -> list[Finding]:
    """Those of which there is no alarm yet, each once. For the installation alone."""
    if not actor.may(Permission.SYSTEM):
        raise AccessDenied("core.not_permitted")
    keys = {(str(one.pattern), one.user_id, one.day, one.about): one for one in found}
    rows = Alarm.objects.filter(user_id__in={one.user_id for one in found}, day__in={one.day for one in found})
    known = set(rows.values_list("pattern", "user_id", "day", "about")) if keys else set()
    return [one for key, one in keys.items() if key not in known]


def alarms(actor: Actor, *, now: datetime) -> tuple[AlarmLine, ...]:
    """The newest first, those nobody has looked at before the others."""
    _auditor(actor, Permission.ALARM_READ)
    rows = access.visible(actor, Alarm.objects.select_related("look"), now=now)
    looked = Case(When(look=None, then=Value(0)), default=Value(1))
    found = list(rows.order_by(looked, "-recorded_at", "id")[:MOST])
    posts = directory.posts({row.of_post for row in found if row.of_post})
    return tuple(_line(row, posts) for row in found)


def alarm_page(actor: Actor, alarm_id: UUID, *, now: datetime) -> AlarmPage:
    _auditor(actor, Permission.ALARM_READ)
    row = access.visible(actor, Alarm.objects.select_related("look").filter(pk=alarm_id), now=now).first()
    if row is None:
        raise AccessDenied("oversight.unknown")
    look: AlarmLook | None = getattr(row, "look", None)
    note = ""
    if look is not None:
        keys = access.unlock(actor, [row.subject_id], what="oversight.alarm", now=now, klasses=[Klass.NARRATIVE])
        note = keys.get(look, "note") or ""
    posts = directory.posts([row.of_post] if row.of_post else [])
    acts = AuditEntry.objects.filter(actor_id=row.user_id, at__gte=row.first, at__lte=row.last)
    return AlarmPage(_line(row, posts), _acts(acts.exclude(subject_id__in=access.walled_from(actor))), note)


def openings(actor: Actor, *, now: datetime) -> tuple[Opening, ...]:
    """Every break-glass the actor may look at afterwards, those nobody has looked at before the others."""
    lines = cases.glass_requests(actor, now=now)
    reviewed = dict(
        OpeningReview.objects.filter(request__in=[line.id for line in lines]).values_list("request", "right")
    )
    found = [Opening(line, reviewed.get(line.id)) for line in lines]
    return tuple(sorted(found, key=lambda one: one.right is not None or one.line.decided_at is None))


def opening_page(actor: Actor, request_id: UUID, *, now: datetime) -> OpeningPage:
    """Who opened it, why, and what was read meanwhile."""
    _auditor(actor, Permission.OPENING_REVIEW)
    page = cases.glass_page(actor, request_id, now=now)
    line = page.line
    review = OpeningReview.objects.filter(request=request_id).first()
    note = ""
    if review is not None:
        keys = access.unlock(actor, [line.subject_id], what="oversight.opening", now=now, klasses=[Klass.NARRATIVE])
        note = keys.get(review, "note") or ""
    other = actor.user_id not in {line.asker_id, line.decider_id}
    return OpeningPage(
        line=line,
        right=review.right if review else None,
        acts=_read_meanwhile(line),
        may_review=review is None and other and line.is_over,
        reason=page.reason,
        note=note,
    )


def _read_meanwhile(line: GlassLine) -> tuple[Act, ...]:
    """By the post that asked, whoever holds it: it is the post that was let in. Pages of several files as well."""
    begun, ended = line.decided_at, line.until
    if line.about is None or begun is None or ended is None:
        return ()
    found = [
        Act(one.at, one.command)
        for one in reading.openings([line.about])
        if one.kind == "read" and one.post_id == line.post_id and begun <= one.at <= ended
    ]
    return tuple(found[::-1][:MOST])


def _acts(entries: QuerySet[AuditEntry]) -> tuple[Act, ...]:
    return tuple(Act(*row) for row in entries.order_by("id").values_list("at", "command")[:MOST])


def _auditor(actor: Actor, needed: Permission) -> None:
    if not actor.may(needed):
        raise AccessDenied("core.not_permitted")


def _line(row: Alarm, posts: dict[int, PostInfo]) -> AlarmLine:
    post, look = posts.get(row.of_post or 0), getattr(row, "look", None)
    return AlarmLine(
        id=row.pk,
        pattern=row.pattern,
        post=post.label() if post else "",
        organisation=post.organisation_here if post else "",
        count=row.count,
        first=row.first,
        last=row.last,
        raised_at=row.recorded_at,
        verdict=look.verdict if look else "",
    )
