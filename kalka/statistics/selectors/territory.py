"""Raions and cities of the whole country at once, for the map of squares and its table."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from kalka.core.actors import Actor
from kalka.statistics import indicators as catalogue
from kalka.statistics import reading
from kalka.statistics.dimensions import PLACE
from kalka.statistics.rules import TOTAL, Asked, Figure, Line, Period, Table, before
from kalka.statistics.selectors.figures import table

RAION = "raion"  # a breakdown of the country alone: an oblast is broken down by raion anyway


@dataclass(frozen=True, slots=True)
class Oblast:
    code: str
    title: str
    lines: tuple[Line, ...]


def raions(actor: Actor, indicator: str, *, period: Period, now: datetime) -> tuple[Oblast, ...]:
    """By oblast and name; empty where the release has none of that period."""
    catalogue.get(indicator)
    periods = (period.code, before(period).code)
    rows = reading.of_release(reading.newest(), indicator=indicator, period__in=periods, by=TOTAL)
    at: dict[tuple[str, str], dict[str, Figure]] = {}
    columns = ("above", "place", "period", "state", "n")
    for above, place, code, state, n in rows.exclude(above=TOTAL).values_list(*columns):
        at.setdefault((above, place), {})[code] = reading.figure(state, n)
    names = reading.names({code for pair in at for code in pair}, _("Place not known"))
    found: dict[str, list[Line]] = {}
    for (above, place), figures in sorted(at.items(), key=lambda item: (names.of(item[0][1]), item[0][1])):
        if period.code in figures:
            line = Line(place, names.of(place), figures[period.code], figures.get(periods[1]))
            found.setdefault(above, []).append(line)
    ordered = sorted(found, key=lambda code: (names.of(code), code))
    return tuple(Oblast(code, names.of(code), tuple(found[code])) for code in ordered)


def table_by_raion(actor: Actor, indicator: str, asked: Asked, *, now: datetime) -> tuple[Table, tuple[Oblast, ...]]:
    """As `table`, which refuses as this does: the country with a line for every raion and city, and these by oblast."""
    whole = table(actor, indicator, replace(asked, by=PLACE), now=now)
    found = raions(actor, indicator, period=whole.period, now=now)
    lines = tuple(line for oblast in found for line in oblast.lines)
    return replace(whole, by=RAION, by_title=_("Raion or city"), lines=lines), found
