"""What is to be done. A post sees its own duties without the file; the other reads need the file. A wall hides both."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TypeAlias
from uuid import UUID

from django.db import connection
from django.db.models import Count, F, Min, Q, QuerySet

from kalka.access import selectors as access
from kalka.core import sight
from kalka.core.actors import Actor
from kalka.core.blockers import Blocker
from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission
from kalka.core.planning import planned_once
from kalka.core.timeline import TimelineItem
from kalka.directory import selectors as directory
from kalka.directory.info import PostInfo
from kalka.duties import rules
from kalka.duties.kinds import BY_HAND, FIRST, KINDS, QUIET, RECURRING
from kalka.duties.lines import Counts, DutyLine, DutyPage, Overdue, Today, levels_of, line
from kalka.duties.models import Duty, DutyEnd
from kalka.duties.quiet import may_have, told_to
from kalka.duties.rules import INTERNAL, Group, How
from kalka.places import selectors as places
from kalka.vault.keys import Keys

MOST = 50  # a page of them stays under 8 KB; the rest is counted
LATELY = timedelta(days=2)  # how long a job may have stood still
OfPost: TypeAlias = tuple[int, int, int, datetime]  # a post, how many are late, moved up, the oldest term
LAPSING = ("closure.review", "visit.ask")  # closing does itself what they ask
# The ends that are no step of their own in the case's time.
ICONS = {How.WAIVED: "cross", How.HANDED_OVER: "refer", How.MOVED: "up"}


def today(actor: Actor, *, now: datetime, page: int = 1) -> Today:
    """The duties of the actor's post: what cannot wait, then late, the most late on top. One statement. Past the end is
    the first page."""
    if actor.post_id is None:
        return Today()
    adapt = connection.ops.adapt_datetimefield_value
    tomorrow, week = map(adapt, rules.day_ends(now))
    rows = Duty.objects.raw(
        _statement("today"),
        {
            "post": actor.post_id,
            "user": actor.user_id,
            "now": adapt(now),
            "tomorrow": tomorrow,
            "week": week,
            "most": MOST,
            "before": (page - 1) * MOST,
        },
    )
    parts: dict[Group, list[DutyLine]] = {part: [] for part in Group}
    found = [(row, line(row, now)) for row in rows]
    levels = levels_of(one for _row, one in found)
    whole = 0
    for row, one in found:
        whole = row.whole  # type: ignore[attr-defined]  # computed by the statement
        said = replace(one, level=one.level or levels.get(one.subject_id, ""))
        parts[Group(row.part)].append(said)  # type: ignore[attr-defined]  # as above
    if page > 1 and not found:
        return today(actor, now=now)
    shown = {part.name.lower(): tuple(lines) for part, lines in parts.items()}
    return Today(**shown, whole=whole, page=page, before=(page - 1) * MOST)


def counts(actor: Actor, *, now: datetime) -> Counts:
    """For the count beside Today: how many are late, due today, and in all."""
    if actor.post_id is None:
        return Counts(0, 0, 0)
    tomorrow, _week = rules.day_ends(now)
    adapt = connection.ops.adapt_datetimefield_value
    given = {"post": actor.post_id, "user": actor.user_id, "now": adapt(now), "tomorrow": adapt(tomorrow)}
    # On every page: three numbers of the post's own, by a predicate of its own, planned once and not asked of twice.
    with sight.beyond(), planned_once(), connection.cursor() as cursor:
        cursor.execute(_statement("counts"), given)
        return Counts(*cursor.fetchone())


def get_duty(actor: Actor, duty_id: UUID, *, now: datetime) -> Duty:
    """A duty of the actor's post, or one the actor reads in a file; AccessDenied for any other."""
    one = Duty.objects.filter(pk=duty_id)
    duty = _own(actor, one).first() or told_to(actor, access.visible(actor, one, now=now)).first()
    if duty is None:
        raise AccessDenied("duties.not_visible")
    return duty


def is_there(actor: Actor, id: UUID) -> bool:
    """Whether the actor ended a duty under this id."""
    with sight.beyond():
        return DutyEnd.objects.filter(pk=id, author_id=actor.user_id).exists()


def duty_page(actor: Actor, duty_id: UUID, *, now: datetime) -> DutyPage:
    """A duty and what the actor may do with it; nothing any more once it has ended."""
    duty = get_duty(actor, duty_id, now=now)
    standing, own = duty.ended_at is None, is_own(actor, duty)
    return DutyPage(
        line=line(duty, now),
        standing=standing,
        may_finish=standing and own and duty.kind in BY_HAND,
        may_waive=standing and own and may_waive(actor, duty),
        others=tuple(within_reach(actor, duty)) if own else (),
    )


