"""When a door opens, when it locks, how long a session lasts. Pure."""

import re
import secrets
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from kalka.core.clock import SKEW
from kalka.core.errors import DomainError

ABSOLUTE = timedelta(hours=12)  # no role's own limit is longer
SECOND_STEP = timedelta(minutes=5)
CONFIRMED_FOR = timedelta(minutes=5)  # after that, what is sensitive asks once more who is there
STEP = 30  # seconds a code is of
KEPT_FOR = timedelta(minutes=30)
ATTEMPT_FOR = timedelta(minutes=3)  # a passkey; an outside provider may ask more
OUTSIDE_FOR = timedelta(minutes=10)
CODES = 10  # recovery codes of an account
WAITS_FOR = timedelta(hours=24)  # a recovery for its second person
WORDS_FOR = timedelta(minutes=30)  # and from then on for the person itself
MOST_TRIES = 10
TOKEN_DAYS = 365
DRAFT_FOR = timedelta(hours=72)
# Beside a second factor, and without one; no composition rules, no expiry (NIST 800-63B).
PASSWORD_MIN, PASSWORD_MIN_ALONE, PASSWORD_MAX = 10, 15, 256


@dataclass(frozen=True, slots=True)
class Lasting:
    """How long somebody in a role stays signed in without a word, at all, and at how many places at once."""

    idle: timedelta
    absolute: timedelta
    at_once: int


@dataclass(frozen=True, slots=True)
class Limit:
    """So many failures, and then nothing for so long. A paced one counts every try of a stretch of time, right or
    wrong, and begins anew with the next; the others count from the last failure."""

    tries: int
    lock: timedelta
    paced: bool = False


_QUARTER = timedelta(minutes=15)
# What is counted, and of whom. Each stands by itself: none that is full shuts another, and none is of more people than
# it names. Only `place` is of everybody behind an address, and whoever signed in from there lately passes it; only
# `receipts` is of everybody at all, and for a minute at most.
LIMITS: Mapping[str, Limit] = {
    "password": Limit(5, _QUARTER),  # of a name from an address
    "place": Limit(30, _QUARTER, paced=True),  # of an address, over all names
    "second": Limit(5, _QUARTER),  # of an account: only who has its password comes so far
    "recovery_code": Limit(5, _QUARTER),  # of an account, likewise
    "own": Limit(5, _QUARTER),  # of an account: who is signed in and says so once more
    "words": Limit(5, _QUARTER),  # of a name from an address: the two words of a recovery
    "begin": Limit(60, timedelta(minutes=5), paced=True),  # of an address: passkeys and outside sign-ins begun
    "receipt": Limit(30, _QUARTER, paced=True),  # of an address: what became of something told, by its receipt
    "receipts": Limit(120, timedelta(minutes=1), paced=True),  # of everybody: the hashes take the machine's time
}
KNOWN_FOR = timedelta(days=30)


class Stage(StrEnum):
    """How far a sign-in has come."""

    CODE = "code"  # password right, second factor awaited
    ENROL = "enrol"  # password right, second factor to be set up
    FULL = "full"
    API = "api"  # a token given to a program; never a page, never idle, one post


class Purpose(StrEnum):
    """What an attempt was begun for: it finishes nothing else."""

    ALONE = "alone"  # a passkey as both factors
    SECOND = "second"  # a passkey beside the password
    ENROL = "enrol"  # the first passkey, on the way in
    ADD = "add"  # one more
    CONFIRM = "confirm"  # who is signed in says so once more
    OUTSIDE = "outside"  # an outside provider


class Lost(StrEnum):
    """What a person cannot get in without."""

    PASSWORD = "password"
    SECOND = "second"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Failures:
    count: int
    last: datetime


def locked_until(limit: Limit, failures: Failures | None, now: datetime) -> datetime | None:
    """A clock that was set back locks nobody out for days: a failure that lies ahead of it does not count."""
    if failures is None or failures.count < limit.tries or failures.last > now + SKEW:
        return None
    until = stretch_ends(limit, now) if limit.paced else failures.last + limit.lock
    return until if until > now else None


def stretch(limit: Limit, now: datetime) -> int:
    """Which stretch of time a paced limit counts in now."""
    return int(now.timestamp() // limit.lock.total_seconds()) if limit.paced else 0


def stretch_ends(limit: Limit, now: datetime) -> datetime:
    return datetime.fromtimestamp((stretch(limit, now) + 1) * limit.lock.total_seconds(), UTC)


def is_confirmed(confirmed: datetime | None, now: datetime) -> bool:
    """Whether somebody said lately who they are; a moment that lies ahead of the clock does not count."""
    return confirmed is not None and confirmed <= now + SKEW and now - confirmed <= CONFIRMED_FOR


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


def check_login(login: str) -> None:
    """Letters of any script, figures, dot, hyphen, underscore: it is read aloud, printed and put into tables."""
    if not re.fullmatch(r"\w[\w.-]{1,63}", login):
        raise DomainError("accounts.login_unfit", field="login")


def composed(password: str) -> str:
    """The same letters typed on another keyboard are the same password."""
    return unicodedata.normalize("NFC", password)


def check_password(password: str, *, login: str, guessed: Callable[[str], bool], alone: bool = False) -> None:
    """Refuse what guessing finds first. Raises DomainError naming the reason, at the field."""
    least = PASSWORD_MIN_ALONE if alone else PASSWORD_MIN
    if len(password) > PASSWORD_MAX:
        raise DomainError("accounts.password_long", field="password", most=PASSWORD_MAX)
    if len(password) < least:
        raise DomainError("accounts.password_short", field="password", least=least)
    folded = composed(password).casefold()
    if login.casefold() in folded or len(set(folded)) < 5 or guessed(folded):
        raise DomainError("accounts.password_common", field="password")


# Figures and letters that cannot be taken for each other, read aloud or written by hand.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_ALIKE = str.maketrans("OIL", "011")


def new_token() -> str:
    return secrets.token_urlsafe(32)


def new_code(length: int) -> str:
    """Five bits a sign; shown in groups of five."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def shown_code(code: str) -> str:
    return "-".join(code[at : at + 5] for at in range(0, len(code), 5))


def plain_code(written: str) -> str:
    """As it was drawn, however it was written down. Anything longer than a code is none."""
    signs = "".join(c for c in written[:100].upper().translate(_ALIKE) if c in ALPHABET)
    return signs[:40]


def is_code(written: str) -> bool:
    """Whether it looks like a code of an app rather than a password."""
    return bool(re.fullmatch(r"[0-9]{3}\s?[0-9]{3}", written.strip()))


def is_second(person: tuple[int, int | None], first: tuple[int, int | None]) -> bool:
    """Whether somebody is another person than the first, of another post. No post is the console: it is one person."""
    return person[0] != first[0] and person[1] != first[1]


def words_hold(confirmed: datetime | None, tries: int, now: datetime) -> bool:
    """Whether the two words of a recovery may still be used."""
    if confirmed is None or tries >= MOST_TRIES:
        return False
    return is_behind(confirmed, now) and now - confirmed <= WORDS_FOR
