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
        "kind": "code",
        "actor_id": "key",
        "post_id": "key",
        "command": "code",
        "steps": "code",
        "subject_id": "key",
        "object": "code",
        "object_id": "key",
        "ids": "internal",
        "count": "internal",
        "refusal": "code",
        "mac": "internal",
    }

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    xid = TransactionIdField(db_default=CurrentTransaction(), editable=False)
    kind = models.CharField(max_length=8)  # done, refused, read
    actor_id = models.BigIntegerField()
    post_id = models.BigIntegerField(null=True)
    command = models.CharField(max_length=64)
    steps = models.CharField(max_length=400, blank=True)
    subject_id = models.UUIDField(null=True)
    object = models.CharField(max_length=48, blank=True)
    object_id = models.CharField(max_length=40, blank=True)
    ids = models.BinaryField(max_length=32, default=b"")  # SHA-256 of the ids a page showed
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
    """One link of the chain: the entry at this position, bound to all before it."""

    privacy = {"position": "internal", "entry": "key", "chain": "internal"}

    position = models.BigIntegerField(primary_key=True)
    entry = models.BigIntegerField(unique=True)  # not a foreign key: a missing entry must be reported, not prevented
    chain = models.BinaryField(max_length=32)


class AuditHead(models.Model):
    """How long the chain is, under a MAC: a cut tail shows."""

    privacy = {
        "id": "key",
        "position": "internal",
        "chain": "internal",
        "watermark": "internal",
        "sealed_at": "time",
        "mac": "internal",
    }

    id = models.SmallIntegerField(primary_key=True, default=1)
    position = models.BigIntegerField(default=0)
    chain = models.BinaryField(max_length=32)
    watermark = models.BigIntegerField(default=0)  # the next transaction id to seal from
    sealed_at = models.DateTimeField(null=True)
    mac = models.BinaryField(max_length=32)


class Reference(models.Model):
    """One row: a token the database draws anew whenever territory, organisations or posts change (`core.memory`)."""

    privacy = {"id": "key", "token": "internal"}

    id = models.SmallIntegerField(primary_key=True, default=1)
    token = models.UUIDField()
