"""Everything that can be done to an account."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

import pyotp
from django.contrib.auth.hashers import check_password as password_matches
from django.contrib.auth.hashers import make_password

from kalka.accounts import guard, rules
from kalka.accounts.models import Session, User
from kalka.accounts.own import own_keys
from kalka.accounts.rules import Stage
from kalka.core import audit
from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.permissions import Permission
from kalka.core.refs import new_id
from kalka.core.scopes import TokenScope, write
from kalka.vault.classes import Klass
from kalka.vault.keys import new_keys


@dataclass(frozen=True, slots=True)
class Opened:
    token: str
    stage: Stage
    user_id: int
    language: str


@command("accounts.create_user", needs=Permission.USERS_MANAGE)
def create_user(
    actor: Actor, *, login: str, name: str, password: str | None, now: datetime, language: str = "ky"
) -> User:
    """Make an account. It holds no post yet, so it sees nothing. Without a password nobody can sign in to it."""
    rules.check_login(login)
    if password is not None:
        guard.check(password, login)
    if User.objects.filter(login__iexact=login).exists():
        raise DomainError("accounts.login_taken", field="login")
    user = User(login=login, password=make_password(password), created_at=now, language=language, subject_id=new_id())
    user.save(force_insert=True)  # the key is drawn by the database, and the name is sealed under it
    new_keys(user.subject_id, [Klass.OWN]).put(user, "name", name)
    user.save(update_fields=["name"])
    return user


@command("accounts.suspend_user", needs=Permission.USERS_MANAGE)
def suspend_user(actor: Actor, *, user_id: int, now: datetime) -> User:
    user = User.objects.get(id=user_id)
    user.active = False
    user.save(update_fields=["active"])
    Session.objects.filter(user=user, ended_at=None).update(ended_at=now)
    return user


@command("accounts.change_password", needs=Permission.OWN_ACCOUNT)
def change_password(actor: Actor, *, old: str, new: str, now: datetime) -> User:
    """Change one's own password; every other session of the account ends."""
    user = User.objects.get(id=actor.user_id)
    if len(old) > rules.PASSWORD_MAX or not password_matches(old, user.password):
        raise DomainError("accounts.password_wrong", field="old")
    guard.check(new, user.login)
    user.password = make_password(new)
    user.save(update_fields=["password"])
    others = Session.objects.filter(user=user, ended_at=None).exclude(id=actor.session_id or 0)
    others.update(ended_at=now)
    return user


@command("accounts.end_session", needs=Permission.OWN_ACCOUNT)
def end_session(actor: Actor, *, session_id: int, now: datetime) -> Session:
    session = Session.objects.filter(id=session_id, user_id=actor.user_id).first()
    if session is None:
        raise AccessDenied("accounts.session_unknown")
    session.ended_at = session.ended_at or now
    session.save(update_fields=["ended_at"])
    return session


@command("accounts.issue_token", needs=Permission.USERS_MANAGE)
def issue_token(
    actor: Actor, *, user_id: int, post_id: int, scopes: Collection[TokenScope], days: int, now: datetime
) -> tuple[Session, Opened]:
    """Let a program of this account act in one post, through the API alone. The token is in this answer alone.

    It may do what both the post's role and its scopes allow. Refuses a token without a scope, a term that is not from
    1 to 365 days, and an account that is not there or suspended. Whether the post is held is asked on every request.
    """
    user = User.objects.filter(id=user_id, active=True).first()
    if user is None:
        raise AccessDenied("accounts.unknown")
    if not 1 <= days <= rules.TOKEN_DAYS:
        raise DomainError("accounts.token_days", field="days", most=rules.TOKEN_DAYS)
    if not scopes or not set(scopes) <= set(TokenScope):
        raise DomainError("accounts.token_scopes", field="scopes")
    issued = write(scopes)
    return _session(user, stage=Stage.API, post_id=post_id, scopes=issued, lasts=timedelta(days=days), now=now)


@command("accounts.end_tokens", needs=Permission.USERS_MANAGE)
def end_tokens(actor: Actor, *, user_id: int, now: datetime) -> list[Session]:
    """End every token of an account at once. Its own sessions go on."""
    running = list(Session.objects.filter(user_id=user_id, stage=Stage.API, ended_at=None, ends_at__gt=now))
    Session.objects.filter(id__in=[session.id for session in running]).update(ended_at=now)
    return running


@command("accounts.end_every_session", needs=Permission.SYSTEM)
def end_every_session(actor: Actor, *, now: datetime) -> list[Session]:
    """Of people and of programs, all at once: the installation begins again out of a backup."""
    running = list(Session.objects.filter(ended_at=None))
    Session.objects.filter(ended_at=None).update(ended_at=now)
    return running


