"""The one door to a search of people: first what it is made for, then the search itself."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from kalka.core import clock
from kalka.core.actors import Actor
from kalka.core.errors import DomainError
from kalka.people import services, spending
from kalka.people.models import SearchMade
from kalka.people.rules.purpose import Refusal, Why
from kalka.people.searching import Found, search


@dataclass(frozen=True, slots=True, repr=False)
class Purpose:
    why: Why
    subject_id: UUID | None = None  # of a case
    duty_id: UUID | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Looked:
    found: Found
    search_id: UUID


def look(actor: Actor, query: str, purpose: Purpose, *, now: datetime, **narrower: Any) -> Looked:
    """Refuses `people.search_budget_spent`, `people.search_emergencies_spent`, `people.search_reason_owed`; what was
    refused counts as well. `narrower` as `people.search` takes it."""
    made = _made(actor, purpose, now)
    if made.refusal:
        raise _refused(actor, Refusal(made.refusal), now)
    return Looked(search(actor, query, now=now, **narrower), made.pk)


def _made(actor: Actor, purpose: Purpose, now: datetime) -> SearchMade:
    if purpose.why is Why.CASE and purpose.subject_id is not None:
        return services.search_from_case(actor, subject_id=purpose.subject_id, now=now)
    if purpose.why is Why.DUTY and purpose.duty_id is not None:
        return services.search_from_duty(actor, duty_id=purpose.duty_id, now=now)
    if purpose.why is Why.EMERGENCY:
        return services.search_in_emergency(actor, now=now)
    return services.search_with_reason(actor, reason=purpose.reason, now=now)


def _refused(actor: Actor, why: Refusal, now: datetime) -> DomainError:
    spent = spending.spent(actor.user_id, now=now)
    if why is Refusal.OWED:
        return DomainError("people.search_reason_owed")
    if why is Refusal.EMERGENCIES:
        return DomainError("people.search_emergencies_spent", most=spent.most_emergencies)
    return DomainError("people.search_budget_spent", most=spent.budget, again=spending.tomorrow(clock.day_of(now)))
