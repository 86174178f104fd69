"""What somebody needs is asked once; what they say to it later is kept beside it."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from kalka.access import selectors as access
from kalka.cases import selectors as cases
from kalka.cases.rules import Stage
from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.errors import DomainError, Stale
from kalka.core.permissions import Permission
from kalka.core.refs import derived
from kalka.guide.taxonomy import TAXONOMY
from kalka.referrals import effects, selectors
from kalka.referrals.models import Choice, Intake, Need
from kalka.referrals.rules.needs import POST_RAPE, NewChoice, NewIntake, check_choice, check_intake
from kalka.vault.rows import repeated, written


@command("referrals.note_needs", needs=Permission.REFERRAL_MAKE)
def note_needs(actor: Actor, *, id: UUID, case_ref: str, told: NewIntake, now: datetime) -> Intake:
    """Everything that is needed, at once. What turns out later is added; no kind of help is written down twice.

    Refuses a closed case, a code on no list, and a need the case has.
    """
    case = cases.get_case(actor, case_ref, now=now)
    content = asdict(told)
    if again := repeated(Intake, actor, id=id, content=content):
        return again
    if case.stage == Stage.CLOSED:
        raise DomainError("referrals.case_closed")
    there = Need.objects.filter(case=case).values_list("code", flat=True)
    check_intake(told, known=TAXONOMY.needs, there=list(there))
    shared = written(actor, id=id, subject_id=case.subject_id, content=content, now=now)
    intake = Intake(**shared, case=case, case_ref=case.ref)
    if told.told.strip():
        access.keys_for(actor, case.subject_id, now=now).put(intake, "told", told.told.strip())
    intake.save(force_insert=True)
    for one in told.needs:
        need = Need(
            **written(actor, id=derived(id, one.code), subject_id=case.subject_id, content=[id, one.code], now=now),
            intake=intake,
            case=case,
            case_ref=case.ref,
            place=case.place,
            code=one.code,
            urgency=one.urgency,
            wish=one.wish,
            ago=told.ago if one.code == POST_RAPE else "",
        )
        need.save(force_insert=True)
        effects.work_on(actor, need, one.wish, now=now)
    return intake


@command("referrals.choose", needs=Permission.REFERRAL_MAKE)
def choose(
    actor: Actor, *, id: UUID, case_ref: str, need_id: UUID, told: NewChoice, now: datetime, seen: str | None = None
) -> Choice:
    """What she says to it now. What she refuses is asked of nobody from here on; what was sent is hers to take back.

    `seen`: how often it was asked before; refuses with `referrals.changed_meanwhile` where it is more by now.
    """
    need = selectors.get_need(actor, case_ref, need_id, now=now)
    content = [need_id, asdict(told)]
    if again := repeated(Choice, actor, id=id, content=content):
        return again
    check_choice(told)
    Need.objects.select_for_update().get(pk=need.pk)
    before = selectors.choices_made(actor, need)
    if seen is not None and seen != str(before):
        raise Stale("referrals.changed_meanwhile")
    row = Choice(
        **written(actor, id=id, subject_id=need.subject_id, content=content, now=now),
        need=need,
        number=before + 1,
        wish=told.wish,
    )
    if told.told.strip():
        access.keys_for(actor, need.subject_id, now=now).put(row, "told", told.told.strip())
    row.save(force_insert=True)
    effects.work_on(actor, need, told.wish, now=now)
    return row