def is_own(actor: Actor, duty: Duty) -> bool:
    """Whether the actor acts for the post that has the duty, or stands above it."""
    return duty.assignee_id == actor.post_id or _is_above(actor, duty)


def may_waive(actor: Actor, duty: Duty) -> bool:
    return not KINDS[duty.kind].answered and rules.may_waive(
        internal=duty.basis.get("rule") == INTERNAL,
        own=duty.assignee_id == actor.post_id,
        above=_is_above(actor, duty),
    )


def _is_above(actor: Actor, duty: Duty) -> bool:
    """A leading or overseeing post of the organisation that has the duty; of another one it is a colleague at most."""
    if not (actor.leads or actor.may(Permission.DUTY_OVERSEE)):
        return False
    post = directory.post(duty.assignee_id)
    return post is not None and post.organisation_id == actor.organisation_id


def within_reach(actor: Actor, duty: Duty) -> list[PostInfo]:
    """The posts a duty may be passed to: those of its organisation, and of the one it came up from."""
    with sight.beyond():  # the duty it goes on from was another post's: of it the post alone is asked
        before = duty.continues.assignee_id if duty.continues else duty.assignee_id
    holders = directory.posts({duty.assignee_id, before}).values()
    organisations = dict.fromkeys(post.organisation_id for post in holders)
    near = (post for organisation in organisations for post in directory.posts_at(organisation))
    return [post for post in near if post.id != duty.assignee_id and may_have(duty.kind, post)]


def of_colleagues(actor: Actor, post_ids: Collection[int], *, now: datetime) -> dict[int, tuple[DutyLine, ...]]:
    """What stands for other posts of the actor's own organisation: for whoever prints it for members without a device.

    Codes and terms, as they are read out at a sitting; nothing of a file the actor is shut out of.
    """
    own = {post.id for post in directory.posts_at(actor.organisation_id or 0)}
    if not actor.may(Permission.COMMITTEE_KEEP) or not set(post_ids) <= own:
        raise AccessDenied("duties.not_visible")
    with sight.beyond():  # a post of the same committee, and codes alone
        standing = access.unwalled(actor, Duty.objects.standing().filter(assignee__in=post_ids))
        rows = list(standing.order_by(F("due_at").asc(nulls_last=True), "pk"))
    return {post: tuple(line(row, now) for row in rows if row.assignee_id == post) for post in post_ids}


def of_subject(actor: Actor, subject_id: UUID, *, now: datetime) -> tuple[DutyLine, ...]:
    """All that stands in a file, whoever has it; soonest first, without a term last."""
    return tuple(line(duty, now) for duty in _standing(actor, subject_id, now))


def next_for(actor: Actor, subject_id: UUID, *, now: datetime) -> DutyLine | None:
    first = _standing(actor, subject_id, now).first()
    return line(first, now) if first else None


def standing_of(actor: Actor, subject_id: UUID, kind: str, *, now: datetime) -> DutyLine | None:
    """The standing duty of a kind in a file, the soonest where there are several."""
    first = _standing(actor, subject_id, now).filter(kind=KINDS[kind].code).first()
    return line(first, now) if first else None


def open_work(actor: Actor, subject_id: UUID, *, now: datetime) -> tuple[Blocker, ...]:
    """What keeps a case open: whatever must be done once, and what comes again but is late."""
    blocks = ~Q(kind__in=RECURRING) | Q(due_at__lt=now)
    standing = _standing(actor, subject_id, now).filter(blocks).exclude(kind__in=LAPSING)
    return tuple(_blocker(line(duty, now)) for duty in standing)


def timeline(actor: Actor, subject_id: UUID, *, now: datetime, keys: Keys | None = None) -> list[TimelineItem]:
    """Who let a duty go or passed it on, and why. What was done shows as its own step."""
    ends = access.visible(actor, DutyEnd.objects.all(), now=now).filter(subject_id=subject_id, how__in=list(ICONS))
    if not actor.may(Permission.VISIT_ASK):
        own = Q(duty__assignee_id=actor.post_id) | Q(to_post_id=actor.post_id)
        ends = ends.exclude(Q(duty__kind__in=QUIET) & ~own)
    return [_told(end, keys) for end in ends.select_related("duty")]


def overdue_by_organisation(actor: Actor, *, now: datetime) -> tuple[Overdue, ...]:
    """Late duties in the overseer's territory, most first: figures, neither names nor cases."""
    if not actor.may(Permission.DUTY_OVERSEE):
        raise AccessDenied("core.not_permitted")
    late = access.unwalled(actor, Duty.objects.standing().filter(due_at__lt=now))
    by_post = late.values("assignee_id").annotate(
        late=Count("pk"), escalated=Count("pk", filter=Q(escalations__gt=0)), oldest=Min("due_at")
    )
    with sight.beyond():
        rows = list(by_post.values_list("assignee_id", "late", "escalated", "oldest"))
    return _by_organisation(actor, rows)


