"""Whether somebody did it again, in whatever file he is found: for figures, which learn a day and nothing else."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from kalka.cases.models import Incident, Participant, Presence
from kalka.cases.rules import Part
from kalka.core.sight import beyond
from kalka.history import facts as history
from kalka.history.rules import EventKind
from kalka.people import circles


@beyond()
def days_of(person_ids: Sequence[UUID]) -> dict[UUID, frozenset[date]]:
    """The days of violence and of broken orders, of each and of whoever is the same. An incident at which somebody else
    alone is said to have been present is not his. As many statements for many as for one."""
    same = circles.same(person_ids)
    every = set().union(*same.values())
    alleged = Participant.objects.filter(person__in=every, part=Part.ALLEGED)
    his: dict[UUID, dict[UUID, UUID]] = defaultdict(dict)  # person → file → participant
    for person, subject_id, participant in alleged.values_list("person_id", "subject_id", "pk"):
        his[person][subject_id] = participant
    files = {subject_id for found in his.values() for subject_id in found}
    present: dict[UUID, set[UUID]] = defaultdict(set)
    there = Presence.objects.filter(subject_id__in=files, participant__part=Part.ALLEGED)
    for incident, participant in there.values_list("incident_id", "participant_id"):
        present[incident].add(participant)
    incidents = list(Incident.objects.filter(subject_id__in=files, amends=None).values_list("pk", "subject_id", "on"))
    broken = history.days_of(every, EventKind.ORDER_BREACHED)
    found: dict[UUID, set[date]] = {one: set() for one in person_ids}
    for one in person_ids:
        for him in same[one]:
            found[one] |= broken[him] | {
                on
                for pk, subject_id, on in incidents
                if subject_id in his[him] and (not present[pk] or his[him][subject_id] in present[pk])
            }
    return {one: frozenset(days) for one, days in found.items()}
