"""What the protected person agrees to, and takes back."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from kalka.access import services as access
from kalka.access.rules import Scope
from kalka.cases import effects
from kalka.cases.models import Consent, ConsentWithdrawn
from kalka.cases.rules import NewConsent, check_consent
from kalka.cases.selectors import cast_of, get_case, get_consent, is_withdrawn
from kalka.core import clock
from kalka.core.actors import Actor, organisation_holder
from kalka.core.commands import command
from kalka.core.errors import DomainError, Stale
from kalka.core.permissions import Permission
from kalka.directory import selectors as directory
from kalka.history import services as history
from kalka.vault.rows import repeated, written


@command("cases.give_consent", needs=Permission.CASE_WORK)
def give_consent(actor: Actor, *, id: UUID, case_ref: str, told: NewConsent, now: datetime) -> Consent:
    """The organisation sees what was agreed from now until the end of the last day, and no longer.

    Refuses whoever may not speak in this case, and a guardian who is said to have done it.
    """
    case = get_case(actor, case_ref, now=now)
    content = asdict(told)
    if again := repeated(Consent, actor, id=id, content=content):
        return again
    today = clock.day_of(now)
    check_consent(told, cast_of(actor, case.subject_id, now=now), today=today)
    if told.organisation_id not in {one.id for one in directory.organisations()}:
        raise DomainError("cases.unknown_code", field="organisation_id")
    consent = Consent(
        **written(actor, id=id, subject_id=case.subject_id, content=content, now=now),
        case=case,
        organisation_id=told.organisation_id,
        purpose=told.purpose,
        scope=told.scope,
        given_by_id=told.given_by,
        given_on=today,
        until=told.until,
    )
    consent.save(force_insert=True)
    access.grant(
        case.subject_id,
        organisation_holder(told.organisation_id),
        why=effects.consent_why(consent.pk),
        now=now,
        scope=Scope(told.scope),
        until=effects.end_of(told.until),
    )
    history.append(actor, subject_id=case.subject_id, kind="consent_given", at=today, now=now)
    return consent


@command("cases.withdraw_consent", needs=Permission.CASE_WORK)
def withdraw_consent(actor: Actor, *, id: UUID, case_ref: str, consent_id: UUID, now: datetime) -> ConsentWithdrawn:
    """What the consent opened is shut with the next request. Refuses a consent that was withdrawn."""
    consent = get_consent(actor, case_ref, consent_id, now=now)
    if again := repeated(ConsentWithdrawn, actor, id=id, content=[consent.pk, "asked"]):
        return again
    if is_withdrawn(actor, consent):
        raise Stale("cases.consent_is_withdrawn")
    return effects.withdraw(actor, consent, id=id, why="asked", now=now)
