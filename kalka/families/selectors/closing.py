"""What keeps a case open while the two of a committee work with the family."""

from datetime import datetime
from uuid import UUID

from kalka.access import selectors as access
from kalka.core.actors import Actor
from kalka.core.blockers import Blocker
from kalka.duties import selectors as duties
from kalka.families.means import ASK_HER, HELP
from kalka.families.models import FamilyAtRisk, FamilyEnd
from kalka.families.selectors.rows import promised

WAITING = (ASK_HER, HELP)


def open_work(actor: Actor, subject_id: UUID, *, now: datetime) -> tuple[Blocker, ...]:
    """Until the two say how their work ended: that they go on, with the day of their next contact, and how much of the
    help they asked for, or are to ask her about, is still open."""
    rows = FamilyAtRisk.objects.filter(subject_id=subject_id).exclude(pk__in=FamilyEnd.objects.values("family"))
    family = access.visible(actor, rows, now=now).first()
    if family is None:
        return ()
    next_on = promised(actor, family, now=now)
    kept = Blocker("families.kept_until", {"next_on": next_on}) if next_on else Blocker("families.kept")
    waiting = sum(one.kind in WAITING for one in duties.of_subject(actor, subject_id, now=now))
    return (kept, Blocker("families.work_waits", {"number": waiting})) if waiting else (kept,)
