"""When a door opens, when it locks, how long a session lasts. Pure."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from kalka.core.clock import SKEW
from kalka.core.errors import DomainError

IDLE = timedelta(minutes=15)
IDLE_ON_CALLS = timedelta(minutes=60)  # a hotline talk must not be cut
ABSOLUTE = timedelta(hours=10)
SECOND_STEP = timedelta(minutes=5)
FREE_FAILURES = 5
LOCK = timedelta(minutes=15)
STEP = 30  # seconds a code is of
KEPT_FOR = timedelta(minutes=30)
TOKEN_DAYS = 365
DRAFT_FOR = timedelta(hours=72)
PASSWORD_MIN, PASSWORD_MAX = 10, 256  # beside a second factor; no composition rules, no expiry (NIST 800-63B)


class Stage(StrEnum):
    """How far a sign-in has come."""

    CODE = "code"  # password right, second factor awaited
    ENROL = "enrol"  # password right, second factor to be set up
    FULL = "full"
    API = "api"  # a token given to a program; never a page, never idle, one post


@dataclass(frozen=True, slots=True)
class Failures:
    count: int
    last: datetime


def locked_until(failures: Failures | None, now: datetime) -> datetime | None:
    """Locks one name from one address. A village behind one address is not locked by one neighbour's mistakes.

    A clock that was set back locks nobody out for days: a failure that lies ahead of it does not count.
    """
    if failures is None or failures.count < FREE_FAILURES or failures.last > now + SKEW:
        return None
    until = failures.last + LOCK
    return until if until > now else None


def is_open(*, seen: datetime, ends: datetime, now: datetime, idle: timedelta) -> bool:
    """Whether a session runs. One that was last seen ahead of the clock does not: how long it ran cannot be told."""
    return is_behind(seen, now) and now - seen <= idle and now < ends


def is_behind(seen: datetime, now: datetime) -> bool:
    return seen <= now + SKEW


def is_fresh(step: int, *, used: int, present: int) -> bool:
    """Whether a code of this 30-second step was not used yet. A last use that lies ahead of the clock, as no right code
    does, was before the clock was set back."""
    ahead = used > present + 2 * (SKEW.seconds // STEP)
    return step > used or (ahead and step < used)


def idle_limit(role: str) -> timedelta:
    return IDLE_ON_CALLS if role in {"hotline_operator", "shift_supervisor"} else IDLE


def check_login(login: str) -> None:
    """Letters of any script, figures, dot, hyphen, underscore: it is read aloud, printed and put into tables."""
    if not re.fullmatch(r"\w[\w.-]{1,63}", login):
        raise DomainError("accounts.login_unfit", field="login")


def check_password(password: str, *, login: str, common: frozenset[str]) -> None:
    """Refuse what guessing finds first. Raises DomainError naming the reason, at the field."""
    if len(password) < PASSWORD_MIN:
        raise DomainError("accounts.password_short", field="password", least=PASSWORD_MIN)
    if len(password) > PASSWORD_MAX:
        raise DomainError("accounts.password_long", field="password", most=PASSWORD_MAX)
    folded = password.casefold()
    if folded in common or folded == login.casefold() or login.casefold() in folded or len(set(folded)) < 5:
        raise DomainError("accounts.password_common", field="password")
