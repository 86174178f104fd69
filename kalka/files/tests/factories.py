"""Contents of files, and a subject with an evidence key."""

import zipfile
from datetime import UTC, datetime
from io import BytesIO
from uuid import UUID

from kalka.access import services as access
from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.permissions import Permission
from kalka.core.refs import new_id
from kalka.files import services
from kalka.files.models import Attachment
from kalka.vault.classes import Klass
from kalka.vault.keys import Keys, new_keys

NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
WORKER = Actor(7, frozenset({Permission.CASE_WORK}), holders=("post:1",), post_id=1)
OTHER = Actor(8, frozenset({Permission.CASE_WORK}), holders=("post:2",), post_id=2)

JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 40
PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + b"\0" * 20
PDF = b"%PDF-1.7\n" + b"x" * 40
TEXT = "Күбөнүн сөзү\n".encode()


def office(part: str, *more: str) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as parts:
        for name in ("[Content_Types].xml", part, *more):
            parts.writestr(name, "<x/>")
    return packed.getvalue()


def new_subject() -> tuple[UUID, Keys]:
    subject_id = new_id()
    return subject_id, new_keys(subject_id, [Klass.EVIDENCE])


@command("files.keep_for_test", needs=Permission.CASE_WORK)
def keep(
    actor: Actor,
    *,
    keys: Keys,
    subject_id: UUID,
    id: UUID,
    content: bytes,
    name: str = "сүрөт.jpg",
    now: datetime = NOW,
) -> Attachment:
    """What a module that owns the subject does; those at work may see it."""
    for holder in actor.holders:
        access.grant(subject_id, holder, why="test", now=datetime(2026, 1, 1, tzinfo=UTC))
    return services.keep(actor, keys, id=id, subject_id=subject_id, name=name, content=content, now=now)
