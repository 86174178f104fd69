"""The shape of every row of a file: a random id drawn by the client, a subject, an author, and a digest of what was
sent, so that sending twice is sending once."""

from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import models

from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied
from kalka.core.refs import new_id
from kalka.vault.keys import fingerprint

R = TypeVar("R", bound="Row")

ROW_PRIVACY = {
    "id": "key",
    "subject_id": "key",
    "author_id": "key",
    "post_id": "key",
    "digest": "internal",
    "recorded_at": "time",
}


class Row(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    subject_id = models.UUIDField(db_index=True)
    author_id = models.BigIntegerField()
    post_id = models.BigIntegerField(null=True)
    digest = models.BinaryField(max_length=16)
    recorded_at = models.DateTimeField()

    class Meta:
        abstract = True


def written(actor: Actor, *, id: UUID, subject_id: UUID, content: Any, now: datetime) -> dict[str, Any]:
    """The columns every row shares, for `Model(**written(...), ...)`."""
    return {
        "id": id,
        "subject_id": subject_id,
        "author_id": actor.user_id,
        "post_id": actor.post_id,
        "digest": fingerprint(str(id), content),
        "recorded_at": now,
    }


def repeated(model: type[R], actor: Actor, *, id: UUID, content: Any) -> R | None:
    """The row this very author made of these very words under this id, or None when the id is free.

    Another's id, or other words, answer like an id nobody may use: AccessDenied.
    """
    row = model._default_manager.filter(pk=id).first()
    if row is None:
        return None
    if row.author_id != actor.user_id or bytes(row.digest) != fingerprint(str(id), content):
        raise AccessDenied("core.id_taken")
    return row
