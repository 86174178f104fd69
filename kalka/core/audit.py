"""The record of what was done, refused and read. Written in the transaction it records; never what a person said."""

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from django.db import connection, models, transaction

from kalka.core import clock, entries, ratchet, record
from kalka.core.actors import Actor
from kalka.core.chain import append_one
from kalka.core.head import locked
from kalka.core.models import AuditEntry

TRIES = 5


def done(actor: Actor, steps: Sequence[str], result: object, opened: Collection[UUID] = ()) -> None:
    """`opened`: the subjects whose keys the command used, whatever it returned."""
    rows = list(result) if isinstance(result, list | tuple) else [result]
    first = rows[0] if rows and isinstance(rows[0], models.Model) else None
    subjects = {one for row in rows if isinstance(one := getattr(row, "subject_id", None), UUID)} | {*opened}
    _write(
        AuditEntry(
            kind="done",
            command=steps[0],
            steps=" ".join(steps[1:])[:400],
            subject_id=getattr(first, "subject_id", None) or (next(iter(subjects)) if len(subjects) == 1 else None),
            object=first._meta.label if first else "",
            object_id=str(first.pk) if first else "",
            ids=record.packed(subjects),
            count=len(rows),
        ),
        actor,
    )


def refused(actor: Actor, steps: Sequence[str], code: str) -> None:
    _write(AuditEntry(kind="refused", command=steps[0], steps=" ".join(steps[1:])[:400], refusal=code), actor)


def read(actor: Actor, what: str, subject_ids: Iterable[UUID]) -> None:
    """Before personal data is decrypted: who is about to see what. One entry a page, with the ids of all it shows."""
    subjects = {*subject_ids}
    _write(
        AuditEntry(
            kind="read",
            command=what,
            subject_id=next(iter(subjects)) if len(subjects) == 1 else None,
            ids=record.packed(subjects),
            count=len(subjects),
        ),
        actor,
    )


def _write(entry: AuditEntry, actor: Actor) -> None:
    entry.at, entry.actor_id, entry.post_id = clock.now(), actor.user_id, actor.post_id
    entry.id = record.new_id(entry.at)
    with transaction.atomic(savepoint=False):
        if connection.vendor == "sqlite":  # writers are serial there anyway; PostgreSQL has the sealer
            head = locked()
            held = ratchet.current(bytes(head.mark))
            head.key, head.mark = held.number, held.mark  # it may just have been the first
            _bind(entry, held)
            entries.put(entry)
            append_one(head, entry)
        else:
            _insert_under_the_present_key(entry)


def _insert_under_the_present_key(entry: AuditEntry) -> None:
    """One statement: the row is only written if the head still carries the mark of the key it was made with."""
    held = ratchet.current()
    for _ in range(TRIES):
        _bind(entry, held)
        if entries.put(entry, mark=held.mark):
            return
        held = ratchet.look()
    raise RuntimeError("the key of the record turned faster than an entry could be written")


def _bind(entry: AuditEntry, held: ratchet.Current) -> None:
    entry.key = held.number
    entry.mac = record.mac(record.written(entry), held.key)
