"""North, south and other: which of them a place lies in, by the lists in `regions.yaml`."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from kalka.core import datafile
from kalka.core.datafile import Fields, refuse
from kalka.places import selectors as places

FILE = Path(__file__).parent / "regions.yaml"
NORTH, SOUTH, OTHER = "north", "south", "other"
REGIONS = (NORTH, SOUTH, OTHER)


def region(code: str) -> str:
    """Of a place by what it lies in. The republican cities, the country itself and what nobody knows are "other"."""
    return regions([code])[code]


def regions(codes: Iterable[str]) -> dict[str, str]:
    asked = set(codes)
    chains = places.chains(asked)
    return {
        code: next((lists()[one.code] for one in chains.get(code, ()) if one.code in lists()), OTHER) for code in asked
    }


def oblasts(region: str) -> tuple[str, ...]:
    return tuple(code for code, one in lists().items() if one == region)


@cache
def lists() -> Mapping[str, str]:
    return parse(FILE.read_text("utf-8"))


def parse(text: str) -> dict[str, str]:
    """Refuses with `datafile.refused` an oblast that stands in both."""
    body = Fields(datafile.parse(text, FILE.name), FILE.name)
    found: dict[str, str] = {}
    for region in (NORTH, SOUTH):
        for code in body.take(region, list):
            if not isinstance(code, str) or code in found:
                refuse(FILE.name, f"{code}: each code once, as text")
            found[code] = region
    body.close()
    return found
