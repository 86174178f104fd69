"""Where a referral stands, what may follow, and when somebody who does not answer is asked again. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from kalka.core.errors import DomainError, Stale
from kalka.referrals.rules.needs import LONGEST, Urgency


class Step(StrEnum):
    """What happened last is where it stands."""

    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    DONE = "done"
    NO_SHOW = "no_show"
    WITHDRAWN = "withdrawn"
    REROUTED = "rerouted"


_LEAVES = frozenset({Step.WITHDRAWN, Step.REROUTED})
NEXT: Mapping[Step, frozenset[Step]] = {
    Step.SENT: frozenset({Step.ACKNOWLEDGED, Step.ACCEPTED, Step.DECLINED}) | _LEAVES,
    Step.ACKNOWLEDGED: frozenset({Step.ACCEPTED, Step.DECLINED}) | _LEAVES,
    Step.ACCEPTED: frozenset({Step.DONE, Step.NO_SHOW}) | _LEAVES,
    Step.NO_SHOW: frozenset({Step.ACCEPTED}) | _LEAVES,
    Step.DECLINED: _LEAVES,
    Step.DONE: frozenset(),
    Step.WITHDRAWN: frozenset(),
    Step.REROUTED: frozenset(),
}
OVER = frozenset(step for step, after in NEXT.items() if not after)
UNANSWERED = frozenset({Step.SENT, Step.ACKNOWLEDGED})
WITH_SENDER = frozenset({Step.DECLINED, Step.NO_SHOW})  # whoever sent it must look for another way
ANSWERS = frozenset({Step.ACKNOWLEDGED, Step.ACCEPTED, Step.DECLINED, Step.DONE, Step.NO_SHOW})


class Why(StrEnum):
    """Why somebody declined, or why it was taken back."""

    FULL = "full"
    NOT_FOR_HER = "not_for_her"  # not for her, or not for those who come with her
    NOT_OURS = "not_ours"
    CLOSED = "closed"
    TOO_FAR = "too_far"
    NO_MEANS = "no_means"
    OTHER = "other"
    SHE_ASKED = "she_asked"
    NO_NEED = "no_need"
    MISTAKE = "mistake"
    CONSENT = "consent"  # taken back, or its last day passed


DECLINED_FOR = (Why.FULL, Why.NOT_FOR_HER, Why.NOT_OURS, Why.CLOSED, Why.TOO_FAR, Why.NO_MEANS, Why.OTHER)
WITHDRAWN_FOR = (Why.SHE_ASKED, Why.NO_NEED, Why.MISTAKE)


class Warm(StrEnum):
    """How she is handed over. A slip of paper is no hand-over."""

    TOGETHER = "together"  # somebody goes with her
    CALL = "call"  # a call made with her
    MESSAGE = "message"  # written here alone


def step(now: Step, to: Step) -> Step:
    """Refuses with `referrals.no_such_step` what cannot follow, also the same once more."""
    if to not in NEXT[now]:
        raise Stale("referrals.no_such_step")
    return to


def stands(last: str, *, agreed: bool) -> Step:
    """Where it stands by its last step and by the consent it rests on: without one nobody is asked for anything."""
    found = Step(last)
    return found if agreed or found in OVER else Step.WITHDRAWN


@dataclass(frozen=True, slots=True)
class NewStep:
    to: str
    why: str = ""
    told: str = field(default="", repr=False)


def check_step(told: NewStep, *, by_sender: bool, by_receiver: bool) -> None:
    """Refuses at its field an answer that is not theirs to give, and a decline or withdrawal without its reason."""
    allowed = {Step.WITHDRAWN} if by_sender else set()
    allowed |= set(ANSWERS) if by_receiver else set()
    if told.to not in allowed:
        raise DomainError("referrals.no_such_step")
    reasons: Mapping[str, Collection[str]] = {Step.DECLINED: DECLINED_FOR, Step.WITHDRAWN: WITHDRAWN_FOR}
    if told.why not in reasons.get(told.to, ("",)):
        raise DomainError("referrals.not_an_answer", field="why")
    if told.why == Why.OTHER and not told.told.strip():
        raise DomainError("referrals.say_why", field="told")
    if len(told.told) > LONGEST:
        raise DomainError("referrals.too_long", field="told", most=LONGEST)


@dataclass(frozen=True, slots=True)
class NewReferral:
    """One service asked for one need. `given_by` and `until`: a consent given with it, where none runs yet."""

    service_id: UUID
    warm: str
    handed: str = field(repr=False)  # what they need to know, as she agreed to it
    given_by: UUID | None = None
    until: date | None = None
    instead_of: UUID | None = None


def check_referral(told: NewReferral) -> None:
    if told.warm not in list(Warm):
        raise DomainError("referrals.not_an_answer", field="warm")
    if not told.handed.strip():
        raise DomainError("referrals.nothing_handed", field="handed")
    if len(told.handed) > LONGEST:
        raise DomainError("referrals.too_long", field="handed", most=LONGEST)


@dataclass(frozen=True, slots=True)
class Practice:
    """Internal rules: after how many hours without an answer they are asked again, and another way is looked for."""

    chase_after: Mapping[str, int]
    choose_again_after: Mapping[str, int]
    result_after_days: int
    undone_after_days: int

    def chase_at(self, sent_at: datetime, answer_by: datetime | None, urgency: str) -> datetime:
        """The term of the law where there is one, else the internal hours."""
        return answer_by or sent_at + timedelta(hours=self.chase_after[urgency])

    def choose_again_at(self, sent_at: datetime, answer_by: datetime | None, urgency: str) -> datetime:
        more = self.choose_again_after[urgency] - self.chase_after[urgency]
        return self.chase_at(sent_at, answer_by, urgency) + timedelta(hours=more)

    def result_by(self, now: datetime) -> datetime:
        return now + timedelta(days=self.result_after_days)

    def decide_by(self, urgency: str, now: datetime) -> datetime:
        """By when whoever sent it looks for another way after a no."""
        return now + timedelta(hours=self.chase_after[urgency])


def check_practice(practice: Practice) -> bool:
    """Every urgency has its hours, and the more urgent is never left waiting longer."""
    order = list(Urgency)
    for hours in (practice.chase_after, practice.choose_again_after):
        if set(hours) != set(order) or [hours[one] for one in order] != sorted(hours[one] for one in order):
            return False
    later = all(practice.chase_after[one] < practice.choose_again_after[one] for one in order)
    return (
        later
        and min(practice.chase_after.values()) > 0
        and min(practice.result_after_days, practice.undone_after_days) > 0
    )


_BANDS = ((0, "0"), (1, "1"), (3, "2-3"), (7, "4-7"), (30, "8-30"))


def band(days: int | None) -> str:
    """How long somebody waited, as figures tell it. None: they still wait."""
    if days is None:
        return "waiting"
    return next((name for most, name in _BANDS if days <= most), "31+")
