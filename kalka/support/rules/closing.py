"""On what a case may be closed: her own word on safety, or a listed reason that a second person agrees with."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from kalka.core.errors import DomainError
from kalka.support.rules.plan import Reached, known, not_long, worded

LEAST_TOLD = 20  # characters; fewer say nothing to whoever decides
ATTEMPTS, ATTEMPT_DAYS = 3, timedelta(days=90)  # an internal rule: on three different days of the last three months


class Feels(StrEnum):
    """What she says of her own safety."""

    SAFE = "safe"
    SAFER = "safer"
    SAME = "same"
    WORSE = "worse"


GOOD = (Feels.SAFE, Feels.SAFER)


class Reason(StrEnum):
    """Why there is no word of hers. That somebody took a complaint back is none of them."""

    UNREACHABLE = "unreachable"
    DECLINED = "declined"  # she wants no more contact
    MOVED = "moved"
    TWICE = "twice"
    NO_VIOLENCE = "no_violence"
    DIED = "died"


@dataclass(frozen=True, slots=True)
class NewWord:
    """`alone`: nobody else could hear. What was said before others counts for nothing."""

    feels: str
    alone: bool
    told: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class NewWithout:
    reason: str
    told: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Attempt:
    on: date
    reached: str


def check_word(told: NewWord) -> None:
    known("feels", told.feels, tuple(Feels))
    not_long("told", told.told)


def check_without(told: NewWithout, attempts: Sequence[Attempt], *, today: date) -> None:
    """Refuses too few words, and a reason the attempts that were written down do not bear out."""
    known("reason", told.reason, tuple(Reason))
    worded("told", told.told, least=LEAST_TOLD)
    if told.reason == Reason.UNREACHABLE and not tried_enough(attempts, today=today):
        raise DomainError("support.too_few_attempts", field="reason", least=ATTEMPTS)
    if told.reason == Reason.DECLINED and not any(one.reached == Reached.DECLINED for one in attempts):
        raise DomainError("support.no_such_contact", field="reason")


def tried_enough(attempts: Sequence[Attempt], *, today: date) -> bool:
    """On enough different days since she was last spoken with."""
    spoke = max((one.on for one in attempts if one.reached in (Reached.SPOKE, Reached.DECLINED)), default=date.min)
    first = max(spoke + timedelta(days=1), today - ATTEMPT_DAYS) if spoke > date.min else today - ATTEMPT_DAYS
    return len({one.on for one in attempts if first <= one.on <= today}) >= ATTEMPTS


def may_close(feels: str, alone: bool) -> bool:
    return alone and feels in GOOD
