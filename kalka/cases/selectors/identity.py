"""Who the people of a case are: opened only when somebody asks, and recorded apart."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from kalka.access import selectors as access
from kalka.cases.models import Participant
from kalka.cases.selectors.cases import get_case
from kalka.core.actors import Actor
from kalka.files import selectors as files
from kalka.people import selectors as people
from kalka.vault.classes import Klass


@dataclass(frozen=True, slots=True)
class Identity:
    part: str
    relation: str
    person: people.PersonView = field(repr=False)


def identity(actor: Actor, ref: str, *, now: datetime) -> tuple[Identity, ...]:
    """Names, birth, contact and its safe rules of everybody in the case. Leaves the read entry `cases.identity`."""
    case = get_case(actor, ref, now=now)
    keys = access.unlock(
        actor, [case.subject_id], what="cases.identity", now=now, klasses=[Klass.IDENTITY, Klass.CONTACT]
    )
    shown = {view.id: view for view in people.persons(actor, case.subject_id, keys)}
    rows = Participant.objects.filter(case=case).order_by("recorded_at", "id")
    return tuple(Identity(row.part, row.relation, shown[row.person_id]) for row in rows if row.person_id in shown)


def attachment(actor: Actor, ref: str, attachment_id: UUID, *, now: datetime) -> files.Opened:
    """The content of one file of the case. Leaves the read entry `cases.attachment`."""
    case = get_case(actor, ref, now=now)
    keys = access.unlock(actor, [case.subject_id], what="cases.attachment", now=now, klasses=[Klass.EVIDENCE])
    return files.opened(actor, keys, case.subject_id, attachment_id)
