"""What a referral says when it is first written down, whoever decided it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from kalka.guide.selectors import Offer
from kalka.referrals import effects
from kalka.referrals.models import Need, Referral


@dataclass(frozen=True, slots=True)
class Asked:
    """The organisation, the post asked there, the consent it rests on, and who gave it; of whoever does not work here
    only the last."""

    organisation: int | None
    post: int | None
    consent: UUID | None
    given_by: UUID


def asking(need: Need, offer: Offer, asked: Asked, row: Mapping[str, object], now: datetime) -> Referral:
    """Not saved yet. `row`: who writes it, and what is said beside the need."""
    hours, basis = effects.term(now)
    return Referral(
        **row,
        case_id=need.case_id,
        case_ref=need.case_ref,
        place=need.place,
        need=need,
        code=need.code,
        urgency=need.urgency,
        service_id=offer.id,
        service_name=dict(offer.name),
        provider_name=dict(offer.provider),
        organisation_id=asked.organisation,
        asked_id=asked.post,
        consent_id=asked.consent,
        agreed_by_id=asked.given_by,
        answer_by=now + timedelta(hours=hours) if hours is not None else None,
        basis=basis,
    )
