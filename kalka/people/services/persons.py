"""Writing down who somebody is, correcting it without losing what was written, and how people belong together."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from functools import partial
from uuid import UUID

from kalka.access import selectors as access
from kalka.core import clock, commands
from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.errors import AccessDenied, DomainError, Stale
from kalka.core.permissions import Permission
from kalka.people import conflicts, identifiers, noting, pairing, relations
from kalka.people.models import Appearance, Household, HouseholdMember, Person, PersonChange, Relation
from kalka.people.rules import PARTS, NewPerson, checked
from kalka.people.seen import put_said
from kalka.vault.rows import repeated, written


@command("people.add", needs=Permission.CASE_WORK)
def add_person(actor: Actor, *, id: UUID, subject_id: UUID, told: NewPerson, now: datetime) -> Person:
    """Somebody in a file the actor sees; without a name too. Refuses what cannot be, naming the field."""
    keys = access.keys_for(actor, subject_id, now=now)
    content = {"subject": str(subject_id), **asdict(told)}
    if again := repeated(Person, actor, id=id, content=content):
        return again
    day = clock.day_of(now)
    told = checked(told, day)
    row = Person(
        **written(actor, id=id, subject_id=subject_id, content=content, now=now),
        sex=told.sex,
        age_band=told.age_band(day),
    )
    put_said(row, told, keys)
    row.save(force_insert=True)
    identifiers.keep(row, told)
    noting.note(actor, row.pk, told, day)
    conflicts.shut_out_of(subject_id, told, now=now)
    commands.at_last(partial(pairing.look_for, row.pk, told, now=now))
    return row


@command("people.correct", needs=Permission.CASE_WORK)
def correct_person(
    actor: Actor, *, id: UUID, person_id: UUID, told: NewPerson, corrects: int, now: datetime
) -> PersonChange:
    """The whole of what is now known. Refuses when somebody else corrected the version `corrects` meanwhile."""
    person = _person(actor, person_id, now)
    content = {"person": str(person_id), "corrects": corrects, **asdict(told)}
    if again := repeated(PersonChange, actor, id=id, content=content):
        return again
    day = clock.day_of(now)
    told = checked(told, day)
    latest = PersonChange.objects.filter(person=person).order_by("-number").values_list("number", flat=True)
    if (latest.first() or 0) != corrects:
        raise Stale("people.changed_meanwhile")
    row = PersonChange(
        **written(actor, id=id, subject_id=person.subject_id, content=content, now=now),
        person=person,
        number=corrects + 1,
        sex=told.sex,
        age_band=told.age_band(day),
    )
    put_said(row, told, access.keys_for(actor, person.subject_id, now=now))
    row.save(force_insert=True)
    identifiers.kept_again(person, told)
    noting.note(actor, person.pk, told, day)
    conflicts.shut_out_of(person.subject_id, told, now=now)
    commands.at_last(partial(pairing.look_for, person.pk, told, now=now))
    return row


@command("people.take_part", needs=Permission.CASE_WORK)
def take_part(actor: Actor, *, id: UUID, person_id: UUID, part: str, now: datetime) -> Appearance:
    """Note somebody's part in the file: who is said to have done it is never told anything in a child's place."""
    person = _person(actor, person_id, now)
    content = {"person": str(person_id), "part": part}
    if again := repeated(Appearance, actor, id=id, content=content):
        return again
    if part not in PARTS:
        raise DomainError("people.unknown_code", field="part")
    running = Appearance.objects.filter(person=person, part=part, ended_at=None).first()
    if running is not None:
        return running
    row = Appearance(
        **written(actor, id=id, subject_id=person.subject_id, content=content, now=now),
        person=person,
        part=part,
    )
    row.save(force_insert=True)
    return row


@command("people.end_part", needs=Permission.CASE_WORK)
def end_part(actor: Actor, *, person_id: UUID, part: str, now: datetime) -> int:
    """Returns how many ended."""
    person = _person(actor, person_id, now)
    return Appearance.objects.filter(person=person, part=part, ended_at=None).update(ended_at=now)


@command("people.relate", needs=Permission.CASE_WORK)
def relate(
    actor: Actor,
    *,
    id: UUID,
    person_id: UUID,
    other_id: UUID,
    kind: str,
    now: datetime,
    since: date | None = None,
    until: date | None = None,
) -> Relation:
    """`person` is the `kind` of `other`. Refuses people of two files, oneself, and a kind not in the list."""
    person, other = _person(actor, person_id, now), _person(actor, other_id, now)
    content = [str(person_id), str(other_id), kind, since, until]
    if again := repeated(Relation, actor, id=id, content=content):
        return again
    if person.subject_id != other.subject_id or person.pk == other.pk:
        raise DomainError("people.not_in_one_file", field="relation")
    if since and until and until < since:
        raise DomainError("people.ends_before_it_begins", field="until")
    row = Relation(
        **written(actor, id=id, subject_id=person.subject_id, content=content, now=now),
        person=person,
        other=other,
        kind=relations.kind(kind, since or clock.day_of(now)).code,
        since=since,
        until=until,
    )
    row.save(force_insert=True)
    return row


@command("people.form_household", needs=Permission.CASE_WORK)
def form_household(actor: Actor, *, id: UUID, person_ids: Sequence[UUID], on: date, now: datetime) -> Household:
    """Who lives under one roof on a day. Refuses a day to come, nobody, and people of two files."""
    people = [_person(actor, person_id, now) for person_id in dict.fromkeys(person_ids)]
    content = [sorted(map(str, person_ids)), on]
    if again := repeated(Household, actor, id=id, content=content):
        return again
    if on > clock.day_of(now):
        raise DomainError("people.day_to_come", field="on")
    if len({person.subject_id for person in people}) != 1:
        raise DomainError("people.not_in_one_file", field="people")
    subject_id = people[0].subject_id
    row = Household(**written(actor, id=id, subject_id=subject_id, content=content, now=now), on=on)
    row.save(force_insert=True)
    HouseholdMember.objects.bulk_create(HouseholdMember(household=row, person=person) for person in people)
    return row


def _person(actor: Actor, person_id: UUID, now: datetime) -> Person:
    """Held until the command ends, so that two corrections at once are one after the other."""
    seen = access.visible(actor, Person.objects.filter(pk=person_id), now=now)
    person = seen.select_for_update().first()
    if person is None:
        raise AccessDenied("people.not_visible")
    return person
