"""When a backup is due, what is wrong with how things stand, which files may go. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from kalka.core.clock import BISHKEK

KEYS_DAYS = 35  # a destroyed key is gone for good after this
DATA_DAYS = 400  # unless the installation says otherwise
FRESH = timedelta(days=2)
PROVEN = timedelta(days=30)
NIGHT = 2  # o'clock in Bishkek
LOST_AT_MOST = timedelta(hours=26)  # what is put back was made last night, or something was lost that need not be
AGAIN = timedelta(hours=1)  # after a failure
STAMP = "%Y%m%dT%H%M%SZ"


class Alarm(StrEnum):
    UNSET = "unset"  # nobody said where to, or for whom
    NEVER = "never"
    OLD = "old"
    UNPROVEN = "unproven"  # never drilled
    DRILL_OLD = "drill_old"


@dataclass(frozen=True, slots=True)
class Standing:
    """What the alarms are judged by: successes alone."""

    configured: bool
    demo: bool
    made_at: datetime | None
    drilled_at: datetime | None


@dataclass(frozen=True, slots=True)
class Stored:
    """A pair in the folder of backups. `whole`: both of its streams stand there as they were written."""

    at: datetime
    whole: bool


@dataclass(frozen=True, slots=True)
class Attempt:
    """What became of one backup; `error` is the code of why there is none."""

    rows: int = 0
    data_bytes: int = 0
    keys_bytes: int = 0
    removed: int = 0  # old streams that went with it
    error: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one drill; `error` is the code of what did not come back."""

    of_moment: datetime | None
    rows: int = 0
    opened: int = 0
    error: str = ""


@dataclass(frozen=True, slots=True)
class Expired:
    """The moments whose stream may go."""

    keys: frozenset[datetime]
    data: frozenset[datetime]


def alarms(standing: Standing, now: datetime) -> tuple[Alarm, ...]:
    """A demo has nothing to lose. Without any backup nothing is said of drills."""
    made, drilled = standing.made_at, standing.drilled_at
    if standing.demo:
        return ()
    if made is None:
        return (Alarm.NEVER if standing.configured else Alarm.UNSET,)
    found = []
    if now - made > FRESH:
        found.append(Alarm.OLD if standing.configured else Alarm.UNSET)
    if drilled is None:
        found.append(Alarm.UNPROVEN)
    elif now - drilled > PROVEN:
        found.append(Alarm.DRILL_OLD)
    return tuple(found)


def is_late(at: datetime, now: datetime) -> bool:
    """Whether what is put back is older than a backup may be."""
    return now - at > LOST_AT_MOST


def is_due(made_at: datetime | None, tried_at: datetime | None, now: datetime) -> bool:
    """One a night; what failed is tried again every hour. A machine that slept makes it when it wakes."""
    if tried_at is not None and timedelta(0) <= now - tried_at < AGAIN:
        return False
    return made_at is None or made_at < night_before(now) or made_at > now


def night_before(now: datetime) -> datetime:
    """The last two o'clock in the morning."""
    tonight = now.astimezone(BISHKEK).replace(hour=NIGHT, minute=0, second=0, microsecond=0)
    return tonight if tonight <= now else tonight - timedelta(days=1)


def expired(stored: Collection[Stored], now: datetime, *, data_days: int = DATA_DAYS) -> Expired:
    """Keys are kept for 35 days at most, data for `data_days`; both of the newest whole pair always.

    Where nothing is whole no data go: they may be all there is.
    """
    newest = max((one.at for one in stored if one.whole), default=None)
    age = {one.at: now - one.at for one in stored if one.at != newest}
    keys, data = timedelta(days=min(KEYS_DAYS, data_days)), timedelta(days=data_days)
    return Expired(
        keys=frozenset(at for at, old in age.items() if old > keys),
        data=frozenset(at for at, old in age.items() if old > data and newest is not None),
    )
