"""When work with a family continues, and which numbers are shown to those who may not know which they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

SMALLEST = 5  # a number below it would tell who it is


class State(StrEnum):
    CONTINUING = "continuing"
    LAPSED = "lapsed"  # nobody spoke with them within the term
    UNSET = "unset"  # no term is set: nobody can say
    ENDED = "ended"


def state(*, noted: date, spoke: date | None, ended: date | None, on: date, term: int | None) -> State:
    """Where the work with a family stands on a day. Noting it counts as the first contact.

    `term`: the days within which somebody speaks with it. Without one nobody can say whether work continues.
    """
    if ended is not None and ended <= on:
        return State.ENDED
    if term is None:
        return State.UNSET
    last = max(noted, spoke) if spoke is not None else noted
    return State.CONTINUING if (on - last).days <= term else State.LAPSED


def in_time(contact: date, *, promised: date | None) -> bool | None:
    """Whether a contact came by the day that was agreed on. None where none was."""
    return None if promised is None else contact <= promised


@dataclass(frozen=True, slots=True)
class Shown:
    """`None`: there are some, and how many is not said."""

    total: int | None
    parts: Mapping[str, int | None]


def shown(parts: Mapping[str, int]) -> Shown:
    """Numbers that tell of nobody: none from one to four, and none that the others give away.

    Where one part alone would be left out, the smallest of the rest goes with it; where that cannot help, the total.
    """
    total = sum(parts.values())
    if 0 < total < SMALLEST:
        return Shown(None, dict.fromkeys(parts))
    hidden = {code for code, number in parts.items() if 0 < number < SMALLEST}
    others = sorted((number, code) for code, number in parts.items() if code not in hidden and number)
    if hidden and sum(parts[code] for code in hidden) < 2 * SMALLEST and others:
        hidden.add(others[0][1])
    safe = not hidden or len(hidden) > 1 and sum(parts[code] for code in hidden) >= SMALLEST
    return Shown(total if safe else None, {code: None if code in hidden else number for code, number in parts.items()})


@dataclass(frozen=True, slots=True)
class Due:
    """What the agenda of a sitting may take up, by the code of the case."""

    case_ref: str
    case_subject: UUID
    why: str  # "contact", "help", "lapsed"
    since: date
