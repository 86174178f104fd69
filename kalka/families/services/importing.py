"""One row of a list that was kept elsewhere."""

from datetime import datetime
from uuid import UUID

from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.permissions import Permission
from kalka.core.refs import derived
from kalka.families.models import FamilyAtRisk
from kalka.families.rules import NewContact, NewEnd, NewFamily
from kalka.families.services.keeping import record_contact, record_outcome
from kalka.families.services.noting import note_family


@command("families.import", needs=Permission.FAMILY_NOTE)
def import_family(
    actor: Actor,
    *,
    id: UUID,
    told: NewFamily,
    spoke: NewContact | None = None,
    end: NewEnd | None = None,
    now: datetime,
) -> FamilyAtRisk:
    """A family with when somebody last spoke with it and how it ended: all of the row, or nothing of it."""
    family = note_family(actor, id=id, told=told, now=now)
    named = {"case_ref": family.case_ref, "now": now}
    if spoke is not None:
        record_contact(actor, id=derived(id, "spoke"), told=spoke, **named)  # type: ignore[arg-type]  # by name
    if end is not None:
        record_outcome(actor, id=derived(id, "end"), told=end, **named)  # type: ignore[arg-type]  # by name
    return family
