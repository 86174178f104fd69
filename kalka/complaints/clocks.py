"""The internal rules of `clocks.yaml`, read strictly."""

from datetime import timedelta
from functools import cache
from pathlib import Path

from kalka.complaints.rules import Clocks, Kind
from kalka.core import datafile
from kalka.core.datafile import Fields, refuse

FILE = Path(__file__).parent / "clocks.yaml"


@cache
def clocks() -> Clocks:
    return parse(FILE.read_text("utf-8"))


def parse(text: str) -> Clocks:
    """Refuses with `datafile.refused`: a kind without a clock, a term that is none, danger that may wait longer."""
    body = Fields(datafile.parse(text, FILE.name), FILE.name)
    body.one_of("standing", ("internal",))
    hours = Fields(body.raw("paper_hours"), "paper_hours")
    made = Clocks(
        call_now=timedelta(minutes=_positive(body, "call_now_minutes")),
        call=timedelta(minutes=_positive(body, "call_minutes")),
        papers={kind: timedelta(hours=_positive(hours, kind)) for kind in Kind},
        tell_before=timedelta(hours=_positive(body, "tell_before_hours")),
    )
    hours.close()
    body.close()
    if made.call_now > made.call:
        refuse(FILE.name, "danger now must not wait longer")
    return made


def _positive(body: Fields, key: str) -> int:
    number = body.take(key, int)
    if number < 1:
        refuse(FILE.name, f"{key} must be above 0")
    return number
