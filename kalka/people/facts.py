"""What statistics may know of people: sex and age as a band."""

from collections.abc import Collection
from uuid import UUID

from kalka.people.models import Person, PersonChange, Said


def codes(person_ids: Collection[UUID]) -> dict[UUID, tuple[str, str]]:
    """Sex and age band of each, as last told. The ids tie them to what is counted and go no further."""
    latest: dict[UUID, Said] = {person.pk: person for person in Person.objects.filter(pk__in=person_ids)}
    for change in PersonChange.objects.filter(person__in=person_ids).order_by("number"):
        latest[change.person_id] = change
    return {pk: (row.sex, row.age_band) for pk, row in latest.items()}
