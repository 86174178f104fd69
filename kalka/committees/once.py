"""What is of no file and was sent twice is one: known by the id the page drew, and by whoever sent it."""

from typing import TypeVar
from uuid import UUID

from django.db import models

from kalka.core import commands
from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied

M = TypeVar("M", bound=models.Model)


def again(model: type[M], actor: Actor, id: UUID, **same: object) -> M | None:
    """The row this author made under the id, or None when it is free; another's answers like one nobody may use."""
    rows = model._default_manager.filter(pk=id)
    if (row := rows.first()) is None:
        commands.found_free(rows.exists)
        return None
    if not rows.filter(author_id=actor.user_id, **same).exists():
        raise AccessDenied("core.id_taken")
    return row
