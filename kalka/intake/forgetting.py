"""With the erasure of a report: by its receipt nothing is found any more."""

from collections.abc import Collection
from uuid import UUID

from kalka.core import commands
from kalka.core.errors import AccessDenied
from kalka.intake.models import Receipt


def forget(files: Collection[UUID]) -> None:
    """Inside a command. The digest and the hash have no key of the file: they go by themselves."""
    if not commands.inside():
        raise AccessDenied("vault.outside_a_command")
    Receipt.objects.filter(subject_id__in=files).update(lookup=None, hashed="")