@command("accounts.take_post", needs=Permission.OWN_ACCOUNT)
def take_post(actor: Actor, *, post_id: int, now: datetime) -> Session:
    """Act in another of one's posts. Whether it is held is asked again on every request, of the post itself.

    A token stays with the post it was issued for.
    """
    session = Session.objects.filter(id=actor.session_id or 0, stage=Stage.FULL).first()
    if session is None:
        raise AccessDenied("accounts.session_unknown")
    session.post_id = post_id
    session.save(update_fields=["post_id"])
    return session


def open_session(user: User, *, stage: Stage, now: datetime) -> Opened:
    lasts = rules.ABSOLUTE if stage is Stage.FULL else rules.SECOND_STEP
    own = Session.objects.filter(user=user).exclude(post_id=None).exclude(stage=Stage.API)
    previous = own.order_by("-id").values_list("post_id", flat=True).first()
    return _session(user, stage=stage, post_id=previous, lasts=lasts, now=now)[1]


def sign_in(*, login: str, password: str, address: str, second_factor_required: bool, now: datetime) -> Opened:
    """The first step. Raises DomainError "accounts.locked" or "accounts.refused", which never says what was wrong."""
    guard.refuse_if_locked(login, address, now=now)
    user = User.objects.filter(login__iexact=login[:64], active=True).first()
    if not guard.right_password(user, password):
        guard.failed(login, address, now=now)
        audit.refused(Actor(user.id if user else 0, frozenset()), ["accounts.sign_in"], "accounts.refused")
        raise DomainError("accounts.refused")
    assert user is not None
    guard.succeeded(login, address)
    stage = Stage.CODE if user.totp_step else Stage.ENROL if second_factor_required else Stage.FULL
    audit.done(Actor(user.id, frozenset()), ["accounts.sign_in"], user)
    return open_session(user, stage=stage, now=now)


def enter_code(token: str, *, code: str, address: str, now: datetime) -> Opened:
    """The second step: a code of this minute that was not used before. The session's token is drawn anew."""
    session = _half_open(token, Stage.CODE, now)
    user = session.user
    guard.refuse_if_locked(user.login, address, now=now)
    secret = own_keys(user.subject_id).get(user, "totp")
    step = guard.matching_step(secret, code, now=now)
    if step is None or not rules.is_fresh(step, used=user.totp_step, present=int(now.timestamp()) // rules.STEP):
        guard.failed(user.login, address, now=now)
        audit.refused(Actor(user.id, frozenset()), ["accounts.enter_code"], "accounts.code_wrong")
        raise DomainError("accounts.code_wrong", field="code")
    return _completed(session, step, now)


def begin_enrolment(token: str, *, now: datetime) -> tuple[str, str]:
    """The secret to show, and the address an authenticator reads. Drawn once a session, kept sealed."""
    user = _half_open(token, Stage.ENROL, now).user
    keys = own_keys(user.subject_id)
    secret = keys.get(user, "totp")
    if secret is None:
        secret = pyotp.random_base32()
        keys.put(user, "totp", secret)
        user.save(update_fields=["totp"])
    return secret, pyotp.TOTP(secret).provisioning_uri(name=user.login, issuer_name="Kalka")


def finish_enrolment(token: str, *, code: str, now: datetime) -> Opened:
    session = _half_open(token, Stage.ENROL, now)
    step = guard.matching_step(own_keys(session.user.subject_id).get(session.user, "totp") or "", code, now=now)
    if step is None:
        raise DomainError("accounts.code_wrong", field="code")
    return _completed(session, step, now)


def sign_out(token: str, *, now: datetime) -> None:
    Session.objects.filter(token=sha256(token.encode()).digest(), ended_at=None).update(ended_at=now)


def _session(
    user: User, *, stage: Stage, post_id: int | None, lasts: timedelta, now: datetime, scopes: str = ""
) -> tuple[Session, Opened]:
    token = secrets.token_urlsafe(32)
    session = Session.objects.create(
        token=sha256(token.encode()).digest(),
        user=user,
        stage=stage,
        post_id=post_id,
        scopes=scopes,
        started_at=now,
        seen_at=now,
        ends_at=now + lasts,
    )
    return session, Opened(token, stage, user.id, user.language)


def _half_open(token: str, stage: Stage, now: datetime) -> Session:
    running = Session.objects.filter(token=sha256(token.encode()).digest(), stage=stage, ended_at=None, ends_at__gt=now)
    session = running.select_related("user").first()
    if session is None or not rules.is_behind(session.seen_at, now):
        raise AccessDenied("accounts.no_such_step")
    return session


def _completed(session: Session, step: int, now: datetime) -> Opened:
    session.user.totp_step = step
    session.user.save(update_fields=["totp_step"])
    session.ended_at = now
    session.save(update_fields=["ended_at"])
    audit.done(Actor(session.user.id, frozenset()), ["accounts.second_factor"], session.user)
    return open_session(session.user, stage=Stage.FULL, now=now)
