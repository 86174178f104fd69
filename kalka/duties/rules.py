"""When a duty is late, when it moves up, and who may end it. Pure: time and facts are passed in."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum

from kalka.core.clock import BISHKEK
from kalka.core.refs import LENGTH, LETTERS

INTERNAL = "internal"
PRACTICE = "practice"  # what an institution took over by an act of its own


class How(StrEnum):
    """How a duty ended. Those that go on in another row: handed over, moved, brought forward."""

    DONE = "done"
    WAIVED = "waived"
    HANDED_OVER = "handed_over"
    MOVED = "moved"
    BROUGHT_FORWARD = "brought_forward"
    CLOSED = "closed"  # a recurring duty, with its case


class Group(IntEnum):
    """The parts of Today, in their order. The same order is computed in sql/today.sql."""

    FIRST = -1  # cannot wait, whatever its term: by its kind, or this one
    LATE = 0
    TODAY = 1
    UNSET = 2  # the law sets no term
    WEEK = 3
    LATER = 4


def day_ends(now: datetime) -> tuple[datetime, datetime]:
    """The first moment after today, and after the sixth day from today, in Bishkek."""
    midnight = now.astimezone(BISHKEK).replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + timedelta(days=1), midnight + timedelta(days=7)


def group(due_at: datetime | None, now: datetime) -> Group:
    if due_at is None:
        return Group.UNSET
    if due_at < now:
        return Group.LATE
    tomorrow, week = day_ends(now)
    if due_at < tomorrow:
        return Group.TODAY
    return Group.WEEK if due_at < week else Group.LATER


def lateness(due_at: datetime | None, now: datetime) -> timedelta:
    """Nothing is late on its very moment, and what has no term is never late."""
    return max(now - due_at, timedelta(0)) if due_at is not None else timedelta(0)


def moves_up(due_at: datetime | None, held_since: datetime, hours: int, now: datetime, *, silent: int = 0) -> bool:
    """Whether a duty has been late in one post's hands for so long that it moves to the leading post.

    `silent`: where the law sets no term, what was handed over moves up after so many hours. An internal rule.
    """
    if due_at is None:
        return silent > 0 and now >= held_since + timedelta(hours=silent)
    return now >= max(due_at, held_since) + timedelta(hours=hours)


def is_sooner(asked: datetime | None, standing: datetime | None) -> bool:
    """Whether a new term must replace the standing one: a term is sooner than none."""
    return asked is not None and (standing is None or asked < standing)


def may_waive(*, internal: bool, own: bool, above: bool) -> bool:
    """A duty that rests on a law is waived by whoever stands above alone; an internal rule also by the post itself."""
    return above or (internal and own)


@dataclass(frozen=True, slots=True)
class About:
    """What a duty is about, in codes: a case by its reference, perhaps one thing in it; or one thing without a case."""

    ref: str = ""
    part: str = ""

    def __str__(self) -> str:
        return f"{self.ref}/{self.part}" if self.ref and self.part else self.ref or self.part


def read_about(text: str) -> About:
    first, _slash, rest = text.partition("/")
    is_ref = len(first) == LENGTH and set(first) <= set(LETTERS)
    return About(first, rest) if is_ref else About(part=text)


@dataclass(frozen=True, slots=True)
class Level:
    """A place among the levels of an edition: 3/4 is the third of four, counted from the lowest."""

    position: int
    count: int

    @property
    def is_high(self) -> bool:
        """The upper half of an edition's levels."""
        return self.position * 2 > self.count


def read_level(code: str) -> Level | None:
    """None where nothing was assessed yet."""
    position, _slash, count = code.partition("/")
    return Level(int(position), int(count)) if position.isdigit() and count.isdigit() else None
