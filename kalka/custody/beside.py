"""What is destroyed beside cases: what is sealed of an event of prevention, a story, the names of a course. Each is
named by the id of its page."""

from collections.abc import Collection
from uuid import UUID

from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied
from kalka.intake import forgetting as reports
from kalka.library import forgetting as stories
from kalka.prevention import forgetting as events
from kalka.training import forgetting as courses

FILE_OF = (events.file_of, stories.file_of, courses.file_of)
IDS = (events.ids, stories.ids, courses.ids)


def named(said: str) -> UUID | None:
    """The id somebody wrote; None for the reference of a case."""
    try:
        return UUID(said)
    except ValueError:
        return None


def file_of(actor: Actor, id: UUID) -> UUID:
    """Needs ERASE. AccessDenied for what is nothing of these."""
    found = next((file for file_of in FILE_OF if (file := file_of(actor, id)) is not None), None)
    if found is None:
        raise AccessDenied("custody.unknown")
    return found


def names(actor: Actor, files: Collection[UUID]) -> dict[UUID, str]:
    """By file, of those that are of these. Needs ERASE."""
    return {file: str(id) for ids in IDS for file, id in ids(actor, files).items()}


def forget(files: Collection[UUID]) -> None:
    """Inside a command: what is left of them in the clear."""
    stories.forget(files)
    courses.forget(files)
    reports.forget(files)
