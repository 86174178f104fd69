"""A connection that never asks without saying for whom.

What is said lasts until the transaction ends, so nothing of it is left on a connection of the pool. Django reads
outside transactions: there the first question of a request opens one, which the next write, or the end of the request,
closes. It is said together with BEGIN, in one round trip, and again only when somebody else asks.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import Error
from django.db.backends.postgresql import base
from psycopg import Connection, errors
from psycopg.pq import ConnStatus, ExecStatus, TransactionStatus
from psycopg.sql import SQL, Identifier

from kalka.core import planning, sight
from kalka.core.sight import Sight

_READS = re.compile(r"\s*(--[^\n]*\n\s*)*\(?\s*(SELECT|WITH|DECLARE|FETCH)\b", re.IGNORECASE)
_WRITES = re.compile(r"\b(INSERT INTO|UPDATE|DELETE FROM)\b", re.IGNORECASE)
_MARKS = ("SAVEPOINT ", "RELEASE ", "ROLLBACK ")  # of Django's, inside a transaction: they ask for no row
_UNKNOWN = object()
_WHOLE = object()  # that every row is shown, and no more


class DatabaseWrapper(base.DatabaseWrapper):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._said: object = None  # to the transaction that runs
        self._once: bool | None = False  # whether it was told to plan once
        self._reading = False  # in a transaction of ours that Django does not know of
        self.execute_wrappers.append(self._asking)

    def _configure_role(self, connection: Connection[Any]) -> bool:
        """Django composes this with a connection of the pool while the pool waits for this very one."""
        if not (role := self.settings_dict["OPTIONS"].get("assume_role")):
            return False
        connection.execute(SQL("SET ROLE {}").format(Identifier(role)))
        return True

    def end_reading(self) -> None:
        if self._reading:
            self._reading, self._said = False, None
            if self.connection is not None and not self.connection.closed:
                broken = self.connection.pgconn.transaction_status == TransactionStatus.INERROR
                self._tell("ROLLBACK" if broken else "COMMIT")

    def _is_reading_well(self) -> bool:
        alive = self._reading and self.connection is not None and not self.connection.closed
        return alive and self.connection.pgconn.transaction_status == TransactionStatus.INTRANS

    def _asking(self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
        if not str(sql).startswith(_MARKS):
            self._prepare()
        try:
            answer = execute(sql, params, many, context)
        except BaseException:
            self._after_a_fault()
            raise
        if self._reading and not _only_reads(str(sql)):
            self.end_reading()  # Django promised that it is kept as soon as it is done
        return answer

    def _prepare(self) -> None:
        wanted = sight.current()
        if self.connection is None or (wanted is None and self._said is None):
            return
        idle = self.connection.pgconn.transaction_status == TransactionStatus.IDLE
        if idle:
            self._said, self._once = None, False
            if wanted is None:
                return
        said, words = self._to_say(wanted)
        if not (words := words + planning.told(self._once)):
            return
        self._tell(f"{'BEGIN;' if idle else ''}{_role(wanted)}{words}")
        self._said, self._once = said, planning.wanted()
        self._reading = self._reading or (idle and self.autocommit)

    def _to_say(self, wanted: Sight | None) -> tuple[object, str]:
        before = self._said if isinstance(self._said, Sight) else None
        if wanted is not None and wanted.whole:  # of those who see every row one is as good as another
            if self._said is _WHOLE or (before is not None and before.whole):
                return self._said, ""
            return (replace(before, whole=True) if before else _WHOLE), sight.TOLD_WHOLE
        if before is not None and before == wanted:
            return before, ""
        return wanted, sight.told(wanted, before)

    def _after_a_fault(self) -> None:
        try:
            self.end_reading()
        except Error:
            pass  # the first fault is the one to tell

    def _tell(self, statements: str) -> None:
        assert self.connection is not None
        with self.wrap_database_errors:
            result = self.connection.pgconn.exec_(statements.encode())
            if result.status in (ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK):
                return
            if self.connection.pgconn.status == ConnStatus.BAD:  # a server that was killed sends no code to tell it by
                raise errors.OperationalError("the server is gone")
            raise errors.error_from_result(result)

    def _set_autocommit(self, autocommit: bool) -> None:
        if not autocommit and self._is_reading_well():
            self._reading = False  # what was begun for reading goes on as what Django wants, and ends with it
            return
        self.end_reading()
        super()._set_autocommit(autocommit)  # type: ignore[misc]  # Django's own, which the stubs leave out

    def _commit(self) -> None:
        self._said = None
        super()._commit()  # type: ignore[misc]  # Django's own, which the stubs leave out

    def _rollback(self) -> None:
        """Not by psycopg, as below: it would forget with it every statement it has prepared, for fear of tables changed
        and changed back. Whoever changes tables here does it in a process of its own."""
        self._said = None
        if self.connection is not None:
            self._tell("ROLLBACK")

    def _savepoint_rollback(self, sid: str) -> None:
        self._tell(self.ops.savepoint_rollback_sql(sid))
        self._said, self._once = _UNKNOWN, None  # what was said since the savepoint is taken back with it

    def _close(self) -> None:
        try:
            self.end_reading()
        finally:
            self._said, self._reading = None, False
            super()._close()  # type: ignore[misc]  # Django's own, which the stubs leave out


@lru_cache(maxsize=1_000)
def _only_reads(sql: str) -> bool:
    """Kept: the longest statements are asked the most, and reading one takes as long as sending it."""
    return bool(_READS.match(sql)) and not _WRITES.search(sql)


def _role(wanted: Sight | None) -> str:
    """In tests alone the connection is the owner's, and each sight has the application's role for its time."""
    role = getattr(settings, "ROLE_WITHIN_SIGHT", "")
    return f"SET LOCAL ROLE {role if wanted is not None else 'NONE'};" if role else ""
