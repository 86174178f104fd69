"""A session as it is made, and how it comes from one step to the next. Its token is in these answers alone."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from kalka.accounts import rules
from kalka.accounts.models import Session, User
from kalka.accounts.rules import Stage
from kalka.core import audit
from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied


@dataclass(frozen=True, slots=True)
class Opened:
    token: str
    stage: Stage
    user_id: int
    language: str


def open_session(user: User, *, stage: Stage, now: datetime) -> Opened:
    lasts = rules.ABSOLUTE if stage is Stage.FULL else rules.SECOND_STEP
    own = Session.objects.filter(user=user).exclude(post_id=None).exclude(stage=Stage.API)
    previous = own.order_by("-id").values_list("post_id", flat=True).first()
    return begin(user, stage=stage, post_id=previous, lasts=lasts, now=now)[1]


def begin(
    user: User, *, stage: Stage, post_id: int | None, lasts: timedelta, now: datetime, scopes: str = ""
) -> tuple[Session, Opened]:
    token = rules.new_token()
    session = Session.objects.create(
        token=hashed(token),
        user=user,
        stage=stage,
        post_id=post_id,
        scopes=scopes,
        started_at=now,
        seen_at=now,
        confirmed_at=now if stage is Stage.FULL else None,
        ends_at=now + lasts,
    )
    return session, Opened(token, stage, user.id, user.language)


def half_open(token: str, stage: Stage, now: datetime) -> Session:
    """The session of somebody on the way in. Refuses one that is over, or has come to another step."""
    running = Session.objects.filter(token=hashed(token), stage=stage, ended_at=None, ends_at__gt=now)
    session = running.select_related("user").first()
    if session is None or not session.user.active or not rules.is_behind(session.seen_at, now):
        raise AccessDenied("accounts.no_such_step")
    return session


def running(actor: Actor) -> Session:
    """The session of somebody who is signed in. Refuses one that is over."""
    own = Session.objects.filter(id=actor.session_id or 0, user_id=actor.user_id, ended_at=None)
    session = own.select_related("user").first()
    if session is None:
        raise AccessDenied("accounts.session_unknown")
    return session


def let_in(session: Session, now: datetime, *, by: str) -> Opened:
    """The second step is done: the half-open session ends, and a new one begins under a new token."""
    ended = Session.objects.filter(id=session.id, ended_at=None).update(ended_at=now)
    if ended != 1:  # two tries at the same moment let in once
        raise AccessDenied("accounts.no_such_step")
    audit.done(Actor(session.user.id, frozenset()), [by], session.user)
    return open_session(session.user, stage=Stage.FULL, now=now)


def sign_out(token: str, *, now: datetime) -> None:
    Session.objects.filter(token=hashed(token), ended_at=None).update(ended_at=now)


def hashed(token: str) -> bytes:
    return sha256(token.encode()).digest()
