"""The coordinator's board: who waits for what, and how long. Codes of cases, never a name; four statements."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from kalka.access import selectors as access
from kalka.access.rules import Scope
from kalka.core.actors import Actor, post_holder
from kalka.core.clock import day_of
from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission
from kalka.referrals.lines import NeedLine, ReferralLine, lines, need_line
from kalka.referrals.models import Need, Referral
from kalka.referrals.practice import practice
from kalka.referrals.rules.needs import Urgency, Wish
from kalka.referrals.rules.referral import Step

MOST = 200
_ORDER = {one: place for place, one in enumerate(Urgency)}


@dataclass(frozen=True, slots=True)
class Waiting:
    """A need that nobody has been asked for, or that everybody asked for let go of."""

    need: NeedLine
    days: int
    opens: bool


@dataclass(frozen=True, slots=True)
class Row:
    """`late`: after the term of the law where it sets one, else after internal hours. `opens`: the actor is shown the
    file it stands in."""

    line: ReferralLine
    days: int
    late: bool
    opens: bool


@dataclass(frozen=True, slots=True)
class Board:
    """`unasked`: nobody was asked yet. `stuck`: declined, or she was not there. `late`, `waiting`: no answer yet.
    `taken`: somebody has her. `full`: there are more than a page shows."""

    unasked: tuple[Waiting, ...]
    stuck: tuple[Row, ...]
    late: tuple[Row, ...]
    waiting: tuple[Row, ...]
    taken: tuple[Row, ...]
    full: bool

    @property
    def empty(self) -> bool:
        return not (self.unasked or self.stuck or self.late or self.waiting or self.taken)


def board(actor: Actor, *, now: datetime) -> Board:
    """Of the cases the actor's own post answers for. What a consent shows an organisation is no reason to see more."""
    if not actor.may(Permission.BOARD_READ):
        raise AccessDenied("core.not_permitted")
    by_post = replace(actor, holders=(post_holder(actor.post_id),) if actor.post_id else ())
    sent = access.visible(by_post, Referral.objects.unfinished(), now=now, scope=Scope.DUTIES)
    found = list(sent.order_by("recorded_at", "id")[: MOST + 1])
    needs = _unasked(by_post, now)
    shown = _shown(actor, {one.subject_id for one in (*found, *needs)}, now)
    rows = [_row(line, line.subject_id in shown, now) for line in lines(actor, found[:MOST], now=now) if line.open]
    return Board(
        unasked=_waiting(needs, shown, now)[:MOST],
        stuck=_part(rows, lambda row: row.line.with_sender),
        late=_part(rows, lambda row: row.late),
        waiting=_part(rows, lambda row: row.line.unanswered and not row.late),
        taken=_part(rows, lambda row: row.line.state is Step.ACCEPTED),
        full=len(found) > MOST or len(needs) > MOST,
    )


def _unasked(by_post: Actor, now: datetime) -> list[Need]:
    let_go = (Step.WITHDRAWN, Step.REROUTED)
    asked = Referral.objects.staged().filter(need=OuterRef("pk")).exclude(Q(last__in=let_go))
    needs = Need.objects.wished().filter(~Exists(asked), Q(says=Wish.WANTS))
    return list(access.visible(by_post, needs, now=now, scope=Scope.DUTIES).order_by("recorded_at", "id")[: MOST + 1])


def _waiting(needs: Iterable[Need], shown: Collection[UUID], now: datetime) -> tuple[Waiting, ...]:
    """The most urgent first, then the longest waiting."""
    waiting = [
        Waiting(need_line(need), (day_of(now) - day_of(need.recorded_at)).days, need.subject_id in shown)
        for need in needs
    ]
    return tuple(sorted(waiting, key=lambda one: (_ORDER[Urgency(one.need.urgency)], one.need.recorded_at)))


def _shown(actor: Actor, subject_ids: Collection[UUID], now: datetime) -> frozenset[UUID]:
    """Of which files the actor may open the page, not merely know the code."""
    return access.seen_of(actor, subject_ids, now=now) if actor.may(Permission.CASE_READ) else frozenset()


def _row(line: ReferralLine, opens: bool, now: datetime) -> Row:
    late = line.unanswered and practice().chase_at(line.sent_at, line.answer_by, line.urgency) <= now
    return Row(line, line.waits(now), late, opens)


def _part(rows: list[Row], belongs: Callable[[Row], bool]) -> tuple[Row, ...]:
    mine = [row for row in rows if belongs(row)]
    return tuple(sorted(mine, key=lambda row: (_ORDER[Urgency(row.line.urgency)], row.line.sent_at)))
