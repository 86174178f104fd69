"""Who waits for a psychologist, which groups there are, how much time was given. Never what was spoken of."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q, Sum

from kalka.access import selectors as access
from kalka.cases import selectors as cases
from kalka.core import sight
from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied
from kalka.core.refs import show_ref
from kalka.legalaid import labels
from kalka.legalaid.models import CounselSession, Group, GroupMember, GroupPresence, Waiting
from kalka.ui.choices import Pairs

PSYCHOLOGIST = "psychologist"
ORDER = {"now": 0, "week": 1, "usual": 2}


@dataclass(frozen=True, slots=True)
class Counselled:
    """Of a case: sessions, their minutes, sessions nobody came to; times in a group, and their minutes."""

    sessions: int
    minutes: int
    missed: int
    meetings: int
    in_group: int


@dataclass(frozen=True, slots=True)
class WaitingLine:
    id: UUID
    case_ref: str
    urgency: str
    since: datetime
    days: int

    @property
    def ref(self) -> str:
        return show_ref(self.case_ref)


@dataclass(frozen=True, slots=True)
class GroupLine:
    id: UUID
    circle: str
    since: date
    seats: int
    taken: int
    meetings: int


@dataclass(frozen=True, slots=True)
class MemberLine:
    id: UUID
    case_ref: str
    came: int

    @property
    def ref(self) -> str:
        return show_ref(self.case_ref)


def get_waiting(actor: Actor, ref: str, waiting_id: UUID, *, now: datetime) -> Waiting:
    case = cases.get_case(actor, ref, now=now)
    rows = Waiting.objects.filter(pk=waiting_id, subject_id=case.subject_id)
    found = access.visible(actor, rows, now=now).first()
    if found is None or found.organisation_id != actor.organisation_id:
        raise AccessDenied("legalaid.unknown")
    return found


def waiting_list(actor: Actor, *, now: datetime) -> tuple[WaitingLine, ...]:
    """Of the own office, as far as the cases are shown: the most urgent first, then whoever has waited longest."""
    rows = Waiting.objects.filter(organisation_id=actor.organisation_id or 0, end=None)
    found = [
        WaitingLine(row.pk, row.case_ref, row.urgency, row.recorded_at, (now - row.recorded_at).days)
        for row in access.visible(actor, rows, now=now)
    ]
    return tuple(sorted(found, key=lambda one: (ORDER[one.urgency], one.since)))


def psychologist_choices(actor: Actor, ref: str, *, now: datetime) -> Pairs:
    """The psychologists of the team."""
    case = cases.get_case(actor, ref, now=now)
    posts = {line.post.id: line.post for line in cases.team(actor, case.subject_id, now=now)}
    return [
        (str(post.id), f"{post.label()} · {post.organisation_name()}")
        for post in posts.values()
        if post.role == PSYCHOLOGIST
    ]


def counselled(actor: Actor, ref: str, *, now: datetime) -> Counselled:
    case = cases.get_case(actor, ref, now=now)
    rows = access.visible(actor, CounselSession.objects.filter(subject_id=case.subject_id), now=now)
    told = rows.aggregate(
        held=Count("pk", filter=Q(came=True)), minutes=Sum("minutes"), missed=Count("pk", filter=Q(came=False))
    )
    there = access.visible(actor, GroupPresence.objects.filter(subject_id=case.subject_id), now=now)
    group = there.aggregate(times=Count("pk"), minutes=Sum("meeting__minutes"))
    return Counselled(told["held"], told["minutes"] or 0, told["missed"], group["times"], group["minutes"] or 0)


def groups(actor: Actor, *, now: datetime) -> tuple[GroupLine, ...]:
    """Every seat that is taken counts, also by somebody whose case is not shown."""
    rows = Group.objects.filter(organisation_id=actor.organisation_id or 0).order_by("-since", "pk")
    counted = rows.annotate(taken=Count("members", distinct=True), met=Count("meetings", distinct=True))
    with sight.beyond():
        return tuple(GroupLine(row.pk, row.circle, row.since, row.seats, row.taken, row.met) for row in counted)


def group_choices(actor: Actor, *, now: datetime) -> Pairs:
    """Those of the own office that have a seat left."""
    return [
        (str(one.id), f"{labels.CIRCLES[one.circle]} · {one.taken}/{one.seats}")
        for one in groups(actor, now=now)
        if one.taken < one.seats
    ]


def seats_taken(actor: Actor, group: Group) -> int:
    """A number, of whichever cases they are."""
    with sight.beyond():
        return GroupMember.objects.filter(group=group).count()


def get_group(actor: Actor, group_id: UUID, *, now: datetime) -> tuple[Group, tuple[MemberLine, ...]]:
    """A group of the own office and its members, by the code of the case; how often each came."""
    group = Group.objects.filter(pk=group_id, organisation_id=actor.organisation_id or 0).first()
    if group is None:
        raise AccessDenied("legalaid.unknown")
    there = members(actor, group, now=now)
    came = dict(
        GroupPresence.objects.filter(member__in=[one.pk for one in there])
        .order_by("member")
        .values_list("member")
        .annotate(Count("pk"))
    )
    return group, tuple(MemberLine(one.pk, one.case_ref, came.get(one.pk, 0)) for one in there)


def members(actor: Actor, group: Group, *, now: datetime) -> list[GroupMember]:
    """Those whose cases are shown."""
    rows = GroupMember.objects.filter(group=group).order_by("recorded_at", "pk")
    return list(access.visible(actor, rows, now=now))
