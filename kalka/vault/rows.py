"""The shape of every row of a file: a random id drawn by the client, a subject, an author, and a digest of what was
sent, so that sending twice is sending once."""

from datetime import datetime
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection, models

from kalka.core import commands, sight
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


def repeated(model: type[R], actor: Actor, *, id: UUID, content: Any, insert_tells: bool = False) -> R | None:
    """The row this very author made of these very words under this id, or None when the id is free.

    Another's id, or other words, answer like an id nobody may use: AccessDenied. `insert_tells`: the same command
    inserts the row by force under this id, so the first try need not ask; the second does, where the insert failed.
    """
    if insert_tells and commands.first_try():
        commands.found_free(lambda: _written_before(model, id) is not None)
        return None
    if (there := _written_before(model, id)) is None:
        commands.found_free(lambda: _written_before(model, id) is not None)
        return None
    if there != (actor.user_id, fingerprint(str(id), content)):
        raise AccessDenied("core.id_taken")
    with sight.beyond():  # one's own words, whatever became of the file since
        return model._default_manager.get(pk=id)


def _written_before(model: type[R], id: UUID) -> tuple[int, bytes] | None:
    """Whose words stand under the id. Asked at every write and nearly always nobody's: in a statement built once."""
    with sight.beyond(), connection.cursor() as cursor:
        cursor.execute(_statement(model), [model._meta.pk.get_db_prep_value(id, connection)])
        row = cursor.fetchone()
    return (int(row[0]), bytes(row[1])) if row else None


@cache
def _statement(model: type[R]) -> str:
    return f'SELECT author_id, digest FROM "{model._meta.db_table}" WHERE id = %s'
