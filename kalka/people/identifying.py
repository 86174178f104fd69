"""Digests of what identifies people, for whoever was written down before there were any, or under other rules.

It opens names and contacts of everybody, without anybody asking: as for the index, the passage is
`kalka.access.indexing`, and no page leads here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from config.logs import log
from kalka.access import indexing as access
from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.permissions import Permission
from kalka.jobs import services as jobs
from kalka.people import conflicts, identifiers
from kalka.people.models import Identifier, Person, PersonChange, Said
from kalka.people.rules import Contact, NewPerson
from kalka.people.seen import view
from kalka.vault.classes import Klass
from kalka.vault.crypto import Refused
from kalka.vault.keys import Keys

BATCH = 200  # people of one transaction, and one entry of the record
Progress = Callable[[int, int, str], None]  # people done, of how many, the id of the last


@dataclass(frozen=True, slots=True)
class Made:
    people: int  # looked at
    new: int  # digests there were not


@command("people.begin_identifying", needs=Permission.SYSTEM)
def begin(actor: Actor, *, now: datetime) -> object:
    """Let the worker do it."""
    return jobs.start(actor, "people.identify", {}, now=now)


def make(actor: Actor, *, now: datetime, after: str = "", progress: Progress | None = None) -> Made:
    """All people after an id, in the order of their ids. Each piece holds by itself; done twice it is the same.

    Refused to anybody but the installation itself.
    """
    total = Person.objects.count()
    done = Person.objects.filter(pk__lte=after).count() if after else 0
    people = new = 0
    while ids := _next(after):
        found = _piece(actor, person_ids=ids, now=now)
        after, people, new = str(ids[-1]), people + len(ids), new + len(found)
        if progress is not None:
            progress(min(done + people, total), total, after)
    return Made(people, new)


@command("people.identify", needs=Permission.SYSTEM)
def _piece(actor: Actor, *, person_ids: list[UUID], now: datetime) -> list[UUID]:
    """Who is corrected or erased meanwhile waits for it, and then has the last word. Returns what is new."""
    people = list(Person.objects.filter(pk__in=person_ids).order_by("pk").select_for_update())
    keys = access.unlock_to_identify(actor, {one.subject_id for one in people})
    changes = PersonChange.objects.filter(person__in=person_ids).order_by("number")
    latest = {change.person_id: change for change in changes}
    new: list[Identifier] = []
    for person in people:
        if (told := _told(person, latest.get(person.pk, person), keys)) is None:
            continue
        missing = identifiers.missing(person, told)
        new += missing
        if missing:
            conflicts.shut_out_of(person.subject_id, told, now=now)
    Identifier.objects.bulk_create(new)
    return [one.pk for one in new]


def _told(person: Person, row: Said, keys: Keys) -> NewPerson | None:
    """None of somebody who cannot be opened any more."""
    if not keys.has(person.subject_id, Klass.IDENTITY):
        return None
    try:
        seen = view(person.pk, row, 0, keys)
    except Refused:
        log.error("a name does not open", code="people.identify")
        return None
    return NewPerson(
        names=seen.names,
        birth_date=seen.birth_date,
        birth_year=seen.birth_year,
        age=seen.age,
        pin=seen.pin,
        contact=seen.contact or Contact(),
    )


def _next(after: str) -> list[UUID]:
    people = Person.objects.order_by("pk")
    return list((people.filter(pk__gt=after) if after else people).values_list("pk", flat=True)[:BATCH])
