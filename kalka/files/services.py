"""Primitives: they write only inside a command of the module that owns the subject."""

from datetime import datetime
from hashlib import sha256
from uuid import UUID

from kalka.core import commands
from kalka.core.actors import Actor
from kalka.files import frames, rules
from kalka.files.models import Attachment, Frame
from kalka.vault.classes import Klass
from kalka.vault.keys import Keys
from kalka.vault.rows import repeated, written


def keep(
    actor: Actor, keys: Keys, *, id: UUID, subject_id: UUID, name: str, content: bytes, now: datetime
) -> Attachment:
    """Seal a file as it came, with its hash. The same file by the same author under the same id is kept once.

    Refuses files.empty, files.too_large, files.kind_refused; another's id like one nobody may use. `keys` must open
    the evidence of the subject.
    """
    assert commands.inside(), "files are kept inside a command"
    media = rules.check(content)
    told = {"name": rules.shown_name(name), "size": len(content), "sha256": sha256(content).hexdigest()}
    said = [str(subject_id), told]
    if again := repeated(Attachment, actor, id=id, content=said):
        return again
    row = Attachment(
        **written(actor, id=id, subject_id=subject_id, content=said, now=now),
        media=media,
        frames=frames.count(len(content)),
    )
    keys.put(row, "told", told)
    row.save(force_insert=True)
    sealed = frames.seal(keys.bytes_key(subject_id, Klass.EVIDENCE), id, content)
    Frame.objects.bulk_create(
        (Frame(attachment=row, index=index, sealed=frame) for index, frame in enumerate(sealed)), batch_size=16
    )
    return row
