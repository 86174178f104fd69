"""Who is signed in says once more who they are, before something sensitive; and changes their own password."""

from datetime import datetime

from django.contrib.auth.hashers import make_password

from kalka.accounts import guard, passwords, rules
from kalka.accounts.models import Session, User
from kalka.accounts.services.entering import use_code
from kalka.accounts.services.sessions import hashed
from kalka.core import audit
from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.permissions import Permission

STEP = "accounts.confirm"


def confirm(actor: Actor, *, secret: str, now: datetime) -> str:
    """By the password, or a code of the app. Returns the session's new token, for which the old one is gone.

    Raises DomainError "accounts.locked" or "accounts.not_confirmed".
    """
    user = User.objects.get(id=actor.user_id)
    if user.totp_step and rules.is_code(secret):
        try:
            use_code(user, secret, limit="own", step=STEP, now=now)
        except DomainError as refusal:
            if refusal.code == "accounts.code_wrong":
                raise DomainError("accounts.not_confirmed", field="secret") from refusal
            raise
    else:
        prove(user, secret, field="secret", code="accounts.not_confirmed", step=STEP, now=now)
    return confirmed(actor, now=now)


def prove(user: User, password: str, *, field: str, code: str, step: str, now: datetime) -> None:
    """Refuses whoever does not know the password of the account that is signed in; counted and recorded."""
    guard.refuse_if_locked("own", str(user.id), now=now)
    if not guard.right_password(user, password):
        guard.failed("own", str(user.id), now=now)
        audit.refused(Actor(user.id, frozenset()), [step], code)
        raise DomainError(code, field=field)
    guard.succeeded("own", str(user.id), now=now)


def confirmed(actor: Actor, *, now: datetime) -> str:
    """The session goes on under a new token."""
    token = rules.new_token()
    running = Session.objects.filter(id=actor.session_id or 0, user_id=actor.user_id, ended_at=None)
    if running.update(token=hashed(token), confirmed_at=now) != 1:
        raise AccessDenied("accounts.session_unknown")
    audit.done(actor, [STEP], running.first())
    return token


def change_password(actor: Actor, *, old: str, new: str, now: datetime, alone: bool = False) -> User:
    """Change one's own password; every other session of the account ends. `alone`: no second step is asked for."""
    if not actor.may(Permission.OWN_ACCOUNT):
        raise AccessDenied("core.not_permitted")
    user = User.objects.get(id=actor.user_id)
    prove(user, old, field="old", code="accounts.password_wrong", step="accounts.change_password", now=now)
    return _change(actor, new=new, alone=alone, now=now)


@command("accounts.change_password", needs=Permission.OWN_ACCOUNT)
def _change(actor: Actor, *, new: str, alone: bool, now: datetime) -> User:
    user = User.objects.get(id=actor.user_id)
    passwords.check(new, user.login, alone=alone)
    user.password = make_password(rules.composed(new))
    user.save(update_fields=["password"])
    others = Session.objects.filter(user=user, ended_at=None).exclude(id=actor.session_id or 0)
    others.update(ended_at=now)
    return user
