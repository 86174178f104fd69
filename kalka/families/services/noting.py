"""A family enters the register, and the two who may know of it are seated."""

from dataclasses import asdict
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from kalka.access import selectors as access
from kalka.cases import services as cases
from kalka.cases import walling
from kalka.core import clock
from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.errors import DomainError
from kalka.core.permissions import Permission
from kalka.core.refs import derived
from kalka.directory import selectors as directory
from kalka.families import practice, rules, selectors
from kalka.families.means import with_means
from kalka.families.models import FamilyAtRisk
from kalka.families.rules import Named, NewFamily
from kalka.families.seating import next_contact, seat
from kalka.people import conflicts
from kalka.people.rules import Contact, Name, NewPerson
from kalka.vault.rows import repeated, written

if TYPE_CHECKING:
    from kalka.cases.models import Case


@command("families.note", needs=Permission.FAMILY_NOTE)
def note_family(actor: Actor, *, id: UUID, told: NewFamily, now: datetime) -> FamilyAtRisk:
    """A family at risk, by code: a case of its own, known to whoever notes it and to the second once seated.

    A telephone of a family without a name is compared and not kept. Refuses a name without consent or a listed ground,
    and a second who is not of the committee. A conflict that is found shuts out without a word, last of all.
    """
    content = asdict(told)
    if again := repeated(FamilyAtRisk, actor, id=id, content=content):
        return again
    organisation, today = selectors.committee_of(actor), clock.day_of(now)
    rules.check_family(told, grounds=practice.grounds(), today=today)
    asked = _asked(actor, told.second, now)
    opener = with_means(actor, Permission.CASE_OPEN, Permission.CASE_WORK)
    case = cases.open_at_risk(
        opener, id=derived(id, "case"), place=_place(organisation), protected=_person(told), asked=asked, now=now
    )
    row = _row(actor, case, organisation, told, id=id, content=content, today=today, now=now)
    row.save(force_insert=True)
    seat(actor, row, actor.post_id or 0, taken=now, now=now)
    for post in asked:
        seat(actor, row, post, taken=None, now=now)
    next_contact(actor, row, told.next_on, now=now)
    _compared(row, told, now=now)
    return row


def _asked(actor: Actor, second: int | None, now: datetime) -> tuple[int, ...]:
    if second is None:
        return ()
    if not selectors.is_colleague(actor, second, now=now):
        raise DomainError("families.not_a_colleague", field="second")
    return (second,)


def _place(organisation: int) -> str:
    return next(one.place for one in directory.organisations("committee") if one.id == organisation)


def _person(told: NewFamily) -> NewPerson:
    """Whom the worry is about. Without a reason to be named: sex and age, as far as they are known."""
    if told.named == Named.CODE:
        return NewPerson(sex=told.sex, band=told.band)
    names = (Name(told.family, told.given),) if told.family or told.given else ()
    return NewPerson(sex=told.sex, band=told.band, names=names, contact=Contact(phone=told.phone))


def _row(
    actor: Actor,
    case: "Case",
    organisation: int,
    told: NewFamily,
    *,
    id: UUID,
    content: object,
    today: date,
    now: datetime,
) -> FamilyAtRisk:
    row = FamilyAtRisk(
        **written(actor, id=id, subject_id=case.subject_id, content=content, now=now),
        case=case,
        case_ref=case.ref,
        organisation_id=organisation,
        place=case.place,
        noted_on=told.on or today,
        how=told.how,
        signs=",".join(sorted(set(told.signs))),
        setting=told.setting,
        children=told.children,
        named=told.named,
        ground=told.ground,
        next_on=told.next_on,
    )
    if told.told.strip():
        access.keys_for(actor, case.subject_id, now=now).put(row, "told", told.told.strip())
    return row


def _compared(row: FamilyAtRisk, told: NewFamily, *, now: datetime) -> None:
    """Blind: whoever it shuts out is told nothing, and nobody is told whom it shut out."""
    if told.named == Named.CODE and told.phone:
        conflicts.shut_out_of(row.subject_id, NewPerson(contact=Contact(phone=told.phone)), now=now)
        walling.watch(row.subject_id, now=now)
