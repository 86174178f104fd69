"""Looking through the record: what was sealed since the last look, and of those who did it what lies before.

In the order of the seals nothing comes in between later, also where the clock was set back. However long nobody looked,
nothing is passed over: what lies before is asked for from the first new line on. What waits for its seal is looked at
too, and once more when it has it: what was found before is the same alarm.
"""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from django.db.models import Min

from kalka.access import sets
from kalka.cases import facts as cases
from kalka.core import head, record, waiting
from kalka.core.actors import SYSTEM
from kalka.core.models import AuditEntry, AuditSeal
from kalka.directory import selectors as directory
from kalka.oversight import rules, selectors, services
from kalka.oversight.limits import limits
from kalka.oversight.models import Watch
from kalka.oversight.rules import NOTHING, Finding, Limits, Pattern, Seen
from kalka.people import watched
from kalka.places import selectors as places

Place = tuple[int, int]  # a position of the record, and the entry that is sealed there
FIRST = timedelta(days=1)  # of a record nobody has looked through yet
AT_ONCE, IN_A_STATEMENT = 20_000, 5_000  # entries of one look; what is more follows at once
NIGHT = timedelta(hours=24)
COLUMNS = ("at", "actor_id", "post_id", "kind", "command", "subject_id", "count")


def watch(now: datetime) -> int:
    """Returns how many alarms are new. Before there is an auditor nothing is looked at: nobody would be told."""
    if not selectors.auditors(SYSTEM, now=now):
        return 0
    raised, since = 0, _seen_up_to(now)
    while True:
        entries = _sealed_after(since)
        raised += _heard(_lately([entry for _position, entry in entries]), now)
        if entries:
            since, last = entries[-1]
            Watch.objects.update_or_create(id=1, defaults={"entry": last})
        if len(entries) < AT_ONCE:
            break
    unsealed = waiting.ids(AT_ONCE)
    return raised + (_heard(_lately(unsealed), now) if unsealed else 0)


def findings(lately: Collection[Seen], now: datetime) -> list[Finding]:
    told = limits()
    return [
        *rules.baited(lately, sets.subjects(sets.BAIT)),
        *_by_night(lately, told),
        *_again(lately, told),
        *_no_hits(lately, told),
        *_emergencies(now),
    ]


def _heard(lately: Collection[Seen], now: datetime) -> int:
    """Also where nothing is new: that a reason never came is told by the time alone."""
    new = selectors.unheard(SYSTEM, findings(lately, now))
    return len(services.raise_alarms(SYSTEM, found=new, now=now)) if new else 0


def _seen_up_to(now: datetime) -> int:
    """The position that was looked at last; of a record nobody has looked through yet the one before the last day's."""
    last = AuditSeal.objects.filter(entry__in=Watch.objects.filter(id=1).values("entry"))
    if (known := last.values_list("position", flat=True).first()) is not None:
        return known
    lately = AuditSeal.objects.filter(entry__gte=record.first_id(now - FIRST)).aggregate(first=Min("position"))
    if lately["first"] is not None:
        return int(lately["first"]) - 1
    return head.look().position


def _sealed_after(position: int) -> list[Place]:
    rows = AuditSeal.objects.filter(position__gt=position).order_by("position")
    return list(rows.values_list("position", "entry")[:AT_ONCE])


def _lately(entries: list[int]) -> list[Seen]:
    """Of people alone: what the installation does by itself is no behaviour."""
    found: list[Seen] = []
    for at in range(0, len(entries), IN_A_STATEMENT):
        rows = AuditEntry.objects.filter(actor_id__gt=0, id__in=entries[at : at + IN_A_STATEMENT])
        found += _seen(rows.order_by("id").values_list(*COLUMNS))
    return found


def _by_night(lately: Iterable[Seen], told: Limits) -> list[Finding]:
    new = [line for line in lately if line.kind == "read" and rules.night_of(line.at, told)]
    if not new:
        return []
    lines = _of(new, NIGHT, subject_id__isnull=False)
    posts = directory.posts({line.post_id for line in lines if line.post_id})
    own = {id: places.within(post.place) | {post.place} for id, post in posts.items()}
    where = cases.places({line.subject for line in lines if line.subject})
    return rules.by_night(lines, told, where, own)


def _again(lately: Iterable[Seen], told: Limits) -> list[Finding]:
    read = [line for line in lately if line.kind == "read" and line.subject]
    if not read:
        return []
    subjects = {line.subject for line in read}
    return rules.again_and_again(_of(read, timedelta(days=told.again_days), subject_id__in=subjects), told)


def _no_hits(lately: Iterable[Seen], told: Limits) -> list[Finding]:
    new = [line for line in lately if line.command == told.search and line.count == 0]
    if not new:
        return []
    return rules.found_nobody(_of(new, timedelta(hours=told.no_hits_hours), command=told.search, count=0), told)


def _emergencies(now: datetime) -> list[Finding]:
    """Whose reason is late, as the search itself counts it."""
    return [
        Finding(Pattern.EMERGENCIES, one.user_id, one.post_id, one.on, NOTHING, one.count, one.first, one.last)
        for one in watched.late_reasons(now=now)
    ]


def _of(new: Collection[Seen], back: timedelta, **more: object) -> list[Seen]:
    """What those did who did something new, from so long before the first of it on."""
    users, since = {line.user_id for line in new}, min(line.at for line in new) - back
    rows = AuditEntry.objects.filter(actor_id__in=users, at__gte=since, **more)
    return _seen(rows.order_by("id").values_list(*COLUMNS))


def _seen(rows: Iterable[tuple[object, ...]]) -> list[Seen]:
    return [Seen(*row) for row in rows]  # type: ignore[arg-type]  # columns of the entry, in their order
