from typing import Any

from django.db import models
from django.db.models import Func


class CurrentTransaction(Func):
    """The id PostgreSQL gives the running transaction; the sealer's watermark needs it. SQLite writes in a line: 0."""

    function = "pg_current_xact_id"

    def as_sqlite(self, *_: Any, **__: Any) -> tuple[str, tuple[str | int, ...]]:
        return "0", ()


class TransactionIdField(models.Field[int, int]):
    def db_type(self, connection: object) -> str:
        return "xid8" if getattr(connection, "vendor", "") == "postgresql" else "integer"


class AuditEntry(models.Model):
    """Append-only: what was done, refused or read, to what, by whom. Codes and ids, never what a person said."""

    privacy = {
        "id": "key",
        "at": "time",
        "xid": "internal",
        "key": "internal",
        "kind": "code",
        "actor_id": "key",
        "post_id": "key",
        "command": "code",
        "steps": "code",
        "subject_id": "key",
        "object": "code",
        "object_id": "key",
        "ids": "key",
        "count": "internal",
        "refusal": "code",
        "mac": "internal",
    }

    id = models.BigAutoField(primary_key=True)  # drawn by us before it is written, so that the MAC covers it
    at = models.DateTimeField()
    xid = TransactionIdField(db_default=CurrentTransaction(), editable=False)
    key = models.IntegerField(default=0)  # the number of the MAC's key; -1 before there were numbers
    kind = models.CharField(max_length=8)  # done, refused, read
    actor_id = models.BigIntegerField()
    post_id = models.BigIntegerField(null=True)
    command = models.CharField(max_length=64)
    steps = models.CharField(max_length=400, blank=True)
    subject_id = models.UUIDField(null=True)
    object = models.CharField(max_length=48, blank=True)
    object_id = models.CharField(max_length=40, blank=True)
    ids = models.BinaryField(default=b"")  # of several subjects: 16 bytes each, in order (`record.packed`)
    count = models.IntegerField(default=0)
    refusal = models.CharField(max_length=64, blank=True)
    mac = models.BinaryField(max_length=32)

    class Meta:
        indexes = [
            models.Index(fields=["subject_id", "id"], name="audit_by_subject"),
            models.Index(fields=["actor_id", "id"], name="audit_by_actor"),
            models.Index(fields=["xid", "id"], name="audit_by_transaction"),
        ]


class AuditSeal(models.Model):
    """One leaf of the tree: the entry at this position, bound to it under a key."""

    privacy = {"position": "internal", "entry": "key", "leaf": "internal", "tag": "internal"}

    position = models.BigIntegerField(primary_key=True)
    entry = models.BigIntegerField(unique=True)  # not a foreign key: a missing entry must be reported, not prevented
    leaf = models.BinaryField(max_length=32)
    tag = models.BinaryField(max_length=16)


class AuditHead(models.Model):
    """All that is needed to append, under a MAC: a cut tail shows. And which key the next entry is written with."""

    privacy = {
        "id": "key",
        "position": "internal",
        "frontier": "internal",
        "watermark": "internal",
        "sealed_at": "time",
        "key": "internal",
        "mark": "internal",
        "mac": "internal",
    }

    ours = True  # false once it was read and its MAC was not right (`head.locked`)

    id = models.SmallIntegerField(primary_key=True, default=1)
    position = models.BigIntegerField(default=0)
    frontier = models.BinaryField(default=b"")
    watermark = models.BigIntegerField(default=0)  # the next transaction id to seal from
    sealed_at = models.DateTimeField(null=True)
    key = models.IntegerField(default=-1)
    mark = models.BinaryField(max_length=16, default=b"")  # tells whether it is the key somebody has in memory
    mac = models.BinaryField(max_length=32)


class AuditKey(models.Model):
    """A key of the record: since when, drawn anew or ratcheted from the one before, and sealed to whom."""

    privacy = {
        "number": "key",
        "since": "time",
        "drawn": "internal",
        "sealed": "secret",
        "recipients": "internal",
    }

    number = models.IntegerField(primary_key=True)
    since = models.DateTimeField()
    drawn = models.BooleanField()
    sealed = models.BinaryField(default=b"")  # in the age format; empty: whoever has an earlier one works it out
    recipients = models.BinaryField(max_length=32, default=b"")  # hash of those it, or an earlier one, is sealed to


class AuditSecret(models.Model):
    """A key that entries are still written or sealed with, wrapped. In no backup, and deleted once it has served."""

    privacy = {"number": "key", "wrapped": "secret", "xid": "internal"}

    number = models.IntegerField(primary_key=True)
    wrapped = models.BinaryField()
    xid = TransactionIdField(db_default=CurrentTransaction(), editable=False)


class AuditCheckpoint(models.Model):
    """What the record was at one size, signed: the note as it was given away."""

    privacy = {"size": "internal", "at": "time", "root": "internal", "note": "internal"}

    size = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    root = models.BinaryField(max_length=32)
    note = models.TextField()


class Reference(models.Model):
    """One row: a token the database draws anew whenever territory, organisations or posts change (`core.memory`)."""

    privacy = {"id": "key", "token": "internal"}

    id = models.SmallIntegerField(primary_key=True, default=1)
    token = models.UUIDField()
