"""Who takes part in a case."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from kalka.cases import effects, walling
from kalka.cases.models import Case, Participant
from kalka.cases.rules import Cast, Part, check_part, known
from kalka.cases.selectors import cast_of, get_case
from kalka.core import clock
from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.errors import DomainError
from kalka.core.permissions import Permission
from kalka.core.refs import derived
from kalka.people import relations
from kalka.people import services as people
from kalka.people.rules import NewPerson
from kalka.vault.rows import Row, repeated


@command("cases.add_participant", needs=Permission.CASE_WORK)
def add_participant(
    actor: Actor,
    *,
    id: UUID,
    case_ref: str,
    person: NewPerson | UUID,
    part: Part,
    relation: str = "unknown",
    user_id: int | None = None,
    now: datetime,
) -> Participant:
    """A new person, or one who is in the case already, takes a part. Nobody needs a name.

    An alleged perpetrator loses consent, notice and view here, also as a guardian; if they are a user (`user_id`),
    a wall shuts them out for good. A child present causes a notice to child protection.
    """
    case = get_case(actor, case_ref, now=now)
    content = [asdict(person) if isinstance(person, NewPerson) else person, part, relation, user_id]
    if again := repeated(Participant, actor, id=id, content=content):
        return again
    known({"part": [part]}, list(Part))
    relations.kind(relation, clock.day_of(now))
    cast = cast_of(actor, case.subject_id, now=now)
    if isinstance(person, NewPerson):
        person_id = derived(id, "person")
    elif person in {one for one, _part in cast.parts}:
        person_id = person
    else:
        raise DomainError("cases.not_in_this_case", field="person")
    check_part(cast, person_id, Part(part))
    if isinstance(person, NewPerson):
        people.add_person(actor, id=person_id, subject_id=case.subject_id, told=person, now=now)
    row = effects.add_part(actor, case, person_id, id=id, part=Part(part), relation=relation, content=content, now=now)
    _relate(actor, cast, row, now=now)
    if part == Part.CHILD:
        effects.tell_child_protection(actor, case, row, now=now)
    if part == Part.ALLEGED:
        _shut_out(actor, case, row, user_id, now=now)
    walling.watch(case.subject_id, now=now)
    return row


@command("cases.correct_participant", needs=Permission.CASE_WORK)
def correct_participant(
    actor: Actor, *, id: UUID, case_ref: str, person_id: UUID, told: NewPerson, corrects: int, now: datetime
) -> Row:
    """What is now known of somebody in the case. If it shows a member of staff, they are shut out."""
    case = get_case(actor, case_ref, now=now)
    row: Row = people.correct_person(actor, id=id, person_id=person_id, told=told, corrects=corrects, now=now)
    if row.subject_id != case.subject_id:
        raise DomainError("cases.not_in_this_case", field="person")
    walling.watch(case.subject_id, now=now)
    return row


def _shut_out(actor: Actor, case: Case, alleged: Participant, user_id: int | None, *, now: datetime) -> None:
    effects.silence(actor, case, alleged.person_id, id=alleged.pk, now=now)
    if user_id is not None:
        walling.shut_out(case, {user_id}, why="alleged", now=now)


def _relate(actor: Actor, cast: Cast, row: Participant, *, now: datetime) -> None:
    """What they are to the protected person, also where the people are looked after."""
    for protected in cast.persons(Part.PROTECTED) - {row.person_id}:
        if row.relation != "unknown":
            id = derived(row.pk, "relation")
            people.relate(actor, id=id, person_id=row.person_id, other_id=protected, kind=row.relation, now=now)
