"""The dated numbers of our own practice, where the law says nothing."""

from datetime import date
from functools import cache
from pathlib import Path

from kalka.core import datafile
from kalka.core.datafile import Fields, refuse

FILE = Path(__file__).with_name("practice.yaml")
MOST_HOURS = 72  # longer is no emergency: then the post joins the team


def break_glass_hours(on: date) -> int:
    """For how long a case may be seen that was opened by break-glass on a day."""
    return [hours for since, hours in _hours() if since <= on][-1]


@cache
def _hours() -> tuple[tuple[date, int], ...]:
    body = Fields(datafile.read(FILE), FILE.name)
    found = sorted(_value(item) for item in body.take("break_glass.hours", list))
    body.close()
    if not found or any(not 0 < hours <= MOST_HOURS for _since, hours in found):
        refuse(FILE.name, f"hours outside 1 to {MOST_HOURS}")
    return tuple(found)


def _value(item: object) -> tuple[date, int]:
    fields = Fields(item, FILE.name)
    since, hours = fields.take("from", date), fields.take("value", int)
    fields.take("source", str)
    fields.close()
    return since, hours
