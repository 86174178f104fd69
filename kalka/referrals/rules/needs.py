"""What somebody needs, what they say to it themselves, and whether the hours of urgent care have passed. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from kalka.core.errors import DomainError, Stale

LONGEST = 2000
POST_RAPE = "postrape"


class Urgency(StrEnum):
    NOW = "now"
    DAYS = "days"
    LATER = "later"


class Wish(StrEnum):
    """What the person says to it. Not asked is not refused."""

    WANTS = "wants"
    NOT_NOW = "not_now"
    REFUSES = "refuses"
    MET = "met"  # has it already, from wherever
    NOT_ASKED = "not_asked"


class Ago(StrEnum):
    """How long ago it was, when that was asked: at most so many hours."""

    DAY = "h24"
    THREE_DAYS = "h72"
    FIVE_DAYS = "h120"
    LATER = "later"
    UNKNOWN = "unknown"


_AT_MOST = {Ago.DAY: 24, Ago.THREE_DAYS: 72, Ago.FIVE_DAYS: 120}
_AT_LEAST = {Ago.DAY: 0, Ago.THREE_DAYS: 24, Ago.FIVE_DAYS: 72, Ago.LATER: 120}


class Window(StrEnum):
    """Whether care that helps within some hours still can. Where nothing is known it is never too late."""

    UNSET = "unset"  # the law book holds no number of hours
    OPEN = "open"
    MAYBE = "maybe"
    OVER = "over"


def window(ago: str, since_asked: timedelta, hours: int | None) -> Window:
    if hours is None:
        return Window.UNSET
    passed = since_asked / timedelta(hours=1)
    most, least = _AT_MOST.get(Ago(ago)), _AT_LEAST.get(Ago(ago))
    if most is not None and most + passed <= hours:
        return Window.OPEN
    return Window.OVER if least is not None and least + passed > hours else Window.MAYBE


@dataclass(frozen=True, slots=True)
class NewNeed:
    code: str
    urgency: str = Urgency.DAYS
    wish: str = Wish.WANTS


@dataclass(frozen=True, slots=True)
class NewIntake:
    """What was asked once. `ago` belongs to urgent care after rape and is empty where that is not needed."""

    needs: tuple[NewNeed, ...]
    ago: str = ""
    told: str = field(default="", repr=False)


def check_intake(told: NewIntake, *, known: Collection[str], there: Collection[str]) -> None:
    """Refuses nothing at all, a need twice, one that was written down before, and a code that is on no list."""
    if not told.needs:
        raise DomainError("referrals.no_need", field="needs")
    codes = [one.code for one in told.needs]
    for one in told.needs:
        _listed("needs", one.code, known)
        _listed("urgent", one.urgency, list(Urgency))
        _listed("refused", one.wish, list(Wish))
    if len(set(codes)) < len(codes) or set(codes) & set(there):
        raise Stale("referrals.need_is_there", field="needs")
    _listed("ago", told.ago, list(Ago) if POST_RAPE in codes else [""])
    if len(told.told) > LONGEST:
        raise DomainError("referrals.too_long", field="told", most=LONGEST)


@dataclass(frozen=True, slots=True)
class NewChoice:
    """Her word on a need, in her own words where she has some."""

    wish: str
    told: str = field(default="", repr=False)


def care_by(now: datetime, ago: str, hours: int | None) -> datetime | None:
    """By when urgent care is to be reached. None where the law book holds no hours; at once where little is known."""
    if hours is None:
        return None
    most = _AT_MOST.get(Ago(ago))
    return now if most is None else now + timedelta(hours=max(hours - most, 0))


def check_choice(told: NewChoice) -> None:
    _listed("wish", told.wish, [Wish.WANTS, Wish.NOT_NOW, Wish.REFUSES, Wish.MET])
    if len(told.told) > LONGEST:
        raise DomainError("referrals.too_long", field="told", most=LONGEST)


def _listed(name: str, code: str, known: Collection[str]) -> None:
    if code not in known:
        raise DomainError("referrals.not_an_answer", field=name)


# What a consent is given for, and who of an organisation is asked first: by need.
PURPOSES: Mapping[str, str] = {
    "safety": "social",
    "shelter": "shelter",
    "health": "medical",
    "postrape": "medical",
    "psychological": "psychological",
    "legal": "legal",
    "social": "social",
    "children": "social",
    "documents": "social",
    "work": "social",
    "money": "material",
}
_ANYBODY = ("crisis_worker", "social_worker", "window_coordinator")
ROLES: Mapping[str, tuple[str, ...]] = {
    "safety": ("police_inspector", *_ANYBODY),
    "shelter": ("shelter_worker", *_ANYBODY),
    "health": ("health_worker", *_ANYBODY),
    "postrape": ("health_worker", *_ANYBODY),
    "psychological": ("psychologist", *_ANYBODY),
    "legal": ("lawyer", *_ANYBODY),
    "children": ("child_protection", *_ANYBODY),
}


def asked_first(need: str) -> tuple[str, ...]:
    """The roles a referral is for, the fittest first."""
    return ROLES.get(need, _ANYBODY)
