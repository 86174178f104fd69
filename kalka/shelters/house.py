"""The internal rules of the shelters' network, read strictly from `house.yaml`."""

from datetime import timedelta
from functools import cache
from pathlib import Path

from kalka.core import datafile
from kalka.core.datafile import Fields, refuse
from kalka.shelters.rules import House

FILE = Path(__file__).parent / "house.yaml"


@cache
def house() -> House:
    return parse(FILE.read_text("utf-8"))


def parse(text: str) -> House:
    """Refuses with `datafile.refused`: a number that is not above 0, a region in two groups, fewer than two groups."""
    body = Fields(datafile.parse(text, FILE.name), FILE.name)
    body.one_of("standing", ("internal",))
    groups = Fields(body.raw("groups"), "groups")
    found = {name: groups.strings(name) for name in groups.names()}
    every = [region for regions in found.values() for region in regions]
    if len(found) < 2 or len(every) != len(set(every)):
        refuse(FILE.name, "groups must be two or more, and each region in one of them")
    made = House(
        hold=timedelta(minutes=body.positive("hold_minutes")),
        first_stay=timedelta(days=body.positive("first_stay_days")),
        fewest=body.positive("fewest_shelters"),
        groups=found,
    )
    body.close()
    return made
