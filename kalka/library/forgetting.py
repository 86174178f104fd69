"""With the erasure of a story: which file it is, and the copy that everybody at work reads, which has no key."""

from collections.abc import Collection
from uuid import UUID

from kalka.access import selectors as access
from kalka.core import commands
from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission
from kalka.library.models import Story, StoryShown


def file_of(actor: Actor, id: UUID) -> UUID | None:
    """The file of a story; none behind a wall. Needs ERASE."""
    _may(actor)
    rows = access.unwalled(actor, Story.objects.filter(pk=id))
    return rows.values_list("subject_id", flat=True).first()


def ids(actor: Actor, files: Collection[UUID]) -> dict[UUID, UUID]:
    """The stories, by their files. Needs ERASE."""
    _may(actor)
    return dict(access.unwalled(actor, Story.objects.filter(subject_id__in=files)).values_list("subject_id", "pk"))


def forget(files: Collection[UUID]) -> None:
    """Inside a command. Nobody reads the copies any more, and no figure counts them."""
    if not commands.inside():
        raise AccessDenied("vault.outside_a_command")
    StoryShown.objects.filter(story__in=Story.objects.filter(subject_id__in=files)).delete()


def _may(actor: Actor) -> None:
    if not actor.may(Permission.ERASE):
        raise AccessDenied("core.not_permitted")
