"""A file that is nobody's, for the auditor: whoever opens it had no reason to. To the staff it is a family at risk like
any other: such a file begins without a report and without duties. It causes no notice and is in no published figure."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from kalka.access import sets
from kalka.cases import effects
from kalka.cases.keeping import NewBait
from kalka.cases.models import Case
from kalka.cases.rules import Kind, NewIncident, Part, Stage
from kalka.cases.services.incidents import record_incident
from kalka.cases.services.opening import KLASSES
from kalka.cases.services.people import add_participant
from kalka.core import clock
from kalka.core.actors import SYSTEM_ID, Actor, organisation_holder, post_holder
from kalka.core.commands import command
from kalka.core.errors import DomainError
from kalka.core.permissions import Permission
from kalka.core.refs import derived, new_id
from kalka.core.sight import beyond
from kalka.directory import selectors as directory
from kalka.history import services as history
from kalka.people.rules import Name, NewPerson
from kalka.vault import keys
from kalka.vault.rows import repeated, written


@command("cases.plant", needs=Permission.ALARM_READ)
@beyond()
def plant_case(actor: Actor, *, id: UUID, told: NewBait, now: datetime) -> Case:
    """Write it down in the name of a post, seen by that post and the others named. Refuses an unknown post, a day to
    come, and a file without a name: nobody would look for it."""
    face = _face(told.post_id, now)
    if again := repeated(Case, face, id=id, content=asdict(told)):
        return again
    if not told.name.strip() or not told.what.strip():
        raise DomainError("cases.bait_is_empty", field="what" if told.name.strip() else "name")
    if told.since > clock.day_of(now):
        raise DomainError("cases.day_in_future", field="since", today=clock.day_of(now))
    case = _case(face, told, id=id, now=now)
    for post_id in dict.fromkeys((told.post_id, *told.seen_by)):
        why = "opened" if post_id == told.post_id else "works"
        effects.join(face, case, post_id, id=derived(id, f"member {post_id}"), why=why, now=now)
    family, _space, given = told.name.strip().partition(" ")
    person = NewPerson(sex=told.sex, names=(Name(family, given),), birth_year=told.birth_year)
    protected = derived(id, "protected")
    add_participant(face, id=protected, case_ref=case.ref, person=person, part=Part.PROTECTED, now=now)
    said = NewIncident(on=told.since, precision="reported", place=told.place, what=told.what, first=True)
    record_incident(face, id=derived(id, "incident"), case_ref=case.ref, told=said, now=now)
    sets.add(sets.BAIT, case.subject_id)
    return case


def _face(post_id: int, now: datetime) -> Actor:
    """In whose name it stands there. The record says who planted it."""
    post = directory.post(post_id)
    if post is None or not post.stands(clock.day_of(now)):
        raise DomainError("cases.no_such_post", field="post_id")
    return Actor(
        SYSTEM_ID,
        frozenset({Permission.CASE_WORK}),
        (post_holder(post.id), organisation_holder(post.organisation_id)),
        post_id=post.id,
        organisation_id=post.organisation_id,
        role=post.role,
        place=post.place,
    )


def _case(face: Actor, told: NewBait, *, id: UUID, now: datetime) -> Case:
    subject_id = new_id()
    case = Case(
        **written(face, id=id, subject_id=subject_id, content=asdict(told), now=now),
        kind=Kind.AT_RISK,
        place=told.place,
        opened_on=told.since,
        report_id=None,
    )
    effects.save_case(case)
    keys.new_keys(subject_id, KLASSES)
    effects.move(face, case, Stage.OPEN, id=derived(id, "stage"), why="opened", now=now)
    history.append(face, subject_id=subject_id, kind="case_opened", at=told.since, now=now)
    return case
