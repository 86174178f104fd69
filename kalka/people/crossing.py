"""Who is one person across all files: by personal number, by name and day of birth, or because two sides said so.

A question across files, whose answer is ids alone. Whoever asks it leaves out the files the reader is shut out of, and
records it. Two with different personal numbers are two people, whatever they are called.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from kalka.people import facts
from kalka.people.models import Identifier, Pair, PairWord
from kalka.people.rules.same import Says
from kalka.vault.blind import Kind

_TELLING = (Kind.PIN, Kind.BORN)  # a telephone serves a family, and many share a name and a year


@dataclass(frozen=True, slots=True)
class Same:
    """`sure`: by a personal number, or because both sides said so; else by name and day of birth."""

    person_id: UUID
    subject_id: UUID
    sure: bool


def same_person(person_id: UUID, subject_id: UUID, *, now: datetime) -> tuple[Same, ...]:
    """The person itself first. As many statements for many files as for one."""
    rows = Identifier.objects.filter(kind__in=_TELLING)
    mine = _macs(rows.filter(person=person_id).values_list("kind", "mac"))
    alike = rows.filter(mac__in=mine[Kind.PIN] | mine[Kind.BORN]).exclude(person=person_id)
    files = dict(alike.values_list("person_id", "subject_id"))
    joined, apart = _said_of(person_id)
    files |= joined
    theirs: dict[UUID, set[bytes]] = defaultdict(set)
    for person, mac in rows.filter(kind=Kind.PIN, person__in=list(files)).values_list("person_id", "mac"):
        theirs[person].add(bytes(mac))
    found = [Same(person_id, subject_id, True)]
    for person, subject in sorted(files.items()):
        by_number = bool(theirs[person] & mine[Kind.PIN])
        two_numbers = bool(theirs[person] and mine[Kind.PIN]) and not by_number
        if person in joined or by_number or not (two_numbers or person in apart):
            found.append(Same(person, subject, person in joined or by_number))
    return tuple(found)


def victims(person_ids: Collection[UUID]) -> int:
    """How many people these are, where those who were joined count as one."""
    return len(set(facts.roots(person_ids).values()))


def _macs(rows: Iterable[tuple[str, bytes | memoryview]]) -> dict[str, set[bytes]]:
    found: dict[str, set[bytes]] = {kind: set() for kind in _TELLING}
    for kind, mac in rows:
        found[kind].add(bytes(mac))
    return found


def _said_of(person_id: UUID) -> tuple[dict[UUID, UUID], set[UUID]]:
    """Who counts as one with the person by what was said, with the file; and of whom a side said: somebody else."""
    pairs = list(Pair.objects.filter(Q(first=person_id) | Q(second=person_id)))
    latest: dict[tuple[UUID, str], str] = {}
    for word in PairWord.objects.filter(pair__in=pairs).order_by("number"):
        latest[word.pair_id, word.side] = word.says
    joined: dict[UUID, UUID] = {}
    apart: set[UUID] = set()
    for pair in pairs:
        first = pair.first_id == person_id
        other, file = (pair.second_id, pair.second_file) if first else (pair.first_id, pair.first_file)
        said = {says for (one, _side), says in latest.items() if one == pair.pk}
        if Says.OTHER in said:
            apart.add(other)
    roots = facts.roots([person_id, *(one for pair in pairs for one in (pair.first_id, pair.second_id))])
    for pair in pairs:
        first = pair.first_id == person_id
        other, file = (pair.second_id, pair.second_file) if first else (pair.first_id, pair.first_file)
        if roots[other] == roots[person_id]:
            joined[other] = file
    return joined, apart - joined.keys()
