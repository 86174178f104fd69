"""What every row of nobody shares: its author and a digest of what was sent."""

from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from kalka.core import commands
from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied
from kalka.programmes.models import Kept
from kalka.vault.keys import fingerprint

K = TypeVar("K", bound=Kept)


def kept(actor: Actor, *, id: UUID, content: Any, now: datetime) -> dict[str, Any]:
    return {"id": id, "author_id": actor.user_id, "recorded_at": now, "digest": fingerprint(str(id), content)}


def again(model: type[K], actor: Actor, *, id: UUID, content: Any) -> K | None:
    """The row this very author made of these very words under this id; None when the id is free."""
    there = model._default_manager.filter(pk=id).first()
    if there is None:
        commands.found_free(lambda: model._default_manager.filter(pk=id).exists())
        return None
    if (there.author_id, bytes(there.digest)) != (actor.user_id, fingerprint(str(id), content)):
        raise AccessDenied("core.id_taken")
    return there
