"""Faults that pass by themselves or with a hand on the machine: nothing is wrong with what was sent, so it may be sent
again as it is."""

import errno
import sqlite3
from enum import StrEnum

from django.db import InterfaceError, OperationalError


class Outage(StrEnum):
    AWAY = "database.away"
    BUSY = "database.busy"
    FULL = "disk.full"


_NO_ROOM = {errno.ENOSPC, errno.EDQUOT}
_SQLITE = {
    sqlite3.SQLITE_BUSY: Outage.BUSY,
    sqlite3.SQLITE_LOCKED: Outage.BUSY,
    sqlite3.SQLITE_PROTOCOL: Outage.BUSY,
    sqlite3.SQLITE_FULL: Outage.FULL,
    sqlite3.SQLITE_IOERR: Outage.AWAY,
    sqlite3.SQLITE_CANTOPEN: Outage.AWAY,
    sqlite3.SQLITE_READONLY: Outage.AWAY,
}
_POSTGRES_FULL = "53100"
_POSTGRES_BUSY = ("40", "55P03", "57014")  # a deadlock, a conflict, a lock or a statement that took too long


def outage_of(error: BaseException | None) -> Outage | None:
    """None for a fault of the program, which the same words would meet again."""
    if isinstance(error, OSError):
        return Outage.FULL if error.errno in _NO_ROOM else None
    if not isinstance(error, OperationalError | InterfaceError):
        return None
    cause = error.__cause__
    if isinstance(cause, sqlite3.Error):  # the lowest byte is the kind, what is above it tells more
        return _SQLITE.get(getattr(cause, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF)
    state = str(getattr(cause, "sqlstate", None) or "")
    if state == _POSTGRES_FULL:
        return Outage.FULL
    return Outage.BUSY if state.startswith(_POSTGRES_BUSY) else Outage.AWAY
