"""Accounts, tokens of programs, and the sessions of a person."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password

from kalka.accounts import passwords, rules
from kalka.accounts.models import Session, User
from kalka.accounts.rules import Stage
from kalka.accounts.services.sessions import Opened, begin
from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.permissions import Permission
from kalka.core.refs import new_id, new_ref
from kalka.core.scopes import TokenScope, write
from kalka.vault.classes import Klass
from kalka.vault.keys import new_keys


@command("accounts.create_user", needs=Permission.USERS_MANAGE)
def create_user(
    actor: Actor, *, login: str, name: str, password: str | None, now: datetime, language: str = "ky"
) -> User:
    """Make an account. It holds no post yet, so it sees nothing. Without a password nobody can sign in to it."""
    rules.check_login(login)
    if password is not None:
        passwords.check(password, login)
    if User.objects.filter(login__iexact=login).exists():
        raise DomainError("accounts.login_taken", field="login")
    hashed = make_password(None if password is None else rules.composed(password))
    user = User(login=login, password=hashed, created_at=now, language=language, subject_id=new_id())
    user.save(force_insert=True)  # the key is drawn by the database, and the name is sealed under it
    new_keys(user.subject_id, [Klass.OWN]).put(user, "name", name)
    user.save(update_fields=["name"])
    return user


@command("accounts.name_member", needs=Permission.COMMITTEE_KEEP)
def name_member(actor: Actor, *, name: str, now: datetime) -> User:
    """Somebody who works with a committee. Nobody can sign in to it until whoever keeps accounts lets them."""
    user = User(login=f"member-{new_ref().lower()}", password=make_password(None), created_at=now, subject_id=new_id())
    user.save(force_insert=True)
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


@command("accounts.end_session", needs=Permission.OWN_ACCOUNT)
def end_session(actor: Actor, *, session_id: int, now: datetime) -> Session:
    session = Session.objects.filter(id=session_id, user_id=actor.user_id).first()
    if session is None:
        raise AccessDenied("accounts.session_unknown")
    session.ended_at = session.ended_at or now
    session.save(update_fields=["ended_at"])
    return session


@command("accounts.end_my_sessions", needs=Permission.OWN_ACCOUNT)
def end_my_sessions(actor: Actor, *, now: datetime) -> list[Session]:
    """Everywhere at once, this device too. A program's token runs on: it is ended by itself."""
    running = list(Session.objects.filter(user_id=actor.user_id, ended_at=None).exclude(stage=Stage.API))
    Session.objects.filter(id__in=[session.id for session in running]).update(ended_at=now)
    return running


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
    return begin(user, stage=Stage.API, post_id=post_id, scopes=issued, lasts=timedelta(days=days), now=now)


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
