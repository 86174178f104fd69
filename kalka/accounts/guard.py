"""What stands before a sign-in: the limits, the password, the code. Neither name nor address is ever stored."""

import hmac
from datetime import datetime, timedelta
from functools import cache

import pyotp
from django.contrib.auth.hashers import check_password, make_password
from django.db.models import F

from kalka.accounts import rules
from kalka.accounts.models import SignInFailure, User
from kalka.accounts.rules import LIMITS
from kalka.core import root
from kalka.core.errors import DomainError

DIGITS = 6
DRIFT = 1  # steps of 30 seconds an authenticator's clock may be off
FORGET_AFTER = timedelta(days=1)


def right_password(user: User | None, password: str) -> bool:
    """Takes as long for a name nobody has; a password longer than any is refused before it is hashed."""
    if len(password) > rules.PASSWORD_MAX:
        return False
    given = rules.composed(password)
    if user is None:
        check_password(given, _nobodys())
        return False
    return check_password(given, user.password)


def whose(login: str, address: str) -> str:
    """A name from an address, as the limits know it."""
    return f"{login.casefold()[:64]}|{address}"


def refuse_if_locked(limit: str, who: str, *, now: datetime) -> None:
    row = SignInFailure.objects.filter(key=_key(limit, who, now)).first()
    until = rules.locked_until(LIMITS[limit], rules.Failures(row.count, row.last) if row else None, now)
    if until:
        raise DomainError("accounts.locked", minutes=max(1, round((until - now).total_seconds() / 60)))


def refuse_if_full(address: str, who: str, *, now: datetime) -> None:
    """The limit of a place: whoever came in from there lately is let through, under their own limit."""
    try:
        refuse_if_locked("place", address, now=now)
    except DomainError:
        known = SignInFailure.objects.filter(key=_key("known", who, now), last__gt=now - rules.KNOWN_FOR)
        if not known.exists():
            raise


def failed(limit: str, who: str, *, now: datetime) -> None:
    key = _key(limit, who, now)
    row, _ = SignInFailure.objects.get_or_create(key=key, defaults={"last": now})
    if row.last + LIMITS[limit].lock < now:
        SignInFailure.objects.filter(key=key).update(count=1, last=now)
    else:
        SignInFailure.objects.filter(key=key).update(count=F("count") + 1, last=now)


def begun(address: str, *, now: datetime, limit: str = "begin") -> None:
    """Counts what costs something before anybody is known. Refuses the one too many of an address."""
    refuse_if_locked(limit, address, now=now)
    failed(limit, address, now=now)


def succeeded(limit: str, who: str, *, now: datetime) -> None:
    SignInFailure.objects.filter(key=_key(limit, who, now)).delete()


def came_in(who: str, *, now: datetime) -> None:
    SignInFailure.objects.update_or_create(key=_key("known", who, now), defaults={"count": 0, "last": now})


def forget(*, now: datetime) -> int:
    """What no limit counts any more."""
    old = SignInFailure.objects.filter(last__lte=now - FORGET_AFTER)
    return old.exclude(count=0, last__gt=now - rules.KNOWN_FOR).delete()[0]


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


def mac(purpose: str, *parts: str) -> bytes:
    """A keyed hash of something that must be found again and never read."""
    return hmac.digest(root.derive(purpose), "|".join(parts).encode(), "sha256")


def _key(limit: str, who: str, now: datetime) -> bytes:
    paced = rules.stretch(LIMITS[limit], now) if limit in LIMITS else 0
    return mac("lock", limit, str(paced), who)


@cache
def _nobodys() -> str:
    return make_password("nobody has this password")
