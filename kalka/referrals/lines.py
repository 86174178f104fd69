"""Needs and referrals as a page shows them, without anything sealed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import get_language

from kalka.cases import selectors as cases
from kalka.core.actors import Actor
from kalka.core.clock import day_of
from kalka.core.refs import show_ref
from kalka.guide.rules import said
from kalka.referrals.models import Need, Referral
from kalka.referrals.rules.needs import Wish
from kalka.referrals.rules.referral import OVER, UNANSWERED, WITH_SENDER, Step, stands

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class NeedLine:
    id: UUID
    ref: str
    code: str
    urgency: str
    says: str
    ago: str
    recorded_at: datetime

    @property
    def shown_ref(self) -> str:
        return show_ref(self.ref)

    @property
    def wanted(self) -> bool:
        return self.says == Wish.WANTS


@dataclass(frozen=True, slots=True)
class ReferralLine:
    """`state` is where it stands with its consent looked at; `since` is when it came to stand there."""

    id: UUID
    ref: str
    subject_id: UUID
    need_id: UUID
    code: str
    urgency: str
    service: Words
    provider: Words
    service_id: UUID
    organisation_id: int | None
    asked_id: int | None
    sender_id: int | None
    state: Step
    why: str
    warm: str
    sent_at: datetime
    since: datetime
    answer_by: datetime | None
    term_is_set: bool

    @property
    def shown_ref(self) -> str:
        return show_ref(self.ref)

    @property
    def service_here(self) -> str:
        return _here(self.service)

    @property
    def provider_here(self) -> str:
        return _here(self.provider)

    @property
    def open(self) -> bool:
        return self.state not in OVER

    @property
    def unanswered(self) -> bool:
        return self.state in UNANSWERED

    @property
    def with_sender(self) -> bool:
        return self.state in WITH_SENDER

    @property
    def outside(self) -> bool:
        """Asked by telephone: they do not work with this installation."""
        return self.organisation_id is None

    def waits(self, now: datetime) -> int:
        """Whole days somebody has waited since it was sent."""
        return max((day_of(now) - day_of(self.sent_at)).days, 0)


def need_line(need: Need) -> NeedLine:
    """Of `wished()`."""
    return NeedLine(need.pk, need.case_ref, need.code, need.urgency, need.says, need.ago, need.recorded_at)


def lines(actor: Actor, referrals: Iterable[Referral], *, now: datetime) -> tuple[ReferralLine, ...]:
    """Of referrals of `staged()`, at a moment. One statement more, however many they are."""
    found = list(referrals)
    asked = {(one.subject_id, one.consent_id) for one in found if one.consent_id and one.last not in OVER}
    agreed = cases.still_open(actor, asked, now=now)
    return tuple(_line(one, one.consent_id is None or one.consent_id in agreed) for one in found)


def _line(row: Referral, agreed: bool) -> ReferralLine:
    return ReferralLine(
        id=row.pk,
        ref=row.case_ref,
        subject_id=row.subject_id,
        need_id=row.need_id,
        code=row.code,
        urgency=row.urgency,
        service=row.service_name,
        provider=row.provider_name,
        service_id=row.service_id,
        organisation_id=row.organisation_id,
        asked_id=row.asked_id,
        sender_id=row.post_id,
        state=stands(row.last, agreed=agreed),
        why=row.why,
        warm=row.warm,
        sent_at=row.recorded_at,
        since=row.last_at,
        answer_by=row.answer_by,
        term_is_set=row.basis.get("value") is not None,
    )


def _here(words: Words) -> str:
    return said(words, (get_language() or "ky")[:2])[0]
