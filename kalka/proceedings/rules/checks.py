"""What is refused, and what follows from what was told."""

import re
from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Protocol
from uuid import UUID

from kalka.core.clock import day_of
from kalka.core.errors import DomainError
from kalka.proceedings.rules.codes import (
    COURSE,
    LONGEST_AHEAD,
    LONGEST_NUMBER,
    LONGEST_TEXT,
    MOST,
    MOST_SESSIONS,
    WITHOUT_JUDGEMENT,
    Custody,
    Freed,
    How,
    Keeper,
    Measured,
    Reason,
    Register,
    Sentence,
    Weapon,
)
from kalka.proceedings.rules.told import NewCustody, NewEnd, NewProceeding, NewStep, NewWeapon

_ARTICLE = re.compile(r"\d{1,3}(-\d{1,2})?")


class Ground(Protocol):
    """What a ground asks for, and whether the law of a day knows it."""

    @property
    def asks(self) -> Collection[str]: ...
    def stands(self, on: date) -> bool: ...


def check_proceeding(told: NewProceeding, ground: Ground, *, alleged: Collection[UUID], today: date) -> None:
    """Refuses a ground the law of its day does not know, and one without what it rests on.

    That somebody did not come is no evasion by itself: how often, of how many, and that he was warned is told.
    """
    among("person", told.person, alleged, "proceedings.not_said_to_have_done_it")
    past("on", told.on, today)
    if not ground.stands(told.on):
        raise DomainError("proceedings.no_such_ground_then", field="ground")
    if ("article" in ground.asks) != bool(told.article) or (told.article and not _ARTICLE.fullmatch(told.article)):
        raise DomainError("proceedings.article_unfit", field="article")
    if "bans" in ground.asks and not told.bans:
        raise DomainError("proceedings.no_bans", field="bans")
    if "sessions" in ground.asks:
        _check_sessions(told)
    check_number(told.register, told.number)
    short("told", told.told)


def _check_sessions(told: NewProceeding) -> None:
    missed, of = told.sessions_missed, told.sessions_set
    if of is None or not 1 <= of <= MOST_SESSIONS:
        raise DomainError("proceedings.sessions_unfit", field="sessions_set", most=MOST_SESSIONS)
    if missed is None or not 1 <= missed <= of:
        raise DomainError("proceedings.missed_unfit", field="sessions_missed")
    if told.warned_on is None or told.warned_on > told.on:
        raise DomainError("proceedings.not_warned", field="warned_on")


def check_step(told: NewStep, course: str, *, begun: date, today: date) -> None:
    among("stage", told.stage, COURSE[course], "proceedings.not_an_answer")
    between("on", told.on, begun, today)
    check_number(told.register, told.number)
    short("told", told.told)


def check_end(told: NewEnd, *, begun: date, now: datetime) -> None:
    """Who judged says what; who refused or dropped says why. Refuses an amount nobody could mean."""
    among("how", told.how, tuple(How), "proceedings.not_an_answer")
    between("on", told.on, begun, day_of(now))
    if told.how in WITHOUT_JUDGEMENT:
        among("reason", told.reason, tuple(Reason), "proceedings.not_an_answer")
        if told.reason == Reason.OTHER and not told.told.strip():
            raise DomainError("proceedings.which_reason", field="told")
    if told.how == How.GUILTY:
        among("sentence", told.sentence, tuple(Sentence), "proceedings.not_an_answer")
        if told.sentence != Sentence.OTHER and not 1 <= (told.amount or 0) <= MOST[told.sentence]:
            raise DomainError("proceedings.amount_unfit", field="amount", most=MOST[told.sentence])
    if told.arrested_at is not None and told.arrested_at > now:
        raise DomainError("proceedings.moment_to_come", field="arrested_at")
    short("told", told.told)


def measured(amount: int, least: int | None, most: int | None) -> Measured:
    """A court's word stands as it is: what the law of the day does not allow is marked, not refused."""
    if least is None or most is None:
        known_to_break = (most is not None and amount > most) or (least is not None and amount < least)
        return Measured.OUTSIDE if known_to_break else Measured.UNSET
    return Measured.WITHIN if least <= amount <= most else Measured.OUTSIDE


def ends_of_arrest(begun_at: datetime, days: int) -> datetime:
    """Full days and nights from the very moment it began: fourteen are fourteen times 24 hours."""
    return begun_at + timedelta(hours=24 * days)


def check_custody(told: NewCustody, *, alleged: Collection[UUID], now: datetime) -> None:
    among("person", told.person, alleged, "proceedings.not_said_to_have_done_it")
    among("kind", told.kind, tuple(Custody), "proceedings.not_an_answer")
    among("keeper", told.keeper, tuple(Keeper), "proceedings.not_an_answer")
    if told.begun_at > now:
        raise DomainError("proceedings.moment_to_come", field="begun_at")
    if told.until is not None:
        check_until(told.until, told.begun_at)


def check_until(until: datetime, begun_at: datetime) -> None:
    if not begun_at < until <= begun_at + LONGEST_AHEAD:
        raise DomainError("proceedings.until_unfit", field="until")


def check_freed(at: datetime, how: str, *, begun_at: datetime, now: datetime) -> None:
    among("how", how, tuple(Freed), "proceedings.not_an_answer")
    if not begun_at <= at <= now:
        raise DomainError("proceedings.freed_unfit", field="at")


def came_unforeseen(at: datetime, how: str, until: datetime | None) -> bool:
    """Nobody could have been told in time: it was not planned, or it came earlier than planned."""
    return how == Freed.FLED or until is None or at < until - timedelta(hours=1)


def check_weapon(told: NewWeapon, *, alleged: Collection[UUID], today: date) -> None:
    among("person", told.person, alleged, "proceedings.not_said_to_have_done_it")
    among("what", told.what, tuple(Weapon), "proceedings.not_an_answer")
    past("on", told.on, today)
    short("told", told.told)


def check_number(register: str, number: str) -> None:
    """Both, or neither."""
    if register:
        among("register", register, tuple(Register), "proceedings.not_an_answer")
    if bool(register) != bool(number.strip()) or len(number) > LONGEST_NUMBER:
        raise DomainError("proceedings.number_unfit", field="number", most=LONGEST_NUMBER)


def among(name: str, value: object, allowed: Collection[object], code: str) -> None:
    if value not in allowed:
        raise DomainError(code, field=name)


def past(name: str, on: date, today: date) -> None:
    if on > today:
        raise DomainError("proceedings.day_to_come", field=name)


def between(name: str, on: date, first: date, today: date) -> None:
    past(name, on, today)
    if on < first:
        raise DomainError("proceedings.before_it_began", field=name, day=first)


def short(name: str, words: str) -> None:
    if len(words) > LONGEST_TEXT:
        raise DomainError("proceedings.too_long", field=name, most=LONGEST_TEXT)
