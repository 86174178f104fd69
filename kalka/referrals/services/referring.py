"""One organisation is asked for one need, as she agreed."""

from dataclasses import asdict
from datetime import date, datetime
from uuid import UUID

from kalka.access import selectors as access
from kalka.cases import selectors as cases
from kalka.cases import services as case_services
from kalka.cases.rules import NewConsent, Stage
from kalka.core.actors import Actor
from kalka.core.clock import day_of
from kalka.core.commands import command
from kalka.core.errors import DomainError, Stale
from kalka.core.permissions import Permission
from kalka.core.refs import derived
from kalka.duties import services as duties
from kalka.guide import selectors as guide
from kalka.guide.rules import Status
from kalka.guide.selectors import Offer
from kalka.referrals import effects, selectors
from kalka.referrals.lines import lines
from kalka.referrals.models import Need, Referral
from kalka.referrals.rules.needs import PURPOSES, Wish
from kalka.referrals.rules.referral import NewReferral, NewStep, Step, check_referral
from kalka.referrals.sending import Asked, asking
from kalka.vault.rows import repeated, written


@command("referrals.refer", needs=Permission.REFERRAL_MAKE)
def refer(actor: Actor, *, id: UUID, case_ref: str, need_id: UUID, told: NewReferral, now: datetime) -> Referral:
    """Ask one service for one need. A consent that runs is used; one given with it is written down in the same step.

    With `instead_of` the referral it takes the place of is closed in the same step. Refuses a closed case, help she did
    not say she wants, a service that is not for it or was asked and has not finished, and to tell without her consent.
    """
    need = selectors.get_need(actor, case_ref, need_id, now=now)
    content = [need_id, asdict(told)]
    if again := repeated(Referral, actor, id=id, content=content):
        return again
    if cases.get_case(actor, case_ref, now=now).stage == Stage.CLOSED:
        raise DomainError("referrals.case_closed")
    check_referral(told)
    Need.objects.select_for_update().get(pk=need.pk)
    if Need.objects.wished().get(pk=need.pk).says != Wish.WANTS:
        raise Stale("referrals.she_did_not_ask")
    offer = _offer(told.service_id, need.code, now)
    _not_twice(actor, need, told, now)
    referral = _new(actor, need, offer, told, id=id, content=content, now=now)
    keys = access.keys_for(actor, need.subject_id, now=now)
    keys.put(referral, "handed", told.handed.strip())
    if referral.instead_of is not None:
        rerouted = NewStep(Step.REROUTED)
        old = derived(id, "rerouted")
        effects.move(actor, referral.instead_of, rerouted, id=old, content=[id], now=now)
    referral.save(force_insert=True)
    effects.first(actor, referral, now=now)
    duties.end_for(effects.CARE, subject_id=need.subject_id, about=effects.about(need), now=now, actor=actor)
    return referral


def _offer(service_id: UUID, need: str, now: datetime) -> Offer:
    offer = guide.offer(service_id, today=day_of(now))
    if offer is None or offer.status != Status.ACTIVE or need not in offer.needs:
        raise DomainError("referrals.no_such_service", field="service_id")
    return offer


def _not_twice(actor: Actor, need: Need, told: NewReferral, now: datetime) -> None:
    """The same service is not asked twice at once. What another takes the place of is no longer asked by then."""
    rows = Referral.objects.unfinished().filter(need=need, service=told.service_id)
    if any(one.open and one.id != told.instead_of for one in lines(actor, rows, now=now)):
        raise Stale("referrals.asked_already", field="service_id")


def _new(
    actor: Actor, need: Need, offer: Offer, told: NewReferral, *, id: UUID, content: object, now: datetime
) -> Referral:
    shared = written(actor, id=id, subject_id=need.subject_id, content=content, now=now)
    more = {"warm": told.warm, "instead_of": _instead(actor, need, told, now)}
    return asking(need, offer, _agreed(actor, need, offer, told, id=id, now=now), shared | more, now)


def _instead(actor: Actor, need: Need, told: NewReferral, now: datetime) -> Referral | None:
    """Whether it may still be closed is asked where it is closed."""
    if told.instead_of is None:
        return None
    old = selectors.get_referral(actor, need.case_ref, told.instead_of, now=now)
    if old.need_id != need.pk:
        raise DomainError("referrals.not_an_answer", field="instead_of")
    return old


def _agreed(actor: Actor, need: Need, offer: Offer, told: NewReferral, *, id: UUID, now: datetime) -> Asked:
    if offer.organisation_id is None:
        return Asked(None, None, None, _speaker(actor, need, told.given_by, now))
    post = effects.receiving_post(offer.organisation_id, need.code, need.subject_id, now)
    purpose = PURPOSES[need.code]
    if selectors.has_consent(actor, need.case_ref, organisation_id=offer.organisation_id, need=need.code, now=now):
        consent = cases.require_consent(
            actor, need.case_ref, organisation_id=offer.organisation_id, purpose=purpose, now=now
        )
        return Asked(offer.organisation_id, post, consent.pk, consent.given_by_id)
    given_by, until = _given(told)
    fresh = NewConsent(organisation_id=offer.organisation_id, purpose=purpose, given_by=given_by, until=until)
    consent = case_services.give_consent(actor, id=derived(id, "consent"), case_ref=need.case_ref, told=fresh, now=now)
    return Asked(offer.organisation_id, post, consent.pk, given_by)


def _given(told: NewReferral) -> tuple[UUID, date]:
    if told.given_by is None:
        raise DomainError("referrals.consent_missing", field="given_by")
    if told.until is None:
        raise DomainError("referrals.consent_missing", field="until")
    return told.given_by, told.until


def _speaker(actor: Actor, need: Need, person: UUID | None, now: datetime) -> UUID:
    """Also by telephone nobody is told of her without her word."""
    if person is None or person not in cases.speakers(actor, need.subject_id, now=now):
        raise DomainError("referrals.consent_missing", field="given_by")
    return person
