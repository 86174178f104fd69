"""Those who help at one table: who is asked to come, what is decided, by whom and by when. Pure."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from kalka.core.errors import DomainError
from kalka.referrals.rules.needs import LONGEST

MOST_POSTS, MOST_DECISIONS = 15, 12
AHEAD = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class NewConference:
    at: datetime
    posts: tuple[int, ...]
    where: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class NewDecision:
    owner: int
    by: date
    what: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class NewMinutes:
    """`her_word`: what she says to what is decided about her. She may not have been there; she is always asked."""

    came: tuple[int, ...]
    said: str = field(repr=False)
    her_word: str = field(default="", repr=False)
    decisions: tuple[NewDecision, ...] = ()


def check_conference(told: NewConference, *, now: datetime) -> None:
    if not told.posts:
        raise DomainError("referrals.nobody_invited", field="posts")
    if len(told.posts) > MOST_POSTS or len(set(told.posts)) < len(told.posts):
        raise DomainError("referrals.too_many", field="posts", most=MOST_POSTS)
    if not now - timedelta(hours=12) <= told.at <= now + AHEAD:
        raise DomainError("referrals.not_that_day", field="at")
    if len(told.where) > LONGEST:
        raise DomainError("referrals.too_long", field="where", most=LONGEST)


def check_minutes(told: NewMinutes, *, invited: frozenset[int], today: date) -> None:
    """Refuses minutes that say nothing, and a decision of somebody who was not invited or for a day that is gone."""
    if not told.said.strip():
        raise DomainError("referrals.nothing_said", field="said")
    if len(told.said) > 2 * LONGEST or len(told.her_word) > LONGEST:
        raise DomainError("referrals.too_long", field="said", most=2 * LONGEST)
    if not set(told.came) <= invited:
        raise DomainError("referrals.not_invited", field="came")
    if len(told.decisions) > MOST_DECISIONS:
        raise DomainError("referrals.too_many", field="what", most=MOST_DECISIONS)
    for one in told.decisions:
        _check_decision(one, invited, today)


def _check_decision(told: NewDecision, invited: frozenset[int], today: date) -> None:
    if told.owner not in invited:
        raise DomainError("referrals.not_invited", field="owner")
    if told.by < today:
        raise DomainError("referrals.day_gone", field="by", today=today)
    if not told.what.strip():
        raise DomainError("referrals.nothing_decided", field="what")
    if len(told.what) > LONGEST:
        raise DomainError("referrals.too_long", field="what", most=LONGEST)
