"""With the erasure of the roll of a course: which file it is, and what tells one person in two courses."""

from collections.abc import Collection
from uuid import UUID

from kalka.core import commands
from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission
from kalka.training.models import Course, Participant


def file_of(actor: Actor, id: UUID) -> UUID | None:
    """The file of the names of a course. Needs ERASE."""
    _may(actor)
    return Course.objects.filter(pk=id).values_list("roll_id", flat=True).first()


def ids(actor: Actor, files: Collection[UUID]) -> dict[UUID, UUID]:
    """The courses, by the files of their names. Needs ERASE."""
    _may(actor)
    return dict(Course.objects.filter(roll_id__in=files).values_list("roll_id", "pk"))


def forget(files: Collection[UUID]) -> None:
    """Inside a command. Digests of names and telephones have no key of the file: they go by themselves."""
    if not commands.inside():
        raise AccessDenied("vault.outside_a_command")
    Participant.objects.filter(subject_id__in=files).update(mac=None, gone=True)


def _may(actor: Actor) -> None:
    if not actor.may(Permission.ERASE):
        raise AccessDenied("core.not_permitted")
