"""The list of cases: one statement, nothing decrypted. A line carries codes and days, never a name."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum
from functools import cache
from pathlib import Path
from uuid import UUID

from django.db import connection

from kalka.core.actors import Actor
from kalka.core.planning import planned_once
from kalka.core.sight import beyond

SIZE = 50
MOST_COUNTED = 1_000
NEWEST = 2**63 - 1
Row = tuple[int, str, str, str, date | str, UUID | str, str, int]
_FILE = Path(__file__).parents[1] / "sql" / "list.sql"
_STAGE = "(SELECT s.stage FROM cases_stagechange s WHERE s.case_id = c.id ORDER BY s.number DESC LIMIT 1)"


class State(IntEnum):
    OPEN = 0
    CLOSED = 1
    ALL = 2


# Where every stage is wanted none is looked up: the first page counts up to a thousand cases.
_WANTED = {State.OPEN: f"COALESCE({_STAGE}, '') <> 'closed'", State.CLOSED: f"{_STAGE} = 'closed'", State.ALL: "TRUE"}


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
    """`following` is where the next page begins, 0 on the last one.

    `total` stops counting at 1,000; None on a later page: who turned it has read the number.
    """

    lines: tuple[CaseLine, ...]
    following: int
    total: int | None

    @property
    def capped(self) -> bool:
        return self.total is not None and self.total > MOST_COUNTED


def list_cases(actor: Actor, *, now: datetime, state: State = State.OPEN, after: int = 0, size: int = SIZE) -> CaseList:
    """The cases whose file the actor may see, those granted last first. One statement, with the count."""
    rows = _rows(actor, now, state, after, size + 1, count=not after)
    return CaseList(*_page(rows, size), total=None if after else _counted(rows))


def read_lines(actor: Actor, now: datetime, state: State, after: int, size: int) -> tuple[tuple[CaseLine, ...], int]:
    """Up to `size` lines, and where the next ones begin; 0 where there are none."""
    return _page(_rows(actor, now, state, after, size + 1), size)


def count_cases(actor: Actor, *, now: datetime, state: State = State.OPEN) -> int:
    """How many, up to one more than is counted."""
    return _counted(_rows(actor, now, state, 0, 1, count=True))


def _page(rows: list[Row], size: int) -> tuple[tuple[CaseLine, ...], int]:
    following = rows[size - 1][0] if len(rows) > size else 0
    return tuple(_line(*row[1:-1]) for row in rows[:size]), following


def _counted(rows: list[Row]) -> int:
    return rows[0][-1] if rows else 0


def _rows(actor: Actor, now: datetime, state: State, after: int, limit: int, *, count: bool = False) -> list[Row]:
    if not actor.holders:
        return []
    given = {
        "now": connection.ops.adapt_datetimefield_value(now),
        "user": actor.user_id,
        "after": after or NEWEST,
        **{f"holder_{n}": holder for n, holder in enumerate(actor.holders)},
    }
    most = max(limit, MOST_COUNTED + 1) if count else limit
    # The statement asks grants and walls of each line itself; the policies would ask it again of all it walks past.
    with beyond(), planned_once(), connection.cursor() as cursor:
        cursor.execute(_statement(len(actor.holders), state, limit, most), given)
        rows: list[Row] = cursor.fetchall()
        return rows


def _line(ref: str, kind: str, place: str, opened_on: date | str, subject_id: UUID | str, stage: str) -> CaseLine:
    """SQLite answers a raw statement in text."""
    day = date.fromisoformat(opened_on) if isinstance(opened_on, str) else opened_on
    subject = subject_id if isinstance(subject_id, UUID) else UUID(subject_id)
    return CaseLine(ref, kind, place, day, stage, subject)


@cache
def _statement(holders: int, state: State, limit: int, most: int) -> str:
    text = _FILE.read_text(encoding="utf-8")
    for name, value in {
        "fence": "OFFSET 0" if connection.vendor == "postgresql" else "LIMIT -1 OFFSET 0",
        "limit": limit,
        "most": most,
        "narrowed": " AND NOT g.of_closed" if state is State.OPEN else "",
        "wanted": _WANTED[state],
    }.items():
        text = text.replace(f"{{{name}}}", str(value))
    head, _mark, rest = text.partition("/*each holder*/")
    branch, _mark, tail = rest.partition("/*end*/")
    every = ", ".join(f"%(holder_{n})s" for n in range(holders))
    branch = branch.replace("%(holders)s", every)
    branches = [branch.replace("%(holder)s", f"%(holder_{n})s") for n in range(holders)]
    return head + "UNION ALL".join(branches) + tail