def standing_by_post(actor: Actor, kinds: Collection[str], *, now: datetime) -> list[tuple[int, int, int]]:
    """How many duties of these kinds each post has, and how many of them are late: figures, nobody's."""
    if not (actor.may(Permission.DUTY_OVERSEE) or actor.may(Permission.RISK_MONITOR)):
        raise AccessDenied("core.not_permitted")
    rows = access.unwalled(actor, Duty.objects.standing().filter(kind__in=list(kinds))).values("assignee_id")
    counted = rows.annotate(whole=Count("pk"), late=Count("pk", filter=Q(due_at__lt=now)))
    with sight.beyond():
        return list(counted.values_list("assignee_id", "whole", "late").order_by("assignee_id"))


def post_with(actor: Actor, subject_id: UUID, kind: str) -> int | None:
    """Whose the standing duty of a kind is, of any file: for what the installation itself says."""
    if not actor.may(Permission.SYSTEM):
        raise AccessDenied("core.not_permitted")
    return (
        Duty.objects.standing().filter(subject_id=subject_id, kind=kind).values_list("assignee_id", flat=True).first()
    )


def lately_leveled(actor: Actor, kind: str, *, now: datetime) -> list[DutyLine]:
    """In all files: the newest duty of the same role that says a level no duty of this kind has followed yet.

    For jobs alone. A duty of the kind that ended since has followed: it was done, or somebody let it go.
    """
    if not actor.may(Permission.SYSTEM):
        raise AccessDenied("core.not_permitted")
    alike = [one.code for one in KINDS.values() if one.role == KINDS[kind].role and one.code != kind]
    recent = Duty.objects.standing().filter(recorded_at__gte=now - LATELY, kind__in=alike).exclude(level="")
    newest = {duty.subject_id: duty for duty in recent.order_by("recorded_at", "pk")}
    of_kind = Duty.objects.filter(kind=kind, subject_id__in=newest).values_list("subject_id", "level", "ended_at")
    followed = {subject_id for subject_id, level, ended_at in of_kind if _follows(newest[subject_id], level, ended_at)}
    return [line(duty, now) for subject_id, duty in newest.items() if subject_id not in followed]


def _follows(said: Duty, level: str, ended_at: datetime | None) -> bool:
    return level == said.level if ended_at is None else ended_at >= said.recorded_at


def _own(actor: Actor, duties: QuerySet[Duty]) -> QuerySet[Duty]:
    return access.unwalled(actor, duties.filter(assignee_id=actor.post_id))


def _standing(actor: Actor, subject_id: UUID, now: datetime) -> QuerySet[Duty]:
    standing = access.visible(actor, Duty.objects.standing(), now=now).filter(subject_id=subject_id)
    return told_to(actor, standing).order_by(F("due_at").asc(nulls_last=True), "pk")


def _blocker(duty: DutyLine) -> Blocker:
    facts: dict[str, object] = {"kind": duty.kind, "title": duty.title, "url": duty.url, "due": duty.due_at}
    return Blocker("duties.late" if duty.late else "duties.open", facts)


def _told(end: DutyEnd, keys: Keys | None) -> TimelineItem:
    reason = keys.get(end, "reason") if keys else None
    return TimelineItem(
        at=end.recorded_at,
        what=f"duties.{end.how}",
        icon=ICONS[How(end.how)],
        facts={"title": KINDS[end.duty.kind].title, "to_post": end.to_post_id},
        who_post=end.post_id,
        lines=(reason,) if reason else (),
    )


def _by_organisation(actor: Actor, rows: list[OfPost]) -> tuple[Overdue, ...]:
    posts = directory.posts(post_id for post_id, *_figures in rows)
    territory = places.within(actor.place) if actor.place else set()
    mine: dict[str, list[OfPost]] = defaultdict(list)
    for row in rows:
        if (post := posts[row[0]]).place in territory:
            mine[post.organisation_name()].append(row)
    found = [_overdue(name, rows) for name, rows in mine.items()]
    return tuple(sorted(found, key=lambda one: (-one.late, one.oldest, one.organisation)))


def _overdue(organisation: str, rows: list[OfPost]) -> Overdue:
    _posts, late, escalated, oldest = zip(*rows, strict=True)
    return Overdue(organisation, sum(late), sum(escalated), min(oldest))


@cache
def _statement(name: str) -> str:
    text = (Path(__file__).parent / "sql" / f"{name}.sql").read_text("utf-8")
    return text.replace("{first}", ", ".join(f"'{kind}'" for kind in FIRST))
