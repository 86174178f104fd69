"""An approved form is put into the place that was kept for it."""

from datetime import datetime
from uuid import UUID

from kalka.core.actors import Actor
from kalka.core.clock import day_of
from kalka.core.commands import command
from kalka.core.errors import DomainError
from kalka.core.permissions import Permission
from kalka.instruments import editions, schema
from kalka.risk.models import OfficialForm


@command("risk.put_in_form", needs=Permission.SYSTEM)
def put_in_form(actor: Actor, *, id: UUID, content: bytes, now: datetime) -> OfficialForm:
    """From now on it is the first form that is offered. What was assessed with another keeps that one.

    Refuses what is no official file or does not meet its own examples, `risk.no_such_slot` for a form no place is
    kept for, `risk.form_there_already` for an edition that is: an edition never changes; and
    `risk.form_not_in_force_yet` before the day its act names.
    """
    found = editions.official(schema.edition(content, "the file"))
    since = found.approval.valid_from if found.approval else None
    if since is None or since > day_of(now):
        raise DomainError("risk.form_not_in_force_yet", edition=found.id, version=found.version, since=since)
    if found.id not in editions.names():
        raise DomainError("risk.no_such_slot", edition=found.id)
    known = editions.versions(found.id)
    if found.version in known or OfficialForm.objects.filter(instrument=found.id, edition=found.version).exists():
        raise DomainError("risk.form_there_already", edition=found.id, version=found.version)
    return OfficialForm.objects.create(
        id=id,
        author_id=actor.user_id,
        recorded_at=now,
        instrument=found.id,
        edition=found.version,
        content=content.decode(),
    )
