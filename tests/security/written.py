"""What a request wrote, and where."""

import re
from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.db import connection

# What a request may leave behind though nothing was done: the record of it, the session's own clock, kept forms.
ASIDE = {
    "core.AuditEntry",
    "core.AuditSeal",
    "core.AuditHead",
    "core.AuditKey",
    "core.AuditSecret",
    "accounts.Session",
    "accounts.Draft",
    "accounts.KeptForm",
    "accounts.SignInFailure",
}
WRITES = re.compile(r'\b(?:INSERT INTO|DELETE FROM)\s+"?(\w+)')


class Written:
    """The tables a request wrote to, whether or not it stayed there: counting all rows takes longer."""

    def __init__(self) -> None:
        self.tables: set[str] = set()
        self.aside = {m._meta.db_table for m in apps.get_models() if m._meta.label in ASIDE}

    def __call__(self, execute: Callable[..., Any], sql: str, *about: Any) -> Any:
        self.tables |= set(WRITES.findall(str(sql))) - self.aside
        return execute(sql, *about)


def rows() -> dict[str, int]:
    """How many rows each table has, in one question."""
    tables = {m._meta.label: m._meta.db_table for m in apps.get_models() if m._meta.label not in ASIDE}
    with connection.cursor() as cursor:
        counted = (f"SELECT '{label}', COUNT(*) FROM {table}" for label, table in tables.items())
        cursor.execute(" UNION ALL ".join(counted))
        return dict(cursor.fetchall())
