"""Whom somebody who is said to have done it must not be brought together with, through whoever sits beside him.

A question over files that whoever asks does not see, answered by keys to compare. They are shown to nobody.
"""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from kalka.cases.models import Participant
from kalka.cases.rules import Part
from kalka.core.sight import beyond
from kalka.people import circles

VICTIMS = (Part.PROTECTED, Part.CHILD)


@beyond()
def circles_of(person_ids: Sequence[UUID]) -> list[frozenset[bytes]]:
    """For each: himself, who suffered from him in whichever file, and whoever lived with him. Where two have a key in
    common, they have one victim or one household. As many statements for twenty as for one."""
    same = circles.same(person_ids)
    every = set().union(*same.values())
    files, housed = circles.files(every), circles.housed_with(every)
    suffered: dict[UUID, set[UUID]] = defaultdict(set)
    rows = Participant.objects.filter(subject_id__in=set(files.values()), part__in=VICTIMS)
    for subject_id, person in rows.values_list("subject_id", "person_id"):
        suffered[subject_id].add(person)
    # Somebody may have been a victim in another file himself: there he did nothing to whoever suffered beside him.
    did = set(Participant.objects.filter(person__in=every, part=Part.ALLEGED).values_list("person_id", flat=True))
    groups = [
        frozenset({*same[one]}.union(*(housed[him] | suffered[files[him]] for him in same[one] if him in did)))
        for one in person_ids
    ]
    return circles.keys(groups)
