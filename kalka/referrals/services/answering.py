"""What became of a referral: whoever was asked says so, or whoever sent it."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.permissions import Permission
from kalka.referrals import effects, selectors
from kalka.referrals.models import ReferralStep
from kalka.referrals.rules.referral import NewStep, check_step
from kalka.vault.rows import repeated


@command("referrals.answer", needs=Permission.REFERRAL_ANSWER)
def answer(actor: Actor, *, id: UUID, referral_id: UUID, told: NewStep, now: datetime) -> ReferralStep:
    """Of whoever was asked: seen, accepted, declined with a reason, help given, did not come.

    Without a consent that runs the referral is not there: AccessDenied. Refuses what cannot follow.
    """
    referral = selectors.get_received(actor, referral_id, now=now)
    content = [referral_id, asdict(told)]
    if again := repeated(ReferralStep, actor, id=id, content=content):
        return again
    check_step(told, by_sender=False, by_receiver=True)
    return effects.move(actor, referral, told, id=id, content=content, now=now)


@command("referrals.note_step", needs=Permission.REFERRAL_MAKE)
def note_step(
    actor: Actor, *, id: UUID, case_ref: str, referral_id: UUID, told: NewStep, now: datetime
) -> ReferralStep:
    """Of whoever works on the case: to take it back; and what a service said that is asked by telephone alone."""
    referral = selectors.get_referral(actor, case_ref, referral_id, now=now)
    content = [referral_id, asdict(told)]
    if again := repeated(ReferralStep, actor, id=id, content=content):
        return again
    check_step(told, by_sender=True, by_receiver=referral.organisation_id is None)
    return effects.move(actor, referral, told, id=id, content=content, now=now)
