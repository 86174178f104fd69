"""What the two do: speak with the family, help with documents, ask others for help, end their work."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from kalka.access import selectors as access
from kalka.cases import services as cases
from kalka.committees import services as committees
from kalka.core import clock
from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.errors import DomainError
from kalka.core.permissions import Permission
from kalka.core.refs import derived
from kalka.duties import services as duties
from kalka.families import asking, practice, rules, selectors
from kalka.families.means import CONTACT, with_means
from kalka.families.models import FamilyAtRisk, FamilyContact, FamilyEnd, Work
from kalka.families.rules import ASKED, Kind, NewContact, NewEnd, NewWork
from kalka.families.seating import next_contact
from kalka.referrals import selectors as referrals
from kalka.referrals import services as referral_services
from kalka.referrals.rules.needs import NewChoice, NewIntake, NewNeed, Urgency, Wish
from kalka.support import services as support
from kalka.vault.rows import repeated, written


@command("families.contact", needs=Permission.FAMILY_NOTE)
def record_contact(actor: Actor, *, id: UUID, case_ref: str, told: NewContact, now: datetime) -> FamilyContact:
    """Somebody of the two spoke with the family or tried to. The next day is a duty of whoever agreed on it.

    Refuses `families.ended`, a day to come, and a next day for whoever wants no more contact.
    """
    family = selectors.get_family(actor, case_ref, now=now)
    content = asdict(told)
    if again := repeated(FamilyContact, actor, id=id, content=content):
        return again
    family = selectors.working(actor, case_ref, now=now)
    rules.check_contact(told, since=family.noted_on, today=clock.day_of(now))
    row = FamilyContact(
        **written(actor, id=id, subject_id=family.subject_id, content=content, now=now),
        family=family,
        way=told.way,
        met=told.met,
        on=told.on,
        promised=selectors.promised(actor, family, now=now),
        next_on=told.next_on,
    )
    if told.told.strip():
        access.keys_for(actor, family.subject_id, now=now).put(row, "told", told.told.strip())
    row.save(force_insert=True)
    next_contact(actor, family, told.next_on, now=now)
    committees.worked(family.organisation_id, "contact", on=told.on)
    return row


@command("families.work", needs=Permission.FAMILY_NOTE)
def record_work(actor: Actor, *, id: UUID, case_ref: str, told: NewWork, now: datetime) -> Work:
    """One of the listed kinds of work, with the record it leads to.

    A shelter, an advocate of the state, a psychologist and, since the law gave them to others, a corrective programme
    are asked for: with the person's agreement, whoever does social work there joins the case and finds who helps.
    """
    family = selectors.get_family(actor, case_ref, now=now)
    content = asdict(told)
    if again := repeated(Work, actor, id=id, content=content):
        return again
    family = selectors.working(actor, case_ref, now=now)
    by_others = practice.programme_by_others(told.on)
    rules.check_work(told, since=family.noted_on, today=clock.day_of(now), programme_by_others=by_others)
    asked = rules.is_asked(told, programme_by_others=by_others)
    need = _ask_for(actor, family, told, id=id, now=now) if asked else None
    step = _document(actor, family, told, id=id, now=now) if told.kind == Kind.DOCUMENTS else None
    row = Work(
        **written(actor, id=id, subject_id=family.subject_id, content=content, now=now),
        family=family,
        kind=told.kind,
        on=told.on,
        asked=asked,
        need_id=need,
        step_id=step,
    )
    row.save(force_insert=True)
    return row


@command("families.end", needs=Permission.FAMILY_NOTE)
def record_outcome(actor: Actor, *, id: UUID, case_ref: str, told: NewEnd, now: datetime) -> FamilyEnd:
    """The work of the committee ended, and how. The case is closed with it, unless others work on it.

    Refuses `families.help_waits` while somebody was asked to find help, and `families.crossed` for what has passed
    where violence was told: that is said by those who work on the report.
    """
    family = selectors.get_family(actor, case_ref, now=now)
    content = asdict(told)
    if again := repeated(FamilyEnd, actor, id=id, content=content):
        return again
    family = selectors.working(actor, case_ref, now=now)
    rules.check_end(told, since=family.noted_on, today=clock.day_of(now))
    if selectors.help_waits(actor, family, now=now):
        raise DomainError("families.help_waits")
    if told.how == rules.End.PASSED and family.crossings.exists():
        raise DomainError("families.crossed", field="how")
    row = FamilyEnd(
        **written(actor, id=id, subject_id=family.subject_id, content=content, now=now),
        family=family,
        how=told.how,
        on=told.on,
    )
    if told.told.strip():
        access.keys_for(actor, family.subject_id, now=now).put(row, "told", told.told.strip())
    row.save(force_insert=True)
    duties.end_for(CONTACT, subject_id=family.subject_id, now=now, actor=actor)
    asking.asks_end(actor, family, now=now)
    _close(actor, family, told.how, id=id, now=now)
    return row


def _ask_for(actor: Actor, family: FamilyAtRisk, told: NewWork, *, id: UUID, now: datetime) -> UUID:
    """The need in words that hold everywhere, and whoever does social work in the place to see to it."""
    asking.social_worker(family, now)
    code = ASKED[Kind(told.kind)]
    able = with_means(actor, Permission.CASE_WORK, Permission.REFERRAL_MAKE)
    there = {one.code: one for one in referrals.needs_of(able, family.subject_id, now=now)}
    if code not in there:
        urgency = Urgency.NOW if told.urgent else Urgency.DAYS
        intake = NewIntake(needs=(NewNeed(code, urgency),))
        referral_services.note_needs(able, id=derived(id, "needs"), case_ref=family.case_ref, told=intake, now=now)
        there = {one.code: one for one in referrals.needs_of(able, family.subject_id, now=now)}
    need = there[code]
    if not need.wanted:  # a sitting wrote it down, or she said otherwise before: now she agrees
        said, ref = NewChoice(Wish.WANTS), family.case_ref
        referral_services.choose(able, id=derived(id, "says"), case_ref=ref, need_id=need.id, told=said, now=now)
        asking.was_asked(actor, family, need.id, now=now)
    asking.find_help(actor, family, need.id, id=id, now=now)
    return need.id


def _document(actor: Actor, family: FamilyAtRisk, told: NewWork, *, id: UUID, now: datetime) -> UUID:
    able = with_means(actor, Permission.SUPPORT_WORK)
    step = support.note_document(
        able,
        id=derived(id, "document"),
        case_ref=family.case_ref,
        kind=told.document,
        state=told.state,
        on=told.on,
        organisation=family.organisation_id,
        now=now,
    )
    return step.pk


def _close(actor: Actor, family: FamilyAtRisk, how: str, *, id: UUID, now: datetime) -> None:
    """A case in which others work goes on without the committee."""
    if selectors.others(actor, family, now=now) or family.crossings.exists():
        return
    able = with_means(actor, Permission.CASE_CLOSE)
    cases.mark_closed(able, id=derived(id, "closed"), case_ref=family.case_ref, why=f"family_{how}", now=now)
    duties.end_with_case(actor, subject_id=family.subject_id, now=now)
