"""What is on record, as a page shows it and as a judgement keeps it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from kalka.risk import labels
from kalka.ui.text import StrOrPromise


@dataclass(frozen=True, slots=True)
class Recorded:
    """How often something is on record, and when it was last. Computed; asked of nobody."""

    code: str
    title: StrOrPromise
    times: int
    last: date | None
    days: int | None  # since then


def recorded(code: str, times: int, last: date | None, today: date) -> Recorded:
    return Recorded(code, labels.REGISTER[code], times, last, (today - last).days if last else None)


def written_down(lines: tuple[Recorded, ...]) -> list[list[object]]:
    """As a judgement keeps it: what was on record when it was made."""
    return [[one.code, one.times, one.last.isoformat() if one.last else None] for one in lines]


def as_it_was(kept: list[list[Any]], on: date) -> tuple[Recorded, ...]:
    """The same read back, counted from the day of the judgement."""
    return tuple(recorded(code, times, date.fromisoformat(last) if last else None, on) for code, times, last in kept)
