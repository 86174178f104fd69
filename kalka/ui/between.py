"""The days a list is narrowed to, as an address says them. What cannot be read is not asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kalka.ui import writing

EARLIEST, LATEST = date(1990, 1, 1), date(2100, 12, 31)


@dataclass(frozen=True, slots=True)
class Between:
    """From a day to a day, both in it; either may be open."""

    since: date | None = None
    until: date | None = None

    def __bool__(self) -> bool:
        return bool(self.since or self.until)

    def __contains__(self, day: date) -> bool:
        return (self.since is None or day >= self.since) and (self.until is None or day <= self.until)

    def meets(self, first: date, last: date | None) -> bool:
        """Whether a term has a day in it; a term without a last day runs on."""
        begun = self.until is None or first <= self.until
        return begun and (self.since is None or last is None or last >= self.since)

    @property
    def year(self) -> int | None:
        """The year it is, where it is a whole one."""
        if self.since is None or self != of_year(self.since.year):
            return None
        return self.since.year

    def __str__(self) -> str:
        if self.year:
            return writing.year(self.year)
        return " – ".join("…" if day is None else writing.day(day) for day in (self.since, self.until))

    def lookups(self, column: str) -> dict[str, date]:
        """What a queryset is narrowed by."""
        ends = {f"{column}__gte": self.since, f"{column}__lte": self.until}
        return {lookup: day for lookup, day in ends.items() if day is not None}


def of_year(year: int) -> Between:
    return Between(date(year, 1, 1), date(year, 12, 31))


def asked(given: Mapping[str, str]) -> Between:
    """«since» and «until», each like 2021-01-31; else «year»."""
    since, until, year = (given.get(name, "") for name in ("since", "until", "year"))
    if since or until or not (year.isascii() and year.isdigit() and EARLIEST.year <= int(year[:5]) <= LATEST.year):
        return Between(_day(since), _day(until))
    return of_year(int(year))


def _day(said: str) -> date | None:
    try:
        found = date.fromisoformat(said)
    except ValueError:
        return None
    return found if EARLIEST <= found <= LATEST else None
