"""What happened."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from uuid import UUID

from kalka.access import selectors as sight
from kalka.cases import effects
from kalka.cases.labels import Named
from kalka.cases.listed import form_titles
from kalka.cases.models import Case, Incident, Participant, Presence
from kalka.cases.rules import NewIncident, Part, Stage, check_incident, gbvims_type
from kalka.cases.selectors import get_case
from kalka.core import clock
from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.errors import DomainError, Stale
from kalka.core.permissions import Permission
from kalka.core.refs import derived
from kalka.history import services as history
from kalka.people import selectors as people_told
from kalka.people import services as people
from kalka.people.rules import NewPerson
from kalka.vault.keys import Keys
from kalka.vault.rows import repeated, written


@command("cases.record_incident", needs=Permission.CASE_WORK)
def record_incident(actor: Actor, *, id: UUID, case_ref: str, told: NewIncident, now: datetime) -> Incident:
    """One time that violence happened, who is said to have done it, which children were present.

    Each child has its own notice. A weapon, or a threat to kill, asks at once that a weapon is looked for, also where a
    fuller telling alone names it. On a closed case it opens the case again, by a dated record. Refuses a future day, a
    form the law book does not list for that day, and somebody who has no such part in the case.
    """
    case = get_case(actor, case_ref, now=now)
    content = asdict(told)
    if again := repeated(Incident, actor, id=id, content=content):
        return again
    check_incident(told, forms=Named.of(form_titles(told.on), form_titles(told.on)), today=clock.day_of(now))
    present = _present(case, told)
    incident = _kept(actor, case, told, id=id, content=content, now=now)
    children = [one for one in present if one.part == Part.CHILD]
    for number in range(told.unnamed_children):
        children.append(_unnamed_child(actor, case, id=derived(id, f"child {number}"), now=now))
    _note_presence(actor, incident, {one.pk: one for one in [*present, *children]}, now=now)
    for child in children:
        effects.tell_child_protection(actor, case, child, now=now)
    if told.amends is None:
        history.append(actor, subject_id=case.subject_id, kind="incident", at=told.on, now=now)
    if case.stage == Stage.CLOSED and told.amends is None:
        effects.move(actor, case, Stage.OPEN, id=derived(id, "reopened"), why="new_incident", now=now)
    if told.amends is None and not told.first:
        effects.ask_again(actor, case, now=now)
    if told.signs:
        effects.look_for_a_weapon(actor, case, now=now)
    return incident


def _present(case: Case, told: NewIncident) -> list[Participant]:
    parts = Participant.objects.filter(case=case, pk__in=[*told.alleged, *told.children])
    found = {one.pk: one for one in parts}
    for field, ids, part in (("alleged", told.alleged, Part.ALLEGED), ("children", told.children, Part.CHILD)):
        if any(one not in found or found[one].part != part for one in ids):
            raise DomainError("cases.not_in_this_case", field=field)
    return list(found.values())


def _kept(
    actor: Actor, case: Case, told: NewIncident, *, id: UUID, content: Mapping[str, object], now: datetime
) -> Incident:
    classed = gbvims_type(told.answers)
    incident = Incident(
        **written(actor, id=id, subject_id=case.subject_id, content=content, now=now),
        case=case,
        on=told.on,
        precision=told.precision,
        place=told.place or case.place,
        forms=",".join(sorted(set(told.forms))),
        gbvims=classed.type or "",
        certain=classed.certain,
        contexts=",".join(sorted(set(told.contexts))),
        amends_id=_amended(case, told.amends),
    )
    keys = sight.keys_for(actor, case.subject_id, now=now)
    if not told.first:
        _check_born(actor, case, told.on, keys)
    words = {"what": told.what.strip(), "where": told.where.strip(), "when_words": told.when_words.strip()}
    words["signs"] = ",".join(sorted(set(told.signs)))
    keys.put(incident, "told", {name: text for name, text in words.items() if text})
    incident.save(force_insert=True)
    return incident


def _check_born(actor: Actor, case: Case, on: date, keys: Keys) -> None:
    """What is told of her cannot have happened before she was born, as far as that is known."""
    protected = Participant.objects.filter(case=case, part=Part.PROTECTED).values_list("person", flat=True).first()
    for person in people_told.persons(actor, case.subject_id, keys) if protected else ():
        born = person.birth_date or (date(person.birth_year, 1, 1) if person.birth_year else None)
        if person.id == protected and born and on.year < born.year:
            raise DomainError("cases.before_birth", field="on")


def _amended(case: Case, amends: UUID | None) -> UUID | None:
    if amends is None:
        return None
    if not Incident.objects.filter(case=case, pk=amends).exists():
        raise DomainError("cases.not_in_this_case", field="amends")
    if Incident.objects.filter(amends=amends).exists():
        raise Stale("cases.already_amended", field="amends")
    return amends


def _unnamed_child(actor: Actor, case: Case, *, id: UUID, now: datetime) -> Participant:
    """Counted as one, and found again under this id when more is known."""
    person_id = derived(id, "person")
    told = NewPerson()
    people.add_person(actor, id=person_id, subject_id=case.subject_id, told=told, now=now)
    return effects.add_part(
        actor, case, person_id, id=id, part=Part.CHILD, relation="unknown", content=["unnamed child"], now=now
    )


def _note_presence(actor: Actor, incident: Incident, present: Mapping[UUID, Participant], *, now: datetime) -> None:
    Presence.objects.bulk_create(_presences(actor, incident, present.values(), now=now))


def _presences(
    actor: Actor, incident: Incident, present: Iterable[Participant], *, now: datetime
) -> Iterable[Presence]:
    for one in present:
        row_id = derived(incident.pk, str(one.pk))
        shared = written(actor, id=row_id, subject_id=incident.subject_id, content=[one.pk], now=now)
        yield Presence(**shared, incident=incident, participant=one)
