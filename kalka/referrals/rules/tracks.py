"""The ways through care after sexual violence and after trafficking, and how a step of one ends. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kalka.core.errors import DomainError
from kalka.referrals.rules.needs import LONGEST


class Kind(StrEnum):
    SEXUAL = "sexual_violence"
    TRAFFICKING = "trafficking"


class By(StrEnum):
    """Who did it, as far as is known. A stranger is as much a reason as a husband."""

    KNOWN = "known"
    STRANGER = "stranger"
    SEVERAL = "several"
    UNKNOWN = "unknown"


class Outcome(StrEnum):
    DONE = "done"
    REFUSED = "refused"  # by her; that is her right and closes nothing
    NOT_POSSIBLE = "not_possible"


@dataclass(frozen=True, slots=True)
class TrackStep:
    """A step of a way. `once`: to do it again must be explained. `number` stands in addresses, and tells nothing."""

    code: str
    number: int
    once: bool
    titles: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class NewTrack:
    kind: str
    by: str = By.UNKNOWN
    ago: str = "unknown"


def check_track(told: NewTrack, *, agos: Collection[str]) -> None:
    for name, code, known in (("kind", told.kind, list(Kind)), ("by", told.by, list(By)), ("ago", told.ago, agos)):
        if code not in known:
            raise DomainError("referrals.not_an_answer", field=name)


@dataclass(frozen=True, slots=True)
class NewTrackStep:
    outcome: str
    on: date
    told: str = field(default="", repr=False)


def check_track_step(told: NewTrackStep, step: TrackStep, *, before: int, today: date) -> None:
    """`before`: how often it was done. Refuses a day to come, and what is done once a second time without a reason."""
    if told.outcome not in list(Outcome):
        raise DomainError("referrals.not_an_answer", field="outcome")
    if told.on > today:
        raise DomainError("referrals.day_to_come", field="on", today=today)
    if told.outcome == Outcome.NOT_POSSIBLE and not told.told.strip():
        raise DomainError("referrals.say_why", field="told")
    if step.once and before and told.outcome == Outcome.DONE and not told.told.strip():
        raise DomainError("referrals.once_is_enough", field="told")
    if len(told.told) > LONGEST:
        raise DomainError("referrals.too_long", field="told", most=LONGEST)


def check_day_of_track(on: date, begun: date) -> None:
    """Care may have begun days before the way through it was written down, not years."""
    if (begun - on).days > 366:
        raise DomainError("referrals.day_too_old", field="on")
