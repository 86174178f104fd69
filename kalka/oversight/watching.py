"""Looking through the record: what is new since the last look, and of those who did it what lies before.

An entry may be committed later than one with a higher number, so each look goes back over the last ones again; what was
found before is the same alarm.
"""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from kalka.access import sets
from kalka.cases import facts as cases
from kalka.core import record
from kalka.core.actors import SYSTEM
from kalka.core.models import AuditEntry
from kalka.directory import selectors as directory
from kalka.oversight import rules, selectors, services
from kalka.oversight.limits import limits
from kalka.oversight.models import Watch
from kalka.oversight.rules import NOTHING, Finding, Limits, Pattern, Seen
from kalka.people import watched
from kalka.places import selectors as places

BACK = timedelta(minutes=10)  # is looked at again: no transaction lasts longer
FIRST = timedelta(days=1)  # of a record nobody has looked through yet
COLUMNS = ("at", "actor_id", "post_id", "kind", "command", "subject_id", "count")


def watch(now: datetime) -> int:
    """Returns how many alarms are new."""
    newest = AuditEntry.objects.order_by("-id").values_list("id", flat=True).first()
    if newest is None:
        return 0
    found = findings(_lately(now), now)
    raised = services.raise_alarms(SYSTEM, found=new, now=now) if (new := selectors.unheard(SYSTEM, found)) else []
    Watch.objects.update_or_create(id=1, defaults={"entry": newest})
    return len(raised)


def findings(lately: Collection[Seen], now: datetime) -> list[Finding]:
    told = limits()
    return [
        *rules.baited(lately, sets.subjects(sets.BAIT)),
        *_by_night(lately, told, now),
        *_again(lately, told, now),
        *_no_hits(lately, told, now),
        *_emergencies(now),
    ]


def _lately(now: datetime) -> list[Seen]:
    """Of people alone: what the installation does by itself is no behaviour."""
    before = Watch.objects.filter(id=1).values_list("entry", flat=True).first()
    rows = AuditEntry.objects.filter(actor_id__gt=0)
    rows = rows.filter(at__gte=now - FIRST) if before is None else rows.filter(id__gt=before - record.span(BACK))
    return _seen(rows.order_by("id").values_list(*COLUMNS))


def _by_night(lately: Iterable[Seen], told: Limits, now: datetime) -> list[Finding]:
    users = {line.user_id for line in lately if line.kind == "read" and rules.night_of(line.at, told)}
    if not users:
        return []
    lines = _of(users, now - timedelta(hours=24), subject_id__isnull=False)
    posts = directory.posts({line.post_id for line in lines if line.post_id})
    own = {id: places.within(post.place) | {post.place} for id, post in posts.items()}
    where = cases.places({line.subject for line in lines if line.subject})
    return rules.by_night(lines, told, where, own)


def _again(lately: Iterable[Seen], told: Limits, now: datetime) -> list[Finding]:
    read = [line for line in lately if line.kind == "read" and line.subject]
    if not read:
        return []
    users, subjects = {line.user_id for line in read}, {line.subject for line in read}
    return rules.again_and_again(_of(users, now - timedelta(days=told.again_days), subject_id__in=subjects), told)


def _no_hits(lately: Iterable[Seen], told: Limits, now: datetime) -> list[Finding]:
    users = {line.user_id for line in lately if line.command == told.search and line.count == 0}
    if not users:
        return []
    since = now - timedelta(hours=told.no_hits_hours)
    return rules.found_nobody(_of(users, since, command=told.search, count=0), told)


def _emergencies(now: datetime) -> list[Finding]:
    """Whose reason is late, as the search itself counts it."""
    return [
        Finding(Pattern.EMERGENCIES, one.user_id, one.post_id, one.on, NOTHING, one.count, one.first, one.last)
        for one in watched.late_reasons(now=now)
    ]


def _of(users: Collection[int], since: datetime, **more: object) -> list[Seen]:
    rows = AuditEntry.objects.filter(actor_id__in=users, at__gte=since, **more)
    return _seen(rows.order_by("id").values_list(*COLUMNS))


def _seen(rows: Iterable[tuple[object, ...]]) -> list[Seen]:
    return [Seen(*row) for row in rows]  # type: ignore[arg-type]  # columns of the entry, in their order
