"""Two of one household or with one victim never sit in one group. Whoever leads learns that they cannot, never why."""

from collections.abc import Sequence
from itertools import combinations
from uuid import UUID

from kalka.cases import circles
from kalka.core.sight import beyond
from kalka.programmes.models import Enrolment, Sending


def beside(enrolment: Enrolment, others: Sequence[Enrolment]) -> bool:
    """Whether one of these must not sit beside him."""
    if not others:
        return False
    found = _circles([enrolment.pk, *(one.pk for one in others)])
    return any(found[enrolment.pk] & found[one.pk] for one in others)


def pairs(members: Sequence[UUID]) -> list[tuple[UUID, UUID]]:
    """Those of a group who must not sit together, as it is known now."""
    found = _circles(members)
    return [(one, other) for one, other in combinations(members, 2) if found[one] & found[other]]


@beyond()
def _circles(enrolments: Sequence[UUID]) -> dict[UUID, frozenset[bytes]]:
    persons = dict(Sending.objects.filter(enrolment__in=enrolments).values_list("enrolment_id", "person_id"))
    order = [one for one in enrolments if one in persons]
    return dict(zip(order, circles.circles_of([persons[one] for one in order]), strict=True))
