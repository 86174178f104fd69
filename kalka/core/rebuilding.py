"""What the migration from chain to tree does with a record that is there, by statements of its own: models move on."""

import hmac
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from kalka.core import record, root
from kalka.core.errors import DomainError
from kalka.core.tree import Frontier

AT_ONCE = 2_000
_CHAINED = (
    "SELECT s.position, s.chain, e.mac, e.id, e.at, e.kind, e.actor_id, e.post_id, e.command, e.steps, e.subject_id,"
    " e.object, e.object_id, e.ids, e.count, e.refusal"
    " FROM core_auditseal s LEFT JOIN core_auditentry e ON e.id = s.entry"
    " WHERE s.position > %s ORDER BY s.position LIMIT %s"
)
# PostgreSQL finds the pages that showed a subject by an index over their packed ids; SQLite reads through the entries
# that have any.
_SUBJECTS = """CREATE FUNCTION core_subjects(ids bytea) RETURNS bytea[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
SELECT coalesce(array_agg(substring(ids FROM place FOR 16)), '{}')
FROM generate_series(1, length(ids), 16) AS place $$"""
_INDEX = {
    "postgresql": (
        _SUBJECTS,
        "CREATE INDEX audit_by_shown ON core_auditentry USING gin (core_subjects(ids)) WHERE key >= 0 AND ids <> ''",
    ),
    "sqlite": ("CREATE INDEX audit_by_shown ON core_auditentry (id) WHERE key >= 0 AND ids <> x''",),
}
_NO_INDEX = {
    "postgresql": ("DROP INDEX audit_by_shown", "DROP FUNCTION core_subjects(bytea)"),
    "sqlite": ("DROP INDEX audit_by_shown",),
}


def of_the_chain(_apps: Any, schema: BaseDatabaseSchemaEditor) -> None:
    """Refuses a chain that is not whole: a tree over it would say that it is."""
    with schema.connection.cursor() as cursor:
        cursor.execute("SELECT position, chain, watermark, mac FROM core_audithead WHERE id = 1")
        row = cursor.fetchone()
        if row is None:
            return
        position, chain, watermark, mac = row[0], bytes(row[1]), row[2], bytes(row[3])
        if not hmac.compare_digest(mac, _digest("audit|head", f"{position}|{chain.hex()}|{watermark}")):
            raise DomainError("core.record_not_whole")
        frontier = Frontier()
        found = _leaves(cursor, frontier)
        if (frontier.size, found) != (position, chain):
            raise DomainError("core.record_not_whole")
        said = f"{position}|{frontier.packed.hex()}|{watermark}|-1|"
        cursor.execute(
            "UPDATE core_audithead SET frontier = %s, mac = %s WHERE id = 1",
            [frontier.packed, _digest("audit|head", said)],
        )


def not_back(_apps: Any, schema: BaseDatabaseSchemaEditor) -> None:
    """An empty record goes back; one with entries would lose what its checkpoints say."""
    with schema.connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM core_auditentry LIMIT 1")
        if cursor.fetchone():
            raise DomainError("core.record_not_back")


def index(_apps: Any, schema: BaseDatabaseSchemaEditor) -> None:
    _run(schema, _INDEX)


def without_index(_apps: Any, schema: BaseDatabaseSchemaEditor) -> None:
    _run(schema, _NO_INDEX)


def _run(schema: BaseDatabaseSchemaEditor, statements: dict[str, tuple[str, ...]]) -> None:
    with schema.connection.cursor() as cursor:
        for one in statements[schema.connection.vendor]:
            cursor.execute(one)


def _leaves(cursor: Any, frontier: Frontier) -> bytes:
    chain, key = b"\0" * 32, record.tag_key()
    for rows in _batches(cursor):
        made = []
        for row in rows:
            position, mac, written = row[0], bytes(row[2] or b""), _written(row)
            if position != frontier.size + 1 or written is None:
                raise DomainError("core.record_not_whole")
            leaf = record.leaf(written, mac)
            chain = sha256(b"\1" + chain + leaf).digest()
            if chain != bytes(row[1]) or not hmac.compare_digest(mac, record.mac_before(written)):
                raise DomainError("core.record_not_whole")
            frontier.append(leaf)
            made.append((leaf, record.tag(key, position, leaf), position))
        cursor.executemany("UPDATE core_auditseal SET leaf = %s, tag = %s WHERE position = %s", made)
    return chain


def _batches(cursor: Any) -> Iterator[list[tuple[Any, ...]]]:
    last = 0
    while True:
        cursor.execute(_CHAINED, [last, AT_ONCE])
        if not (rows := list(cursor.fetchall())):
            return
        last = rows[-1][0]
        yield rows


def _written(row: tuple[Any, ...]) -> record.Written | None:
    id, at, kind, actor, post, command, steps, subject = row[3:11]
    if id is None:
        return None
    if isinstance(at, str):
        at = datetime.fromisoformat(at)
    moment = (at if at.tzinfo else at.replace(tzinfo=UTC)).isoformat()
    shown = UUID(str(subject)).hex if subject else ""
    object_, object_id, ids, count, refusal = row[11:]
    rest = (object_, object_id, bytes(ids), count, refusal)
    return (id, record.BEFORE, moment, kind, actor, post, command, steps, shown, *rest)


def _digest(purpose: str, said: str) -> bytes:
    return hmac.digest(root.derive(purpose), said.encode(), "sha256")
