"""Assessments without anything of whom they are about: days, forms, places among levels."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kalka.risk.models import Assessment


@dataclass(frozen=True, slots=True)
class Assessed:
    on: date
    instrument: str
    edition: str
    level: str
    level_max: str
    status: str
    in_force: bool


def assessed(first: date, last: date) -> Iterator[Assessed]:
    """Both days included; in no order that tells one file from another."""
    rows = Assessment.objects.filter(assessed_on__range=(first, last)).order_by("assessed_on", "instrument", "level")
    fields = ("assessed_on", "instrument", "edition", "level", "level_max", "status", "proposed")
    for on, instrument, edition, level, level_max, status, proposed in rows.values_list(*fields):
        yield Assessed(on, instrument, edition, level, level_max, status, in_force=not proposed)
