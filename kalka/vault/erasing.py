"""Destroying the data keys of subjects. In their place stands a stone: it travels with the keys in every later backup,
so that an older copy of the data brought back with newer keys is known to be without them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from kalka.core import commands
from kalka.core.errors import AccessDenied
from kalka.vault.models import SubjectKey

STONE = "erased"  # where the class of a key stands


@dataclass(frozen=True, slots=True)
class Stone:
    subject_id: UUID
    at: datetime
    ground: str


def hold(subject_ids: Collection[UUID]) -> None:
    """Whoever else would ask for the same waits until this command is over. SQLite lets one write at a time anyway."""
    _inside_a_command()
    list(SubjectKey.objects.select_for_update().filter(subject_id__in=subject_ids).order_by("id").values_list("id"))


def destroy(subject_ids: Collection[UUID], *, ground: str, now: datetime) -> int:
    """Primitive of an erasure. Returns how many keys there were; none for what was erased before."""
    _inside_a_command()
    keys = SubjectKey.objects.filter(subject_id__in=subject_ids).exclude(klass=STONE)
    gone = keys.delete()[0]
    stones = (SubjectKey(subject_id=one, klass=STONE, wrapped=_said(ground, now)) for one in subject_ids)
    SubjectKey.objects.bulk_create(stones, ignore_conflicts=True)
    return gone


def stones() -> list[Stone]:
    """Everything that was ever erased here, oldest first."""
    return [_read(row) for row in SubjectKey.objects.filter(klass=STONE).order_by("id")]


def stone_of(subject: OuterRef) -> Exists:
    """Whether the subject of a row was erased, for a condition."""
    return Exists(SubjectKey.objects.filter(subject_id=subject, klass=STONE))


def _said(ground: str, now: datetime) -> bytes:
    return f"{ground}|{now.isoformat(timespec='seconds')}".encode()


def _read(row: SubjectKey) -> Stone:
    ground, _, at = bytes(row.wrapped).decode().partition("|")
    return Stone(row.subject_id, datetime.fromisoformat(at), ground)


def _inside_a_command() -> None:
    if not commands.inside():
        raise AccessDenied("vault.outside_a_command")
