"""What statistics may know of people: sex, age as a band, and a name for one release that leads back to nobody."""

import hmac
from collections.abc import Collection
from uuid import UUID

from django.db.models import OuterRef, Subquery

from kalka.core.sight import beyond
from kalka.people import relations
from kalka.people.models import Joining, Person, PersonChange
from kalka.people.rules import BANDS, SEXES, same

__all__ = ["BANDS", "SEXES", "codes", "pseudonym", "relation_group", "roots"]
LENGTH = 24


def codes(person_ids: Collection[UUID]) -> dict[UUID, tuple[str, str]]:
    """Sex and age band of each, as last told, in two statements. The ids tie them to what is counted.

    Also of whom a post's own figures count as one with somebody of a file that the post does not see.
    """
    with beyond():
        told = Person.objects.filter(pk__in=person_ids).values_list("pk", "sex", "age_band")
        latest = {pk: (sex, band) for pk, sex, band in told}
        changes = PersonChange.objects.filter(person__in=person_ids).order_by("number")
        latest |= {pk: (sex, band) for pk, sex, band in changes.values_list("person_id", "sex", "age_band")}
    return latest


def pseudonym(root_id: UUID, salt: bytes) -> str:
    """The same for the same person, or file, within one salt; without the salt it can be neither made nor undone."""
    return hmac.digest(salt, root_id.bytes, "sha256").hex()[:LENGTH]


def roots(person_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """The one each of them counts as: the same for all who were joined into one person, and everybody else alone.

    As it stands now: a release that was made keeps its figures. One statement.
    """
    last = Joining.objects.filter(pair=OuterRef("pair")).order_by("-number").values("number")[:1]
    standing = Joining.objects.filter(joined=True, number=Subquery(last))
    pairs = standing.values_list("pair__first_id", "pair__second_id")
    found = same.roots((one.int, other.int) for one, other in pairs)
    return {one: UUID(int=found.get(one.int, one.int)) for one in person_ids}


def relation_group(code: str) -> str:
    """The group a relation belongs to: `intimate`, `blood`, … ; `unknown` for what nobody said."""
    kind = relations.kinds().get(code)
    return "unknown" if kind is None or code == "unknown" else kind.group
