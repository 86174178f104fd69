"""In which cases people are said to have done it, and who suffered in them: a question across files."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from kalka.access import selectors as access
from kalka.cases.models import Participant
from kalka.cases.rules import Part
from kalka.core.actors import Actor

VICTIMS = (Part.PROTECTED, Part.CHILD)


@dataclass(frozen=True, slots=True)
class Accused:
    person_id: UUID
    subject_id: UUID
    ref: str
    relation: str
    suffered: tuple[UUID, ...]


def accused(actor: Actor, person_ids: Collection[UUID]) -> tuple[Accused, ...]:
    """Less the files the actor is shut out of. Whoever asks runs it beyond sight, records it, and gives out no `ref`
    of a file that is not shown. Two statements, whatever it finds."""
    rows = Participant.objects.filter(person__in=list(person_ids), part=Part.ALLEGED).order_by("recorded_at", "id")
    mine = list(access.unwalled(actor, rows).select_related("case"))  # its reference stands in the same statement
    suffered: dict[UUID, list[UUID]] = {}
    victims = Participant.objects.filter(subject_id__in={row.subject_id for row in mine}, part__in=VICTIMS)
    for subject_id, person in victims.order_by("recorded_at", "id").values_list("subject_id", "person_id"):
        suffered.setdefault(subject_id, []).append(person)
    return tuple(
        Accused(row.person_id, row.subject_id, row.case.ref, row.relation, tuple(suffered.get(row.subject_id, ())))
        for row in mine
    )
