"""Conferences of a case: for those who work on it, and for a post that was asked to come."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from kalka.access import selectors as access
from kalka.access import services as grants
from kalka.access.rules import COMPLAINTS, Scope
from kalka.cases import selectors as cases
from kalka.core import sight
from kalka.core.actors import Actor, organisation_holder, post_holder
from kalka.core.clock import day_of
from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission
from kalka.core.refs import show_ref
from kalka.directory import selectors as directory
from kalka.directory.info import PostInfo
from kalka.referrals.models import Carried, Conference, Decision, Minutes, Seat
from kalka.vault.classes import Klass
from kalka.vault.keys import Keys


@dataclass(frozen=True, slots=True)
class Decided:
    id: UUID
    ref: str
    owner: PostInfo
    by: date
    what: str = field(repr=False)
    carried: bool

    @property
    def shown_ref(self) -> str:
        return show_ref(self.ref)


@dataclass(frozen=True, slots=True)
class ConferenceLine:
    id: UUID
    ref: str
    at: datetime
    held: bool

    @property
    def shown_ref(self) -> str:
        return show_ref(self.ref)


@dataclass(frozen=True, slots=True)
class ConferencePage:
    """`whole`: the actor works on the case. Whoever was only asked to come reads their own part, and no minutes."""

    line: ConferenceLine
    where: str = field(repr=False)
    invited: tuple[PostInfo, ...]
    came: tuple[PostInfo, ...]
    said: str = field(repr=False)
    her_word: str = field(repr=False)
    decisions: tuple[Decided, ...]
    whole: bool
    may_write: bool


def get_conference(actor: Actor, ref: str, conference_id: UUID, *, now: datetime) -> Conference:
    case = cases.get_case(actor, ref, now=now)
    found = access.visible(actor, Conference.objects.filter(case=case, pk=conference_id), now=now).first()
    if found is None:
        raise AccessDenied("referrals.unknown")
    return found


def conference_page(actor: Actor, ref: str, conference_id: UUID, *, now: datetime) -> ConferencePage:
    """For those who work on the case."""
    return _page(actor, get_conference(actor, ref, conference_id, now=now), Scope.FILE, now)


def invited_page(actor: Actor, seat_id: UUID, *, now: datetime) -> ConferencePage:
    """For the post that has this seat, while it may know of the case at all."""
    mine = Seat.objects.filter(pk=seat_id, seated=actor.post_id or 0)
    rows = Conference.objects.filter(pk__in=mine.values("conference"))
    found = access.visible(actor, rows, now=now, scope=Scope.DUTIES).first()
    if found is None:
        raise AccessDenied("referrals.unknown")
    scope = Scope.FILE if access.sees(actor, found.subject_id, now=now) else Scope.DUTIES
    return _page(actor, found, scope, now)


def get_decision(actor: Actor, decision_id: UUID, *, now: datetime) -> Decision:
    """Of the organisation whose post has it, while it may know of the case; or of a case the actor works on."""
    found = access.visible(actor, Decision.objects.filter(pk=decision_id), now=now, scope=Scope.DUTIES).first()
    if found is None or not (_is_ours(actor, found) or access.sees(actor, found.subject_id, now=now)):
        raise AccessDenied("referrals.unknown")
    return found


def decision_page(actor: Actor, decision_id: UUID, *, now: datetime) -> Decided:
    row = get_decision(actor, decision_id, now=now)
    what = "referrals.decision"
    keys = access.unlock(actor, [row.subject_id], what=what, now=now, klasses=[Klass.NARRATIVE], scope=Scope.DUTIES)
    return _decided(row, keys, Carried.objects.filter(decision=row).exists())


def conference_lines(actor: Actor, rows: Iterable[Conference], held: Collection[UUID]) -> tuple[ConferenceLine, ...]:
    return tuple(ConferenceLine(row.pk, row.case_ref, row.at, row.pk in held) for row in rows)


def guests(actor: Actor, ref: str, *, now: datetime) -> tuple[PostInfo, ...]:
    """Who may be asked to come: whoever knows of the case by the team, or by a consent of the person. Not whoever knows
    of it by a complaint alone: the one complained of may be offered the same choice."""
    case = cases.get_case(actor, ref, now=now)
    holders = grants.holders_of(case.subject_id, now=now, but=COMPLAINTS)
    return tuple(
        post
        for post in directory.staffed(day_of(now))
        if post_holder(post.id) in holders or organisation_holder(post.organisation_id) in holders
    )


def seats(actor: Actor, conference: Conference) -> frozenset[int]:
    return frozenset(Seat.objects.filter(conference=conference).values_list("seated", flat=True))


def _page(actor: Actor, row: Conference, scope: Scope, now: datetime) -> ConferencePage:
    what = "referrals.conference"
    keys = access.unlock(actor, [row.subject_id], what=what, now=now, klasses=[Klass.NARRATIVE], scope=scope)
    whole = scope is Scope.FILE
    came = _came(row)
    minutes = Minutes.objects.filter(conference=row).first() if whole else None
    decisions = Decision.objects.filter(conference=row).select_related("conference").order_by("by", "id")
    if not whole:
        decisions = decisions.filter(owner=actor.post_id)
    carried = set(Carried.objects.filter(decision__in=decisions).values_list("decision", flat=True))
    invited = directory.posts(sorted(seats(actor, row)))
    return ConferencePage(
        line=ConferenceLine(row.pk, row.case_ref, row.at, came is not None),
        where=keys.get(row, "where") or "",
        invited=tuple(invited.values()),
        came=tuple(directory.posts(came or []).values()),
        said=_opened(minutes, "said", keys),
        her_word=_opened(minutes, "her_word", keys),
        decisions=tuple(_decided(one, keys, one.pk in carried) for one in decisions),
        whole=whole,
        may_write=whole and came is None and actor.may(Permission.REFERRAL_MAKE),
    )


def _decided(row: Decision, keys: Keys, carried: bool) -> Decided:
    owner = directory.posts([row.owner_id])[row.owner_id]
    return Decided(row.pk, row.conference.case_ref, owner, row.by, keys.get(row, "what") or "", carried)


def _is_ours(actor: Actor, row: Decision) -> bool:
    owner = directory.post(row.owner_id)
    return owner is not None and owner.organisation_id == actor.organisation_id


def _opened(minutes: Minutes | None, column: str, keys: Keys) -> str:
    return (keys.get(minutes, column) or "") if minutes else ""


def _came(row: Conference) -> list[int] | None:
    """The posts that came; none until it was held. Whoever sat there knows them, the minutes are the file's."""
    with sight.beyond():
        return Minutes.objects.filter(conference=row).values_list("came", flat=True).first()
