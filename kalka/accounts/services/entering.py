"""Coming in with a password and a second step. A refusal never says what was wrong, and is counted and recorded."""

from datetime import datetime

from django.conf import settings

from kalka.accounts import guard, rules
from kalka.accounts.models import Passkey, RecoveryCode, User
from kalka.accounts.own import own_keys
from kalka.accounts.rules import Stage
from kalka.accounts.services.sessions import Opened, half_open, let_in, open_session
from kalka.core import audit
from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied, DomainError


def sign_in(*, login: str, password: str, address: str, second_factor_required: bool, now: datetime) -> Opened:
    """The first step. Raises DomainError "accounts.locked" or "accounts.refused", which never says what was wrong."""
    who = guard.whose(login, address)
    guard.refuse_if_locked("password", who, now=now)
    guard.refuse_if_full(address, who, now=now)
    user = User.objects.filter(login__iexact=login[:64], active=True).first()
    if not guard.right_password(user, password):
        guard.failed("password", who, now=now)
        guard.failed("place", address, now=now)
        audit.refused(Actor(user.id if user else 0, frozenset()), ["accounts.sign_in"], "accounts.refused")
        raise DomainError("accounts.refused")
    assert user is not None
    guard.succeeded("password", who, now=now)
    guard.came_in(who, now=now)
    audit.done(Actor(user.id, frozenset()), ["accounts.sign_in"], user)
    return open_session(user, stage=next_stage(user, required=second_factor_required), now=now)


def next_stage(user: User, *, required: bool) -> Stage:
    """What comes after the first step."""
    if _has_second_step(user):
        return Stage.CODE
    return Stage.ENROL if required else Stage.FULL


def no_second_step_yet(user: User) -> None:
    """Refuses to set up a first one where there is one: who knows the password alone is not let past it."""
    if _has_second_step(user):
        raise AccessDenied("accounts.no_such_step")


def _has_second_step(user: User) -> bool:
    return bool(user.totp_step) or Passkey.objects.filter(user=user).exists()


def enter_code(token: str, *, code: str, address: str, now: datetime) -> Opened:
    """The second step: a code of this minute that was not used before. The session's token is drawn anew."""
    session = half_open(token, Stage.CODE, now)
    use_code(session.user, code, limit="second", step="accounts.enter_code", now=now)
    return let_in(session, now, by="accounts.second_factor")


def use_code(user: User, code: str, *, limit: str, step: str, now: datetime) -> None:
    """Spend a code of the person's app. Raises DomainError "accounts.locked" or "accounts.code_wrong"."""
    guard.refuse_if_locked(limit, str(user.id), now=now)
    secret = own_keys(user.subject_id).get(user, "totp") if user.totp_step else ""
    found = guard.matching_step(secret or "", code, now=now)
    present = int(now.timestamp()) // rules.STEP
    if found is None or not rules.is_fresh(found, used=user.totp_step, present=present) or not _spent(user, found):
        wrong_code(user, limit, step, now)
        raise DomainError("accounts.code_wrong", field="code")
    guard.succeeded(limit, str(user.id), now=now)


def enter_recovery_code(token: str, *, code: str, now: datetime) -> Opened:
    """The second step by one of the ten codes, each of which works once."""
    session = half_open(token, Stage.CODE, now)
    user, limit = session.user, "recovery_code"
    guard.refuse_if_locked(limit, str(user.id), now=now)
    spent = RecoveryCode.objects.filter(user=user, mac=code_mac(user, code), used_at=None).update(used_at=now)
    if spent != 1:
        wrong_code(user, limit, "accounts.enter_recovery_code", now)
        raise DomainError("accounts.recovery_code_wrong", field="code")
    guard.succeeded(limit, str(user.id), now=now)
    return let_in(session, now, by="accounts.enter_recovery_code")


def ways(token: str, *, stage: Stage, now: datetime) -> tuple[bool, bool, bool]:
    """By what this person's second step can be done: a code of the app, a passkey, a recovery code."""
    user = half_open(token, stage, now).user
    codes = RecoveryCode.objects.filter(user=user, used_at=None).exists()
    return bool(user.totp_step), Passkey.objects.filter(user=user).exists(), codes


def code_mac(user: User, code: str) -> bytes:
    return guard.mac("recovery-code", str(user.subject_id), rules.plain_code(code))


def required() -> bool:
    return not settings.DEMO


def _spent(user: User, step: int) -> bool:
    """Two tries with the same code at the same moment: one of them has it."""
    return User.objects.filter(id=user.id, totp_step=user.totp_step).update(totp_step=step) == 1


def wrong_code(user: User, limit: str, step: str, now: datetime) -> None:
    """Counted and recorded."""
    guard.failed(limit, str(user.id), now=now)
    audit.refused(Actor(user.id, frozenset()), [step], "accounts.code_wrong")
