"""How much one person may search in a day: dated internal rules, not law."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from kalka.core import datafile
from kalka.core.datafile import Fields, refuse

FILE = Path(__file__).with_name("searches.yaml")


@dataclass(frozen=True, slots=True)
class Limits:
    since: date
    searches: int
    raised_by: int
    emergencies: int
    reason_within: timedelta


@cache
def _all() -> tuple[Limits, ...]:
    body = Fields(datafile.read(FILE), FILE.name)
    found = sorted((_limits(item) for item in body.take("limits", list)), key=lambda one: one.since)
    body.close()
    if len({one.since for one in found}) < len(found) or not found:
        refuse(FILE.name, "no limits, or two of one day")
    return tuple(found)


def limits(on: date) -> Limits:
    """Those of the day; before the first ones, the first ones."""
    begun = [one for one in _all() if one.since <= on]
    return begun[-1] if begun else _all()[0]


def _limits(item: object) -> Limits:
    fields = Fields(item, FILE.name)
    found = Limits(
        since=fields.take("from", date),
        searches=fields.take("searches_a_day", int),
        raised_by=fields.take("raised_by", int),
        emergencies=fields.take("emergencies_a_day", int),
        reason_within=timedelta(hours=fields.take("reason_within_hours", int)),
    )
    fields.close()
    if min(found.searches, found.raised_by, found.emergencies) < 0 or found.reason_within < timedelta(hours=1):
        refuse(FILE.name, "a limit that shuts everybody out")
    return found
