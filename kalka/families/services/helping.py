"""Help given by the committee: money and things, with the paper for it. The row is the case's, and says who gave it."""

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.permissions import Permission
from kalka.core.refs import derived
from kalka.families import selectors
from kalka.families.means import with_means
from kalka.support import services as support
from kalka.support.rules import NewAid

if TYPE_CHECKING:
    from kalka.support.models import AidGiven


@command("families.help", needs=Permission.FAMILY_NOTE)
def give_help(
    actor: Actor,
    *,
    id: UUID,
    case_ref: str,
    told: NewAid,
    receipt: tuple[str, bytes] | None = None,
    now: datetime,
) -> "AidGiven":
    """As `support.give_aid`, for a family of the own pair; `receipt`: the name and the content of the paper."""
    family = selectors.working(actor, case_ref, now=now)
    able = with_means(actor, Permission.SUPPORT_WORK)
    ours = replace(told, organisation=family.organisation_id)
    row = support.give_aid(able, id=id, case_ref=family.case_ref, told=ours, now=now)
    if receipt is not None:
        name, content = receipt
        support.attach_receipt(
            able,
            id=derived(id, "receipt"),
            case_ref=family.case_ref,
            aid_id=row.pk,
            name=name,
            content=content,
            now=now,
        )
    return row
