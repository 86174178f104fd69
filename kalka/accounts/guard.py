"""What stands before a sign-in: the lock, the password, the code. Neither name nor address is ever stored."""

import gzip
import hmac
from datetime import datetime
from functools import cache
from pathlib import Path

import pyotp
from django.contrib.auth import password_validation
from django.contrib.auth.hashers import check_password, make_password
from django.db.models import F

from kalka.accounts import rules
from kalka.accounts.models import SignInFailure, User
from kalka.core import root
from kalka.core.errors import DomainError

DIGITS = 6
DRIFT = 1  # steps of 30 seconds an authenticator's clock may be off


def check(password: str, login: str) -> None:
    rules.check_password(password, login=login, common=_common())


def right_password(user: User | None, password: str) -> bool:
    """Takes as long for a name nobody has; a password longer than any is refused before it is hashed."""
    if len(password) > rules.PASSWORD_MAX:
        return False
    if user is None:
        check_password(password, _nobodys())
        return False
    return check_password(password, user.password)


def refuse_if_locked(login: str, address: str, *, now: datetime) -> None:
    row = SignInFailure.objects.filter(key=_key(login, address)).first()
    until = rules.locked_until(rules.Failures(row.count, row.last) if row else None, now)
    if until:
        raise DomainError("accounts.locked", minutes=max(1, round((until - now).total_seconds() / 60)))


def failed(login: str, address: str, *, now: datetime) -> None:
    key = _key(login, address)
    row, _ = SignInFailure.objects.get_or_create(key=key, defaults={"last": now})
    if row.last + rules.LOCK < now:
        SignInFailure.objects.filter(key=key).update(count=1, last=now)
    else:
        SignInFailure.objects.filter(key=key).update(count=F("count") + 1, last=now)


def succeeded(login: str, address: str) -> None:
    SignInFailure.objects.filter(key=_key(login, address)).delete()


def matching_step(secret: str, code: str, *, now: datetime) -> int | None:
    """Which 30-second step the code belongs to, or None."""
    digits = "".join(c for c in code if c.isdecimal() and c.isascii())
    if len(digits) != DIGITS or not secret:
        return None
    totp, current = pyotp.TOTP(secret), int(now.timestamp()) // rules.STEP
    for step in range(current - DRIFT, current + DRIFT + 1):
        if hmac.compare_digest(totp.at(step * rules.STEP), digits):
            return step
    return None


def _key(login: str, address: str) -> bytes:
    return hmac.digest(root.derive("lock"), f"{login.casefold()[:64]}|{address}".encode(), "sha256")


@cache
def _nobodys() -> str:
    return make_password("nobody has this password")


@cache
def _common() -> frozenset[str]:
    path = Path(password_validation.__file__).with_name("common-passwords.txt.gz")
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return frozenset(line.strip() for line in file)
