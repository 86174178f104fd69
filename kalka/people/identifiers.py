"""Who has the same number, or the same name and day of birth, found by keyed digests: no value is stored.

The answers here know nothing of an actor. Whoever asks for a person shows only what `access.visible` leaves; whoever
looks for a conflict or a duplicate across all files tells nobody what was found.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import QuerySet

from kalka.core import commands
from kalka.core.clock import day_of
from kalka.core.errors import AccessDenied
from kalka.people.models import Appearance, Identifier, Person
from kalka.people.rules import NewPerson
from kalka.people.rules.identity import names_asked, names_born, names_called, names_years
from kalka.vault.blind import Kind, dialled, mac

SHIELDED = ("protected", "child")

__all__ = [
    "Kind",
    "digests_of",
    "files_of",
    "forget",
    "keep",
    "kept_again",
    "like",
    "macs_of",
    "missing",
    "pairing_macs",
    "persons_with",
    "protecting",
    "subjects_with",
]


def macs_of(told: NewPerson) -> dict[bytes, Kind]:
    """The digests of all that identifies somebody: personal number, phone, each name with the day of birth."""
    said = [(Kind.PIN, told.pin), (Kind.PHONE, told.contact.phone), *((Kind.BORN, one) for one in names_born(told))]
    return {digest: kind for kind, value in said if (digest := mac(kind, value))}


def pairing_macs(told: NewPerson) -> dict[bytes, Kind]:
    """Those that make a pair of two people: a phone only together with the given name."""
    alone: dict[bytes, Kind] = {digest: kind for digest, kind in macs_of(told).items() if kind is not Kind.PHONE}
    called = names_called(told, dialled(told.contact.phone))
    return {**alone, **{mac(Kind.NAMED, one): Kind.NAMED for one in called}}


def keep(person: Person, told: NewPerson) -> None:
    """Inside a command: one insert, none for somebody whom nothing identifies."""
    _inside_a_command()
    if rows := _rows(person, told):
        Identifier.objects.bulk_create(rows)


def kept_again(person: Person, told: NewPerson) -> None:
    """A correction: what was said before identifies nobody any more."""
    _inside_a_command()
    Identifier.objects.filter(person=person).delete()
    keep(person, told)


def missing(person: Person, told: NewPerson) -> list[Identifier]:
    """Inside a command: those that are not there, not stored yet. What is there and is not told goes."""
    _inside_a_command()
    there = {bytes(one.mac): one.pk for one in Identifier.objects.filter(person=person)}
    rows = {bytes(one.mac): one for one in _rows(person, told)}
    if wrong := [pk for digest, pk in there.items() if digest not in rows]:
        Identifier.objects.filter(pk__in=wrong).delete()
    return [row for digest, row in rows.items() if digest not in there]


def forget(subject_ids: Collection[UUID]) -> int:
    """With the erasure of files. Returns how many were forgotten."""
    _inside_a_command()
    return Identifier.objects.filter(person__in=Person.objects.filter(subject_id__in=subject_ids)).delete()[0]


def persons_with(kind: Kind, value: str) -> QuerySet[Identifier, UUID]:
    """The ids of all who have it, in all files, for a subquery below `access.visible`."""
    return Identifier.objects.filter(mac=mac(kind, value) or None).values_list("person_id", flat=True)


def like(name: str, year: int) -> QuerySet[Identifier, UUID]:
    """The ids of all who are called so and were born in that year, in all files. Several people may be."""
    digests = [mac(Kind.YEAR, one) for one in names_asked(name, year)]
    return Identifier.objects.filter(mac__in=digests).values_list("person_id", flat=True)


def files_of(person_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Which file each of these is in. Whoever asks shows only what the actor sees of them."""
    return dict(Identifier.objects.filter(person__in=person_ids).values_list("person_id", "subject_id").distinct())


def protecting(phones: Iterable[str]) -> frozenset[UUID]:
    """The files in which somebody with one of these telephones is protected, or a child, walls or not. Whoever asks
    learns nothing of them."""
    macs = [digest for phone in phones if (digest := mac(Kind.PHONE, phone))]
    if not macs:
        return frozenset()
    theirs = Identifier.objects.filter(kind=Kind.PHONE, mac__in=macs).values("person")
    parts = Appearance.objects.filter(person__in=theirs, part__in=SHIELDED, ended_at=None)
    return frozenset(parts.values_list("subject_id", flat=True))


def digests_of(person_ids: Collection[UUID]) -> frozenset[bytes]:
    """What tells these people from others, less what several share: a telephone, a year. For comparing alone."""
    rows = Identifier.objects.filter(person__in=person_ids).exclude(kind__in=[Kind.PHONE, Kind.NAMED, Kind.YEAR])
    return frozenset(bytes(mac) for mac in rows.values_list("mac", flat=True))


def subjects_with(macs: Iterable[bytes]) -> dict[bytes, frozenset[UUID]]:
    """The files somebody with each digest is in, walls or not. One statement; a digest nobody has is left out."""
    found: dict[bytes, set[UUID]] = defaultdict(set)
    rows = Identifier.objects.filter(mac__in=[one for one in macs if one])
    for digest, subject_id in rows.values_list("mac", "subject_id"):
        found[bytes(digest)].add(subject_id)
    return {digest: frozenset(subjects) for digest, subjects in found.items()}


def _rows(person: Person, told: NewPerson) -> list[Identifier]:
    called = {mac(Kind.YEAR, one): Kind.YEAR for one in names_years(told, day_of(person.recorded_at))}
    return [
        Identifier(subject_id=person.subject_id, person=person, kind=kind, mac=digest)
        for digest, kind in (macs_of(told) | pairing_macs(told) | called).items()
    ]


def _inside_a_command() -> None:
    if not commands.inside():
        raise AccessDenied("people.outside_a_command")
