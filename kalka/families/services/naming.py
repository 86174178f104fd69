"""A name is written for a family that was noted by code, or taken back."""

from dataclasses import asdict, replace
from datetime import datetime
from uuid import UUID

from kalka.cases import selectors as case_selectors
from kalka.cases import services as cases
from kalka.core import clock
from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.errors import DomainError, Stale
from kalka.core.permissions import Permission
from kalka.core.refs import derived
from kalka.families import practice, rules, selectors
from kalka.families.means import with_means
from kalka.families.models import FamilyAtRisk, FamilyName
from kalka.families.rules import Named, NewName
from kalka.people.rules import Contact, Name, NewPerson
from kalka.people.seen import PersonView
from kalka.vault.rows import repeated, written


@command("families.name", needs=Permission.FAMILY_NOTE)
def name_family(actor: Actor, *, id: UUID, case_ref: str, told: NewName, now: datetime) -> FamilyName:
    """With her consent or on a listed ground; or, by code again, taken back: then it is shown here no more.

    Others who work on the case with the two keep what they know. Refuses a name without a reason, and to take back what
    was never written: `families.no_name`.
    """
    family = selectors.get_family(actor, case_ref, now=now)
    content = asdict(told)
    if again := repeated(FamilyName, actor, id=id, content=content):
        return again
    family = selectors.working(actor, case_ref, now=now)
    rules.check_name(told, practice.grounds())
    FamilyAtRisk.objects.select_for_update().get(pk=family.pk)
    if told.named == Named.CODE and selectors.named_now(actor, family, now=now)[0] == Named.CODE:
        raise Stale("families.no_name", field="named")
    row = FamilyName(
        **written(actor, id=id, subject_id=family.subject_id, content=content, now=now),
        family=family,
        number=len(selectors.names_of(actor, family, now=now)) + 1,
        named=told.named,
        ground=told.ground,
        on=clock.day_of(now),
    )
    row.save(force_insert=True)
    if told.named != Named.CODE or not selectors.others(actor, family, now=now):
        _correct(actor, family, told, id=id, now=now)
    return row


def _correct(actor: Actor, family: FamilyAtRisk, told: NewName, *, id: UUID, now: datetime) -> None:
    """Whoever it shows to be of the committee is shut out without a word, as when a family is noted."""
    person = case_selectors.protected_person(actor, family.subject_id, now=now)
    people = (one.person for one in case_selectors.identity(actor, family.case_ref, now=now))
    known = next((one for one in people if one.id == person), None)
    if known is None:
        raise DomainError("families.nobody_to_name")
    able = with_means(actor, Permission.CASE_WORK)
    cases.correct_participant(
        able,
        id=derived(id, "person"),
        case_ref=family.case_ref,
        person_id=known.id,
        told=_person(known, told),
        corrects=known.version,
        now=now,
    )


def _person(known: PersonView, told: NewName) -> NewPerson:
    """All that was known before, with the name of now and no other; taken back, without telephone as well."""
    by_code = told.named == Named.CODE
    contact = Contact() if by_code or known.contact is None else known.contact
    if told.phone and not by_code:
        contact = replace(contact, phone=told.phone)
    return NewPerson(
        sex=known.sex,
        names=() if by_code else (Name(told.family, told.given),),
        birth_date=None if by_code else known.birth_date,
        birth_year=known.birth_year,
        age=known.age,
        band=known.age_band if known.age_band != "unknown" else "",
        pin="" if by_code else known.pin,
        note="" if by_code else known.note,
        washington=known.washington,
        contact=contact,
    )
