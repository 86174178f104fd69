"""The predicate of visibility as one expression. Its text is written once: Django building two subqueries anew for each
statement was a third of what a page of many statements cost."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, F, Func
from django.db.models.expressions import Col
from django.db.models.lookups import Exact, In
from django.db.models.sql import Query
from django.db.models.sql.compiler import SQLCompiler
from django.db.models.sql.where import AND, WhereNode

from kalka.access.models import Grant, Wall
from kalka.access.rules import BREAK_GLASS, Scope
from kalka.core.actors import Actor

GRANTED = (
    f"SELECT g.subject_id FROM {Grant._meta.db_table} g WHERE (g.until IS NULL OR g.until > %s) AND g.since <= %s"
    " AND g.holder IN ({holders}) AND g.scope IN ({scopes}){by_glass}{among}"
)
WALLED = f"SELECT w.subject_id FROM {Wall._meta.db_table} w WHERE w.user_id = %s"
OF_MANY = f"({{column}} IN ({GRANTED}) AND {{column}} NOT IN ({WALLED}))"
OF_ONE = f"(EXISTS ({GRANTED} AND g.subject_id = {{column}}) AND NOT EXISTS ({WALLED} AND w.subject_id = {{column}}))"
NOT_BY_GLASS = f" AND g.why <> '{BREAK_GLASS}'"
SINCE, SUBJECT = Grant._meta.get_field("since"), Grant._meta.get_field("subject_id")


class Seen(Func):
    """Whether the row's subject was granted to the actor, by a grant that runs, and no wall stands before it.

    `by_glass`: break-glass counts. `among`: for batches, which need not look through every grant of the actor.
    """

    output_field = BooleanField()

    def __init__(
        self, actor: Actor, now: datetime, scope: Scope, *, by_glass: bool, among: Collection[UUID] | None = None
    ) -> None:
        super().__init__(F("subject_id"))
        self.actor, self.now, self.scope, self.by_glass, self.among = actor, now, scope, by_glass, among

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *_args: Any, **_context: Any
    ) -> tuple[str, Any]:
        holders, scopes = self.actor.holders, self.scope.enough
        if not holders or (self.among is not None and not self.among):
            raise EmptyResultSet
        column, _none = compiler.compile(self.get_source_expressions()[0])
        subjects = [] if self.among is None else [SUBJECT.get_db_prep_value(one, connection) for one in self.among]
        text = OF_ONE if connection.vendor == "sqlite" and _names_rows(compiler.query.where) else OF_MANY
        seen = text.format(
            column=column,
            holders=_places(len(holders)),
            scopes=_places(len(scopes)),
            by_glass="" if self.by_glass else NOT_BY_GLASS,
            among=f" AND g.subject_id IN ({_places(len(subjects))})" if subjects else "",
        )
        moment = SINCE.get_db_prep_value(self.now, connection)
        params = [moment, moment, *holders, *map(str, scopes), *subjects, self.actor.user_id]
        return seen, params


def _names_rows(where: WhereNode) -> bool:
    """Whether it says which rows are meant, or whose: then SQLite is to look at the grants of those alone. It would
    write down every grant of the actor for the first row it meets, and none where there is no row: that cost most of
    a page, and its time told what exists from what does not."""
    if where.connector != AND or where.negated:
        return False
    return any(_names_rows(one) if isinstance(one, WhereNode) else _is_key(one) for one in where.children)


def _is_key(condition: object) -> bool:
    if not isinstance(condition, Exact | In) or not isinstance(condition.lhs, Col):
        return False
    field = condition.lhs.target
    return (field.unique or field.name == "subject_id") and not isinstance(condition.rhs, Query)


def _places(count: int) -> str:
    return ", ".join(["%s"] * count)
