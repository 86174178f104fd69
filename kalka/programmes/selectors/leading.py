"""What whoever runs programmes sees: who waits, the groups, who is away. Nothing of any case."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, Q

from kalka.access import selectors as access
from kalka.core.actors import Actor
from kalka.programmes.attending import Line, came_of, line, members
from kalka.programmes.models import Attendance, Enrolment, Group, Session
from kalka.programmes.packs import Pack, pack
from kalka.programmes.rules import AWAY, FINAL, QUEUED, Step
from kalka.programmes.selectors.rows import get_group
from kalka.vault.classes import Klass

MOST = 500


@dataclass(frozen=True, slots=True)
class GroupLine:
    id: UUID
    audience: str
    language: str
    since: date
    seats: int
    taken: int

    @property
    def free(self) -> int:
        return max(self.seats - self.taken, 0)


@dataclass(frozen=True, slots=True)
class Overview:
    """Of one organisation. `asked` wait for an answer, `waiting` for a seat; the longest first."""

    asked: tuple[Line, ...]
    waiting: tuple[Line, ...]
    away: tuple[Line, ...]
    evading: tuple[Line, ...]
    groups: tuple[GroupLine, ...]


@dataclass(frozen=True, slots=True)
class SessionLine:
    id: UUID
    on: date
    module: str
    came: int
    marked: int


@dataclass(frozen=True, slots=True)
class GroupPage:
    group: GroupLine
    pack: Pack
    members: tuple[Line, ...]
    sessions: tuple[SessionLine, ...]
    next_module: str


def overview(actor: Actor, *, now: datetime) -> Overview:
    """By code, without names: a list lies open on a desk."""
    found = _led(actor, now)
    groups = _groups(actor, found)
    return Overview(
        asked=_standing(found, Step.SENT, Step.MOVED),
        waiting=_standing(found, *QUEUED),
        away=_standing(found, *AWAY),
        evading=_standing(found, Step.EVASION),
        groups=groups,
    )


def group_page(actor: Actor, group_id: UUID, *, now: datetime) -> GroupPage:
    """With the names of its members: one entry of the record."""
    group = get_group(actor, group_id)
    there = members(group)
    seen = access.seen_of(actor, [one.subject_id for one in there], now=now)
    shown = [one for one in there if one.subject_id in seen]
    keys = access.unlock(
        actor, [one.subject_id for one in shown], what="programmes.group", now=now, klasses=[Klass.IDENTITY]
    )
    attended = came_of([one.pk for one in shown])
    sessions = _sessions(group)
    held = GroupLine(group.pk, group.audience, group.language, group.since, group.seats, len(shown))
    found = pack(group.audience)
    lines = tuple(line(one, attended[one.pk], keys) for one in shown)
    return GroupPage(held, found, lines, sessions, _next(found, sessions))


def groups(actor: Actor, *, now: datetime) -> tuple[GroupLine, ...]:
    return _groups(actor, _led(actor, now))


def marks_of(actor: Actor, group_id: UUID, on: date) -> dict[UUID, tuple[str, str]]:
    """What was written of a day, for whoever corrects it."""
    group = get_group(actor, group_id)
    rows = Attendance.objects.filter(session__group=group, session__on=on).order_by("number")
    return {one: (how, why) for one, how, why in rows.values_list("enrolment_id", "how", "why")}


def _led(actor: Actor, now: datetime) -> tuple[Line, ...]:
    mine = Q(runs_at=actor.organisation_id or 0) & ~Q(last__in=list(FINAL))
    rows = access.visible(actor, Enrolment.objects.staged().filter(mine), now=now)
    found = list(rows.order_by(F("last_at"), "id")[:MOST])
    attended = came_of([one.pk for one in found])
    return tuple(line(one, attended[one.pk], None) for one in found)


def _standing(found: tuple[Line, ...], *steps: Step) -> tuple[Line, ...]:
    return tuple(one for one in found if one.last in steps)


def _groups(actor: Actor, found: tuple[Line, ...]) -> tuple[GroupLine, ...]:
    taken = [one.group for one in found if one.last == Step.PLACED]
    rows = Group.objects.filter(organisation_id=actor.organisation_id or 0).order_by("-since", "id")
    return tuple(
        GroupLine(one.pk, one.audience, one.language, one.since, one.seats, taken.count(one.pk)) for one in rows
    )


def _sessions(group: Group) -> tuple[SessionLine, ...]:
    last: dict[UUID, dict[UUID, str]] = {}
    rows = Attendance.objects.filter(session__group=group).order_by("number")
    for session, enrolment, how in rows.values_list("session_id", "enrolment_id", "how"):
        last.setdefault(session, {})[enrolment] = how
    return tuple(
        SessionLine(
            one.pk,
            one.on,
            one.module,
            sum(how == "came" for how in last.get(one.pk, {}).values()),
            len(last.get(one.pk, {})),
        )
        for one in Session.objects.filter(group=group).order_by("-on", "id")
    )


def _next(found: Pack, sessions: tuple[SessionLine, ...]) -> str:
    """The module whose sessions are not all held yet; the last one when they are."""
    held = [one.module for one in sessions]
    for code, module in found.modules.items():
        if held.count(code) < module.sessions:
            return code
    return list(found.modules)[-1]
