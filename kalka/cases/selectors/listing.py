"""The list of cases: one statement, nothing decrypted. A line carries codes and days, never a name."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection

from kalka.core.actors import Actor

SIZE = 50
MOST_COUNTED = 1_000
NEWEST = 2**63 - 1
Row = tuple[int, str, str, str, date | str, UUID | str, str]
_FILE = Path(__file__).parents[1] / "sql" / "list.sql"


class State(IntEnum):
    OPEN = 0
    CLOSED = 1
    ALL = 2


@dataclass(frozen=True, slots=True)
class CaseLine:
    ref: str
    kind: str
    place: str
    opened_on: date
    stage: str
    subject_id: UUID


@dataclass(frozen=True, slots=True)
class CaseList:
    """`following` is where the next page begins, 0 on the last one; `total` stops counting at 1,000."""

    lines: tuple[CaseLine, ...]
    following: int
    total: int

    @property
    def capped(self) -> bool:
        return self.total > MOST_COUNTED


def list_cases(actor: Actor, *, now: datetime, state: State = State.OPEN, after: int = 0, size: int = SIZE) -> CaseList:
    """The cases whose file the actor may see, those granted last first."""
    lines, following = read_lines(actor, now, state, after or NEWEST, size)
    total = count_cases(actor, now=now, state=state) if after or following else len(lines)
    return CaseList(lines, following, total)


def read_lines(actor: Actor, now: datetime, state: State, after: int, size: int) -> tuple[tuple[CaseLine, ...], int]:
    """Up to `size` lines, and where the next ones begin; 0 where there are none."""
    rows = _rows(actor, now, state, after, size + 1) if actor.holders else []
    following = rows[size - 1][0] if len(rows) > size else 0
    return tuple(_line(*row[1:]) for row in rows[:size]), following


def count_cases(actor: Actor, *, now: datetime, state: State = State.OPEN) -> int:
    """How many, up to one more than is counted."""
    if not actor.holders:
        return 0
    with connection.cursor() as cursor:
        given = _given(actor, now, state, NEWEST, MOST_COUNTED + 1)
        cursor.execute(f"SELECT COUNT(*) FROM ({_statement(len(actor.holders))}) AS counted", given)
        return int(cursor.fetchone()[0])


def _given(actor: Actor, now: datetime, state: State, after: int, limit: int) -> dict[str, Any]:
    given: dict[str, Any] = {
        "now": connection.ops.adapt_datetimefield_value(now),
        "user": actor.user_id,
        "closed": int(state),
        "after": after,
        "limit": limit,
    }
    return given | {f"holder_{n}": holder for n, holder in enumerate(actor.holders)}


def _rows(actor: Actor, now: datetime, state: State, after: int, limit: int) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(_statement(len(actor.holders)), _given(actor, now, state, after, limit))
        rows: list[Row] = cursor.fetchall()
        return rows


def _line(ref: str, kind: str, place: str, opened_on: date | str, subject_id: UUID | str, stage: str) -> CaseLine:
    """SQLite answers a raw statement in text."""
    day = date.fromisoformat(opened_on) if isinstance(opened_on, str) else opened_on
    subject = subject_id if isinstance(subject_id, UUID) else UUID(subject_id)
    return CaseLine(ref, kind, place, day, stage, subject)


@cache
def _statement(holders: int) -> str:
    head, _mark, rest = _FILE.read_text(encoding="utf-8").partition("/*each holder*/")
    branch, _mark, tail = rest.partition("/*end*/")
    every = ", ".join(f"%(holder_{n})s" for n in range(holders))
    branch = branch.replace("%(holders)s", every)
    branches = [branch.replace("%(holder)s", f"%(holder_{n})s") for n in range(holders)]
    return head + "UNION ALL".join(branches) + tail
