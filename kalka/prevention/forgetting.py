"""With the erasure of what is sealed of an event: which file it is. Its figures are of nobody, and stay."""

from collections.abc import Collection
from uuid import UUID

from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission
from kalka.prevention.models import Event


def file_of(actor: Actor, id: UUID) -> UUID | None:
    """The file of an event. Needs ERASE."""
    _may(actor)
    return Event.objects.filter(pk=id).values_list("file", flat=True).first()


def ids(actor: Actor, files: Collection[UUID]) -> dict[UUID, UUID]:
    """The events, by their files. Needs ERASE."""
    _may(actor)
    return dict(Event.objects.filter(file__in=files).values_list("file", "pk"))


def _may(actor: Actor) -> None:
    if not actor.may(Permission.ERASE):
        raise AccessDenied("core.not_permitted")
