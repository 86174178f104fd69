"""Who is in a file, as far as the reader holds its keys."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from kalka.access import selectors as access
from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied
from kalka.people.models import Appearance, HouseholdMember, Person, PersonChange, Relation, Said
from kalka.people.reaching import Reach, SafeRoute, reach
from kalka.people.searching import Found, Hit, search
from kalka.people.seen import PersonView, view
from kalka.vault.classes import Klass
from kalka.vault.keys import Keys

__all__ = [
    "Found",
    "Hit",
    "PersonRef",
    "PersonView",
    "Reach",
    "RelationView",
    "SafeRoute",
    "get_person",
    "households",
    "parts",
    "persons",
    "persons_of",
    "reach",
    "relations",
    "safe_route",
    "search",
]


@dataclass(frozen=True, slots=True)
class PersonRef:
    """What a step needs of a person before it: nothing sealed."""

    id: UUID
    subject_id: UUID
    sex: str
    age_band: str


@dataclass(frozen=True, slots=True)
class RelationView:
    """`person_id` is the `kind` of `other_id`."""

    person_id: UUID
    other_id: UUID
    kind: str
    since: date | None
    until: date | None


def persons(actor: Actor, subject_id: UUID, keys: Keys) -> list[PersonView]:
    """The people of one file, in the order they were written down. `keys` come from `access.unlock`."""
    return persons_of(actor, [subject_id], keys)[subject_id]


def persons_of(actor: Actor, subject_ids: Iterable[UUID], keys: Keys) -> dict[UUID, list[PersonView]]:
    """As `persons` for a page of files: two queries however many. Raises AccessDenied without a key to one of them."""
    wanted = list(dict.fromkeys(subject_ids))
    if not all(keys.has(subject_id, Klass.IDENTITY) for subject_id in wanted):
        raise AccessDenied("people.not_visible")
    found: dict[UUID, list[PersonView]] = {subject_id: [] for subject_id in wanted}
    latest = {
        change.person_id: change for change in PersonChange.objects.filter(subject_id__in=wanted).order_by("number")
    }
    for person in Person.objects.filter(subject_id__in=wanted).order_by("recorded_at", "id"):
        change = latest.get(person.pk)
        row: Said = change or person
        found[person.subject_id].append(view(person.pk, row, change.number if change else 0, keys))
    return found


def get_person(actor: Actor, person_id: UUID, *, now: datetime) -> PersonRef:
    """Raises AccessDenied for a person in a file the actor does not see."""
    person = access.visible(actor, Person.objects.filter(pk=person_id), now=now).first()
    if person is None:
        raise AccessDenied("people.not_visible")
    row: Said = PersonChange.objects.filter(person=person).order_by("-number").first() or person
    return PersonRef(person.pk, person.subject_id, row.sex, row.age_band)


def codes(actor: Actor, subject_id: UUID, *, now: datetime) -> dict[UUID, PersonRef]:
    """Sex and age band of everybody in a file, as last told: for a page that opens no names."""
    found = access.visible(actor, Person.objects.filter(subject_id=subject_id), now=now)
    latest: dict[UUID, Said] = {person.pk: person for person in found}
    for change in PersonChange.objects.filter(person__in=list(latest)).order_by("number"):
        latest[change.person_id] = change
    return {pk: PersonRef(pk, subject_id, row.sex, row.age_band) for pk, row in latest.items()}


def parts(actor: Actor, subject_id: UUID, *, now: datetime) -> dict[UUID, frozenset[str]]:
    """The parts people have in a file today."""
    running = Appearance.objects.filter(subject_id=subject_id, ended_at=None)
    found: dict[UUID, set[str]] = defaultdict(set)
    for person_id, part in access.visible(actor, running, now=now).values_list("person_id", "part"):
        found[person_id].add(part)
    return {person_id: frozenset(held) for person_id, held in found.items()}


def relations(actor: Actor, subject_id: UUID, *, now: datetime) -> list[RelationView]:
    rows = access.visible(actor, Relation.objects.filter(subject_id=subject_id), now=now)
    return [
        RelationView(row.person_id, row.other_id, row.kind, row.since, row.until)
        for row in rows.order_by("recorded_at", "id")
    ]


def households(actor: Actor, subject_id: UUID, *, now: datetime) -> list[tuple[date, tuple[UUID, ...]]]:
    """Who lived together on which day, the latest first."""
    if not access.sees(actor, subject_id, now=now):
        raise AccessDenied("people.not_visible")
    members = HouseholdMember.objects.filter(household__subject_id=subject_id)
    found: dict[tuple[date, UUID], list[UUID]] = defaultdict(list)
    for on, household_id, person_id in members.order_by("-household__on", "household_id", "id").values_list(
        "household__on", "household_id", "person_id"
    ):
        found[on, household_id].append(person_id)
    return [(on, tuple(people)) for (on, _), people in found.items()]


def safe_route(actor: Actor, person_id: UUID, now: datetime, *, channel: str = "sms") -> SafeRoute | None:
    """By which number and in which language a person may be reached at this very moment, if at all."""
    return reach(actor, person_id, now=now, channel=channel).route
