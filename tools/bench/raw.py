"""Raw SQL on the same rows: what the database alone costs."""

import sqlite3
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import psycopg

from tools.bench.plain import TOLD

LIST = """SELECT g.id, c.ref, c.kind, c.place, c.opened_on, c.subject_id FROM access_grant g
JOIN cases_case c ON c.subject_id = g.subject_id WHERE g.holder = %(holder)s ORDER BY g.id DESC LIMIT 50"""
CASE = """SELECT c.id, c.ref, c.place, c.opened_on, e.kind, e."on" FROM cases_case c
JOIN history_event e ON e.subject_id = c.subject_id WHERE c.ref = %(ref)s"""
TODAY = """SELECT id, subject_id, kind, due_at, basis, level FROM duties_duty
WHERE assignee_id = %(post)s AND ended_at IS NULL ORDER BY due_at LIMIT 200"""
SAVE = (
    """INSERT INTO bench_plain VALUES (%(id)s, %(new_ref)s, %(place)s, %(day)s, 'no', 'visit', %(told)s, '', 'open')"""
)


class Raw:
    def __init__(self, url: str, sqlite_file: str, world: dict[str, Any]) -> None:
        self._url, self._file, self._world = url, sqlite_file, world

    def maker(self, what: str) -> Callable[[], Callable[[], int]]:
        statement = {"save": SAVE, "list": LIST, "case": CASE, "today": TODAY}[what]
        return lambda: self._doing(statement)

    def _given(self) -> dict[str, Any]:
        return {
            "id": str(uuid4()) if self._url else uuid4().hex,
            "ref": self._world["ref"],
            "new_ref": uuid4().hex[:10],
            "told": TOLD,
            "day": date(2026, 1, 1) if self._url else "2026-01-01",
            "holder": f"post:{self._world['post']}",
            "post": self._world["post"],
            "place": self._world["place"],
        }

    def _doing(self, statement: str) -> Callable[[], int]:
        line: Any
        if self._url:
            line = psycopg.connect(self._url, autocommit=True)
            said = statement
        else:
            line = sqlite3.connect(self._file, timeout=20, isolation_level=None, check_same_thread=False)
            line.executescript("PRAGMA synchronous=FULL;")
            said = statement.replace("%(", ":").replace(")s", "")

        def do() -> int:
            found = line.execute(said, self._given())
            return len(found.fetchall()) if found.description else 0

        return do
