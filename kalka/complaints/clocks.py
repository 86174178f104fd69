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
        call_now=timedelta(minutes=body.positive("call_now_minutes")),
        call=timedelta(minutes=body.positive("call_minutes")),
        papers={kind: timedelta(hours=hours.positive(kind)) for kind in Kind},
        tell_before=timedelta(hours=body.positive("tell_before_hours")),
    )
    hours.close()
    body.close()
    if made.call_now > made.call:
        refuse(FILE.name, "danger now must not wait longer")
    return made
