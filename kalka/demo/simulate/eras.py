"""Spans of days under one law: what is written down on one of them is written down so on every other."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date

from kalka.core.clock import DAY
from kalka.lawbook import book
from kalka.lawbook.book import Law

# Of the law book, what the steps of a case ask for; other parts (programmes, liability) change no row of a file.
ASKED = ("intake.", "notice.", "order.", "risk.", "visit.", "child.")


@dataclass(frozen=True, slots=True)
class Era:
    first: date
    last: date
    terms: tuple[tuple[str, int], ...]  # every number that the law sets for a step

    @property
    def law(self) -> str:
        """Under which orders: of three days, or of thirty."""
        return "short" if dict(self.terms)["order.duration_days"] < 10 else "long"

    def latest(self, length: int) -> date:
        """The last day on which a course of so many days may begin and end here."""
        return self.last - length * DAY


def eras(since: date, until: date) -> tuple[Era, ...]:
    """From `since` to `until`, both included. Refuses with `lawbook.not_in_force` days before the law."""
    changes = sorted(day for day in _changes() if since < day <= until)
    starts = [since, *changes]
    ends = [*(day - DAY for day in changes), until]
    return tuple(Era(*one) for one in zip(starts, ends, map(_terms, starts), strict=True))


def _terms(day: date) -> tuple[tuple[str, int], ...]:
    """Under the same numbers a case goes the same way: only what its rows cite differs."""
    law = Law(day)
    found = ((key, law.get(key)) for key in _asked())
    return tuple((key, one.value) for key, one in found if one is not None and type(one.value) is int)


def _changes() -> set[date]:
    return {provision.since for key in _asked() for provision in book.history(key)}


def _asked() -> list[str]:
    return [key for key in book.keys() if key.startswith(ASKED)]


def era_of(found: tuple[Era, ...], day: date) -> int:
    return bisect_right([era.first for era in found], day) - 1
