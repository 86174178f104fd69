"""Primitives, called inside commands: who may see a subject from now on, until when, and who never."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Value
from django.db.models.functions import Greatest

from kalka.access.models import Grant, Wall, WallLifted
from kalka.access.rules import Scope
from kalka.core import commands
from kalka.core.errors import AccessDenied
from kalka.core.inserting import insert, insert_many


def grant(
    subject_id: UUID,
    holder: str,
    *,
    why: str,
    now: datetime,
    scope: Scope = Scope.FILE,
    until: datetime | None = None,
    of_report: bool = False,
) -> Grant:
    """Give a holder sight of a subject. The same grant given twice is one."""
    _inside_a_command()
    same = {"subject_id": subject_id, "holder": holder, "scope": scope, "why": why, "until": until}
    found = Grant.objects.filter(**same).first()
    return found or insert(Grant(**same, of_report=of_report, since=now))


def first_grants(
    subject_id: UUID, given: Collection[tuple[str, str]], *, now: datetime, of_report: bool = False
) -> list[Grant]:
    """Sight of the whole of a subject the running command makes, to holders with the reason, for it to write."""
    _inside_a_command()
    return [
        Grant(subject_id=subject_id, holder=holder, scope=Scope.FILE, why=why, of_report=of_report, since=now)
        for holder, why in given
    ]


def end_grant(subject_id: UUID, holder: str, *, now: datetime, why: str | None = None) -> int:
    """End what runs, for one reason or for all. Ends on the next request. Returns how many ended."""
    _inside_a_command()
    running = Grant.objects.filter(subject_id=subject_id, holder=holder).exclude(until__lte=now)
    if why is not None:
        running = running.filter(why=why)
    return running.update(until=Greatest("since", Value(now)))  # not before it began: the clock may have been set back


def end_all(subject_ids: Collection[UUID], *, now: datetime) -> int:
    """Nobody sees these subjects any more: their keys were destroyed. Returns how many grants ended."""
    _inside_a_command()
    running = Grant.objects.filter(subject_id__in=subject_ids).exclude(until__lte=now)
    return running.update(until=Greatest("since", Value(now)))


def mark_closed(subject_id: UUID, closed: bool) -> int:
    """The case of the subject was closed, or is open again. Returns how many grants it was written at.

    A grant given later says `of_closed=False` whatever the case is: a list then asks the case itself.
    """
    _inside_a_command()
    return Grant.objects.filter(subject_id=subject_id, of_closed=not closed).update(of_closed=closed)


def grant_as(subject_id: UUID, holder: str, *, like: str, why: str, now: datetime) -> None:
    """Whoever takes over from `like` sees as much of the subject as `like` does."""
    _inside_a_command()
    theirs = Grant.objects.filter(subject_id=subject_id, holder=like).exclude(until__lte=now)
    for scope, of_report in set(theirs.values_list("scope", "of_report")):
        grant(subject_id, holder, why=why, now=now, scope=Scope(scope), of_report=of_report)


def grant_as_all(moves: Collection[tuple[UUID, str, str]], *, why: str, now: datetime) -> None:
    """As `grant_as`, of many at once: a subject, who sees it, and who takes over from there. Three statements."""
    _inside_a_command()
    seen = _seen_by({(subject, like) for subject, like, _holder in moves}, now)
    asked = {
        (subject, holder, scope, of_report)
        for subject, like, holder in moves
        for scope, of_report in seen.get((subject, like), ())
    }
    same = Grant.objects.filter(subject_id__in={one[0] for one in asked}, why=why, until=None)
    there = set(same.values_list("subject_id", "holder", "scope"))
    insert_many(
        Grant(subject_id=subject, holder=holder, scope=scope, why=why, of_report=of_report, since=now)
        for subject, holder, scope, of_report in sorted(asked)
        if (subject, holder, scope) not in there
    )


def end_grants(ended: Collection[tuple[UUID, str]], *, why: str, now: datetime) -> int:
    """As `end_grant` for one reason, of many subjects and holders at once. Two statements. Returns how many ended."""
    _inside_a_command()
    running = Grant.objects.filter(subject_id__in={one[0] for one in ended}, why=why).exclude(until__lte=now)
    ids = [id for id, *whose in running.values_list("id", "subject_id", "holder") if tuple(whose) in ended]
    return Grant.objects.filter(pk__in=ids).update(until=Greatest("since", Value(now)))


def _seen_by(whose: Collection[tuple[UUID, str]], now: datetime) -> dict[tuple[UUID, str], set[tuple[str, bool]]]:
    """What runs for each of these holders, by subject and holder."""
    running = Grant.objects.filter(
        subject_id__in={one[0] for one in whose}, holder__in={one[1] for one in whose}
    ).exclude(until__lte=now)
    found: dict[tuple[UUID, str], set[tuple[str, bool]]] = {}
    for subject, holder, scope, of_report in running.values_list("subject_id", "holder", "scope", "of_report"):
        if (subject, holder) in whose:
            found.setdefault((subject, holder), set()).add((scope, of_report))
    return found


def wall(subject_id: UUID, user_id: int, *, why: str, now: datetime) -> bool:
    """Shut a user out of a subject, whatever was or will be granted. False where the wall stood before."""
    _inside_a_command()
    defaults = {"why": why, "since": now}
    return Wall.objects.get_or_create(subject_id=subject_id, user_id=user_id, defaults=defaults)[1]


def lift_wall(subject_id: UUID, user_id: int, *, asked_by: int, agreed_by: int, now: datetime) -> int:
    """Take a wall away, by two others; what it was stays written down. Returns how many stood: one or none."""
    _inside_a_command()
    standing = Wall.objects.filter(subject_id=subject_id, user_id=user_id)
    for row in standing.select_for_update():
        said = {"subject_id": row.subject_id, "user_id": row.user_id, "why": row.why, "since": row.since}
        WallLifted.objects.create(**said, lifted_at=now, asked_by=asked_by, agreed_by=agreed_by)
    return standing.delete()[0]


def holders_of(subject_id: UUID, *, now: datetime, but: str = "") -> set[str]:
    """Who sees a subject now, for whatever reason `but` one."""
    running = Grant.objects.filter(subject_id=subject_id).exclude(until__lte=now).exclude(why=but)
    return set(running.values_list("holder", flat=True))


def _inside_a_command() -> None:
    if not commands.inside():
        raise AccessDenied("access.outside_a_command")
