"""Who is the same person in other files, and who lived with whom: keys to compare, and nobody's name.

A question over files that whoever asks does not see. What comes back is compared with itself and shown to nobody.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from uuid import UUID

from kalka.people import facts
from kalka.people.models import HouseholdMember, Identifier, Person
from kalka.vault.blind import Kind

_SHARED = (Kind.PHONE, Kind.NAMED, Kind.YEAR)  # a family has one telephone; many are called so


def same(person_ids: Collection[UUID]) -> dict[UUID, frozenset[UUID]]:
    """Each with everybody who is the same by a personal number, or by name and day of birth. Two statements."""
    rows = Identifier.objects.exclude(kind__in=_SHARED)
    macs: dict[UUID, set[bytes]] = defaultdict(set)
    for person, mac in rows.filter(person__in=person_ids).values_list("person_id", "mac"):
        macs[person].add(bytes(mac))
    whose: dict[bytes, set[UUID]] = defaultdict(set)
    every = set().union(*macs.values())
    for mac, person in rows.filter(mac__in=every).values_list("mac", "person_id"):
        whose[bytes(mac)].add(person)
    return {one: frozenset({one}.union(*(whose[mac] for mac in macs[one]))) for one in person_ids}


def files(person_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """The file each is in."""
    return dict(Person.objects.filter(pk__in=person_ids).values_list("pk", "subject_id"))


def housed_with(person_ids: Collection[UUID]) -> dict[UUID, frozenset[UUID]]:
    """Everybody who was ever written down under one roof with each."""
    theirs = HouseholdMember.objects.filter(person__in=person_ids).values("household")
    under: dict[UUID, set[UUID]] = defaultdict(set)
    for household, person in HouseholdMember.objects.filter(household__in=theirs).values_list(
        "household_id", "person_id"
    ):
        under[household].add(person)
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for roof in under.values():
        for one in roof & set(person_ids):
            found[one] |= roof
    return {one: frozenset(found[one]) for one in person_ids}


def keys(groups: Iterable[frozenset[UUID]]) -> list[frozenset[bytes]]:
    """For each group of people what tells them from others: equal keys in two groups are one person in both."""
    wanted = [set(group) for group in groups]
    every = set().union(*wanted)
    roots = facts.roots(every)
    macs: dict[UUID, set[bytes]] = defaultdict(set)
    rows = Identifier.objects.exclude(kind__in=_SHARED).filter(person__in=every)
    for person, mac in rows.values_list("person_id", "mac"):
        macs[person].add(bytes(mac))
    return [frozenset({roots[one].bytes for one in group}.union(*(macs[one] for one in group))) for group in wanted]
