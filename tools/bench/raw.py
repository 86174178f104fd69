"""Raw SQL on the same rows: what the database alone costs."""

import csv
import io
import sqlite3
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import psycopg

from tools.bench.plain import TOLD

LIST = """SELECT g.id, c.ref, c.kind, c.place, c.opened_on, c.subject_id FROM access_grant g
JOIN cases_case c ON c.subject_id = g.subject_id WHERE g.holder = %(holder)s ORDER BY g.id DESC LIMIT 50"""
COUNT = """SELECT COUNT(*) FROM (SELECT 1 FROM access_grant g JOIN cases_case c ON c.subject_id = g.subject_id
WHERE g.holder = %(holder)s LIMIT 1001) AS counted"""
CASE = """SELECT c.id, c.ref, c.place, c.opened_on, e.kind, e."on" FROM cases_case c
JOIN history_event e ON e.subject_id = c.subject_id WHERE c.ref = %(ref)s"""
TODAY = """SELECT id, subject_id, kind, due_at, basis, level FROM duties_duty
WHERE assignee_id = %(post)s AND ended_at IS NULL ORDER BY due_at LIMIT 200"""
ORDER = """SELECT o.id, o.place, o.issued_at FROM orders_ordernumber n
JOIN orders_protectionorder o ON o.id = n.order_id WHERE n.number_key = %(number_key)s"""
HIM = """SELECT o.id, o.place, o.issued_at FROM people_identifier i
JOIN orders_protectionorder o ON o.respondent_id = i.person_id WHERE i.mac = %({key})s"""
FIGURE = "SELECT place, n FROM bench_figure ORDER BY place LIMIT 60"
SAVE = (
    """INSERT INTO bench_plain VALUES (%(id)s, %(new_ref)s, %(place)s, %(day)s, 'no', 'visit', %(told)s, '', 'open')"""
)
STATEMENTS = {
    "save": (SAVE,),
    "list": (LIST, COUNT),
    "more": (LIST,),
    "open": (LIST, COUNT),
    "case": (CASE,),
    "today": (TODAY,),
    "order": (ORDER,),
    "named": (HIM.format(key="name_key"),),
    "pin": (HIM.format(key="pin_key"),),
    "running": (TODAY,),
    "risk": (SAVE, SAVE, SAVE),
    "figure": (FIGURE,),
}


class Raw:
    def __init__(self, url: str, sqlite_file: str, world: dict[str, Any]) -> None:
        self._url, self._file, self._world = url, sqlite_file, world

    def maker(self, what: str) -> Callable[[], Callable[[], int]]:
        return lambda: self._doing(STATEMENTS[what])

    def csv(self, rows: int) -> int:
        """So many lines of the plain table, written as CSV into nothing. Returns the bytes."""
        line, size = self._line(), 0
        found = line.execute(f"SELECT * FROM bench_plain LIMIT {rows}")
        while batch := found.fetchmany(2000):
            out = io.StringIO()
            csv.writer(out).writerows(batch)
            size += len(out.getvalue())
        return size

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
            **{name: bytes.fromhex(self._world[name]) for name in ("number_key", "name_key", "pin_key")},
        }

    def _line(self) -> Any:
        if self._url:
            return psycopg.connect(self._url, autocommit=True)
        line = sqlite3.connect(self._file, timeout=20, isolation_level=None, check_same_thread=False)
        line.executescript("PRAGMA synchronous=FULL;")
        return line

    def _doing(self, statements: tuple[str, ...]) -> Callable[[], int]:
        line = self._line()
        if not self._url:
            statements = tuple(one.replace("%(", ":").replace(")s", "") for one in statements)

        def do() -> int:
            size = 0
            for one in statements:
                found = line.execute(one, self._given())
                size += len(found.fetchall()) if found.description else 0
            return size

        return do
