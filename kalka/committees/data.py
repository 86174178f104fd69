"""What is data and not law: the part of the country, and after how many quiet days a committee sleeps."""

from functools import cache
from pathlib import Path

from kalka.committees.rules import Region
from kalka.core import datafile
from kalka.core.datafile import Fields
from kalka.places import regions

PRACTICE = Path(__file__).parent / "practice.yaml"


@cache
def asleep_after() -> int:
    return parse_practice(PRACTICE.read_text("utf-8"))


def region(place: str) -> Region:
    """Of the country; `other` for the two cities that stand in neither, and for what nobody knows."""
    return Region(regions.region(place))


def parse_practice(text: str) -> int:
    body = Fields(datafile.parse(text, PRACTICE.name), PRACTICE.name)
    body.one_of("standing", ("internal",))
    days = body.positive("asleep_after_days")
    body.close()
    return days
