"""Requests for break-glass, as the asker, the second person and the auditor may read them."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from kalka.access import selectors as access
from kalka.cases.keeping import GLASS_WAITS, Side, may_second
from kalka.cases.models import GlassDecision, GlassRequest
from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission
from kalka.core.refs import show_ref
from kalka.directory import selectors as directory
from kalka.directory.info import PostInfo
from kalka.vault.classes import Klass

MOST = 100


@dataclass(frozen=True, slots=True)
class GlassLine:
    """`state`: waiting, refused, lapsed, open, over. `about` is known to nobody but the auditor."""

    id: UUID
    shown_ref: str
    ref: str
    hours: int
    post: str
    organisation: str
    asked_at: datetime
    state: str
    until: datetime | None
    decider: str
    own: bool
    asker_id: int
    post_id: int | None
    decider_id: int | None
    subject_id: UUID
    about: UUID | None
    decided_at: datetime | None

    @property
    def is_over(self) -> bool:
        return self.state == "over"


@dataclass(frozen=True, slots=True)
class GlassPage:
    line: GlassLine
    reason: str = field(repr=False)
    may_decide: bool


def get_request(actor: Actor, request_id: UUID, *, now: datetime) -> GlassRequest:
    """AccessDenied for a paper that is not shown, and for one about a case the actor is shut out of."""
    rows = GlassRequest.objects.filter(pk=request_id)
    found = access.visible(actor, rows, now=now).first()
    if found is None:
        raise AccessDenied("cases.unknown")
    if found.author_id != actor.user_id and found.about and actor.user_id in access.walled_users(found.about):
        raise AccessDenied("cases.unknown")
    return found


def my_requests(actor: Actor, *, now: datetime) -> tuple[GlassLine, ...]:
    """What the actor asked for, the newest first."""
    return _lines(actor, now, own=True)


def glass_requests(actor: Actor, *, now: datetime) -> tuple[GlassLine, ...]:
    """What others asked for and the actor may look at afterwards, the newest first."""
    if not actor.may(Permission.OPENING_REVIEW):
        raise AccessDenied("core.not_permitted")
    return _lines(actor, now, own=False)


def glass_page(actor: Actor, request_id: UUID, *, now: datetime) -> GlassPage:
    request = get_request(actor, request_id, now=now)
    keys = access.unlock(actor, [request.subject_id], what="cases.glass_page", now=now, klasses=[Klass.NARRATIVE])
    line = _lines_of(actor, [request], now)[0]
    asker = Side(request.author_id, request.post_id, request.organisation_id)
    other = may_second(asker, Side(actor.user_id, actor.post_id, actor.organisation_id, actor.leads))
    may = line.state == "waiting" and other and actor.may(Permission.GLASS_APPROVE)
    return GlassPage(line, keys.get(request, "reason") or "", may)


def _lines(actor: Actor, now: datetime, *, own: bool) -> tuple[GlassLine, ...]:
    rows = access.visible(actor, GlassRequest.objects.order_by("-recorded_at", "id"), now=now)
    if own:
        return _lines_of(actor, list(rows.filter(author_id=actor.user_id)[:MOST]), now)
    walled = access.walled_from(actor)
    others = rows.exclude(author_id=actor.user_id).exclude(about__in=walled)
    return _lines_of(actor, list(others[:MOST]), now)


def _lines_of(actor: Actor, rows: list[GlassRequest], now: datetime) -> tuple[GlassLine, ...]:
    decided = {one.request_id: one for one in GlassDecision.objects.filter(request__in=rows)}
    posts = {row.post_id for row in rows} | {one.post_id for one in decided.values()}
    known = directory.posts(post for post in posts if post)
    return tuple(_line(actor, row, decided.get(row.pk), known, now) for row in rows)


def _line(
    actor: Actor,
    row: GlassRequest,
    decision: GlassDecision | None,
    posts: dict[int, PostInfo],
    now: datetime,
) -> GlassLine:
    asker, decider = posts.get(row.post_id or 0), posts.get((decision.post_id if decision else None) or 0)
    return GlassLine(
        id=row.pk,
        shown_ref=show_ref(row.ref),
        ref=row.ref,
        hours=row.hours,
        post=asker.label() if asker else "",
        organisation=asker.organisation_here if asker else "",
        asked_at=row.recorded_at,
        state=_state(row, decision, now),
        until=decision.until if decision else None,
        decider=f"{decider.label()} · {decider.organisation_here}" if decider else "",
        own=row.author_id == actor.user_id,
        asker_id=row.author_id,
        post_id=row.post_id,
        decider_id=decision.author_id if decision else None,
        subject_id=row.subject_id,
        about=row.about,
        decided_at=decision.recorded_at if decision else None,
    )


def _state(row: GlassRequest, decision: GlassDecision | None, now: datetime) -> str:
    if decision is None:
        return "waiting" if now <= row.recorded_at + timedelta(hours=GLASS_WAITS) else "lapsed"
    if decision.until is None:
        return "refused"
    return "open" if now < decision.until else "over"
