"""Who opened a file: for the person whose file it is, and for her lawyer."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from kalka.access.selectors import sees
from kalka.core import audit, reading
from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied
from kalka.core.reading import Opening


def openings(actor: Actor, subject_id: UUID, *, also: Collection[UUID] = (), now: datetime) -> list[Opening]:
    """All entries of the record about a file the actor sees and about what it came from (`also`), this asking too.

    Acts, posts and times: never what was said, and no names.
    """
    if not sees(actor, subject_id, now=now):
        raise AccessDenied("access.not_visible")
    audit.read(actor, "access.openings", [subject_id])
    return reading.openings({subject_id, *also})
