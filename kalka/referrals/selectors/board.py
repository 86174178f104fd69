"""The coordinator's board: who waits for what, and how long. Codes of cases, never a name; three statements."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from kalka.access import selectors as access
from kalka.access.rules import Scope
from kalka.core.actors import Actor, post_holder
from kalka.core.clock import day_of
from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission
from kalka.referrals.lines import NeedLine, ReferralLine, lines, need_line
from kalka.referrals.models import Need, Referral
from kalka.referrals.rules.needs import Urgency, Wish
from kalka.referrals.rules.referral import Step

MOST = 200
_ORDER = {one: place for place, one in enumerate(Urgency)}


@dataclass(frozen=True, slots=True)
class Waiting:
    """A need that nobody has been asked for, or that everybody asked for let go of."""

    need: NeedLine
    days: int


@dataclass(frozen=True, slots=True)
class Row:
    line: ReferralLine
    days: int
    late: bool


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
    rows = [_row(line, now) for line in lines(actor, found[:MOST], now=now) if line.open]
    unasked = _unasked(by_post, now)
    return Board(
        unasked=unasked[:MOST],
        stuck=_part(rows, lambda row: row.line.with_sender),
        late=_part(rows, lambda row: row.late),
        waiting=_part(rows, lambda row: row.line.unanswered and not row.late),
        taken=_part(rows, lambda row: row.line.state is Step.ACCEPTED),
        full=len(found) > MOST or len(unasked) > MOST,
    )


def _unasked(by_post: Actor, now: datetime) -> tuple[Waiting, ...]:
    """The most urgent first, then the longest waiting."""
    let_go = (Step.WITHDRAWN, Step.REROUTED)
    asked = Referral.objects.staged().filter(need=OuterRef("pk")).exclude(Q(last__in=let_go))
    needs = Need.objects.wished().filter(~Exists(asked), Q(says=Wish.WANTS))
    found = access.visible(by_post, needs, now=now, scope=Scope.DUTIES).order_by("recorded_at", "id")[: MOST + 1]
    waiting = [Waiting(need_line(need), (day_of(now) - day_of(need.recorded_at)).days) for need in found]
    return tuple(sorted(waiting, key=lambda one: (_ORDER[Urgency(one.need.urgency)], one.need.recorded_at)))


def _row(line: ReferralLine, now: datetime) -> Row:
    return Row(line, line.waits(now), line.late(now))


def _part(rows: list[Row], belongs: Callable[[Row], bool]) -> tuple[Row, ...]:
    mine = [row for row in rows if belongs(row)]
    return tuple(sorted(mine, key=lambda row: (_ORDER[Urgency(row.line.urgency)], row.line.sent_at)))
