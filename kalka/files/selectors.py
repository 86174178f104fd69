"""Reads. The keys are the proof that access found the subject visible: without its evidence key nothing is told."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied
from kalka.files import frames
from kalka.files.models import Attachment, Frame
from kalka.files.rules import Media
from kalka.vault.classes import Klass
from kalka.vault.crypto import Refused
from kalka.vault.keys import Keys


@dataclass(frozen=True, slots=True)
class AttachmentLine:
    id: UUID
    name: str
    media: Media
    size: int  # bytes
    author_id: int
    post_id: int | None
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Opened:
    media: Media
    content: bytes


def attachments(actor: Actor, keys: Keys, subject_id: UUID) -> tuple[AttachmentLine, ...]:
    """The files of a subject, newest first. Refuses whoever lacks the evidence key."""
    _allowed(keys, subject_id)
    rows = Attachment.objects.filter(subject_id=subject_id).order_by("-recorded_at", "id")
    return tuple(_line(row, keys.get(row, "told")) for row in rows)


def opened(actor: Actor, keys: Keys, subject_id: UUID, attachment_id: UUID) -> Opened:
    """The whole content, checked against its hash. Refuses an id that is not of this subject like an unused one.

    Raises vault's Refused when any frame was altered, cut or moved.
    """
    _allowed(keys, subject_id)
    row = Attachment.objects.filter(pk=attachment_id, subject_id=subject_id).first()
    if row is None:
        raise AccessDenied("files.unknown")
    told = keys.get(row, "told")
    stored = Frame.objects.filter(attachment=row).order_by("index").values_list("sealed", flat=True)
    sealed = [bytes(frame) for frame in stored]
    content = frames.unseal(keys.bytes_key(subject_id, Klass.EVIDENCE), row.pk, sealed, told["size"])
    if sha256(content).hexdigest() != told["sha256"]:
        raise Refused
    return Opened(Media(row.media), content)


def _allowed(keys: Keys, subject_id: UUID) -> None:
    if not keys.has(subject_id, Klass.EVIDENCE):
        raise AccessDenied("files.unknown")


def _line(row: Attachment, told: dict[str, object]) -> AttachmentLine:
    return AttachmentLine(
        id=row.pk,
        name=str(told["name"]),
        media=Media(row.media),
        size=int(str(told["size"])),
        author_id=row.author_id,
        post_id=row.post_id,
        recorded_at=row.recorded_at,
    )
