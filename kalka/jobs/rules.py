"""What a job may be given, when it is tried again, and what is kept of its failure. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from traceback import walk_tb
from typing import TypeAlias
from uuid import UUID

from kalka.core.errors import DomainError

Arg: TypeAlias = int | str

LEASE = timedelta(minutes=5)  # a running job that gave no sign for so long has lost its worker
LONGEST_WAIT = timedelta(minutes=30)  # before the next try
KEPT = timedelta(days=90)  # ended jobs are forgotten after this
FAULT_LENGTH = 120

_NAME = re.compile(r"[a-z][a-z0-9_]{0,30}")
_CODE = re.compile(r"[a-z0-9][a-z0-9_.:-]{0,39}")
_REF = re.compile(r"[0-9A-HJKMNP-TV-Z]{10}")


class State(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


WAITING = (State.QUEUED, State.RUNNING)
ENDED = (State.DONE, State.FAILED, State.CANCELLED)


@dataclass(frozen=True, slots=True)
class Failure:
    """What is kept of an exception."""

    error: str
    fault: str = ""
    final: bool = False  # trying again would give the same answer


def kept_args(args: Mapping[str, object]) -> dict[str, Arg]:
    """The arguments as they are stored: ids, days and codes. Refuses everything that could be somebody's words."""
    return {_name(name): _id(name, value) for name, value in args.items()}


def failure_of(error: BaseException) -> Failure:
    """A refusal of the domain keeps its code and is final. Anything else keeps its class and its line of the source."""
    if isinstance(error, DomainError):
        return Failure(error.code, final=True)
    return Failure("jobs.unexpected", fault_of(error))


def fault_of(error: BaseException) -> str:
    """Class and innermost place in our own source, «ValueError kalka/sheets/reading.py:41»; never the message."""
    place = ""
    for frame, line in walk_tb(error.__traceback__):
        path = frame.f_code.co_filename.replace("\\", "/")
        if (at := path.rfind("/kalka/")) >= 0:
            place = f" {path[at + 1 :]}:{line}"
    return f"{type(error).__name__}{place}"[:FAULT_LENGTH]


def wait_before(failures: int) -> timedelta:
    """10 s, 1 min, 6 min, then half an hour."""
    seconds: int = 10 * 6 ** min(max(failures - 1, 0), 5)
    return min(timedelta(seconds=seconds), LONGEST_WAIT)


def _name(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise DomainError("jobs.args_are_ids", name="?")
    return name


def _id(name: str, value: object) -> Arg:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, UUID | date):
        return str(value)
    if isinstance(value, str) and (_CODE.fullmatch(value) or _REF.fullmatch(value)):
        return str(value)
    raise DomainError("jobs.args_are_ids", name=name)
