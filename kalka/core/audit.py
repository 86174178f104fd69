"""The record of what was done, refused and read. Written in the transaction it records; never what a person said."""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from uuid import UUID

from django.db import connection, models, transaction

from kalka.core import clock
from kalka.core.actors import Actor
from kalka.core.chain import extend
from kalka.core.inserting import insert
from kalka.core.models import AuditEntry
from kalka.core.record import mac


def done(actor: Actor, steps: Sequence[str], result: object) -> None:
    rows = list(result) if isinstance(result, list | tuple) else [result]
    first = rows[0] if rows and isinstance(rows[0], models.Model) else None
    _write(
        AuditEntry(
            kind="done",
            command=steps[0],
            steps=" ".join(steps[1:])[:400],
            subject_id=getattr(first, "subject_id", None),
            object=first._meta.label if first else "",
            object_id=str(first.pk) if first else "",
            count=len(rows),
        ),
        actor,
    )


def refused(actor: Actor, steps: Sequence[str], code: str) -> None:
    _write(AuditEntry(kind="refused", command=steps[0], steps=" ".join(steps[1:])[:400], refusal=code), actor)


def read(actor: Actor, what: str, subject_ids: Iterable[UUID]) -> None:
    """Before personal data is decrypted: who is about to see what. One entry a page, with the hash of the ids."""
    ids = sorted({str(i) for i in subject_ids})
    _write(
        AuditEntry(
            kind="read",
            command=what,
            subject_id=UUID(ids[0]) if len(ids) == 1 else None,
            ids=sha256("\n".join(ids).encode()).digest(),
            count=len(ids),
        ),
        actor,
    )


def _write(entry: AuditEntry, actor: Actor) -> None:
    entry.at, entry.actor_id, entry.post_id = clock.now(), actor.user_id, actor.post_id
    entry.mac = mac(entry)
    with transaction.atomic(savepoint=False):
        insert(entry)
        if connection.vendor == "sqlite":  # writers are serial there anyway; PostgreSQL has the sealer
            extend([entry])
