"""What statistics may know of shelters: days, codes, a region. Nobody's name, no house, and no region so thin that it
would tell where one is: there the country stands instead."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kalka.core.clock import day_of
from kalka.core.extract import Batch, Extract, pages
from kalka.directory import facts as directory
from kalka.people.facts import pseudonym
from kalka.shelters.house import house
from kalka.shelters.models import Departure, Hold, Place, Shelter, Stay, StayChild, Taking, TurnAway
from kalka.shelters.rules import nights

COUNTRY = "41700000000000"
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class StayFact:
    """By the day of arrival. `nights` until she left, or until the end of what is asked about; a stay of a day is one
    night. `where` is empty while she is there."""

    on: date
    place: str
    agency: str
    sex: str
    age_band: str
    children: int
    nights: int
    held: bool  # she came with a hold
    where: str
    who: str


@dataclass(frozen=True, slots=True)
class HoldFact:
    """`outcome`: how the hold ended; empty while it runs."""

    on: date
    place: str
    agency: str  # of whoever asked
    who: str
    children: int
    outcome: str


@dataclass(frozen=True, slots=True)
class TurnAwayFact:
    """The unmet need: asked and not sheltered. `at`: a shelter had to refuse; else none was found anywhere."""

    on: date
    place: str
    agency: str
    reason: str
    who: str
    children: int
    at: bool


def stays(extract: Extract) -> Iterator[Batch[StayFact]]:
    agencies, regions = directory.agencies(), _regions()
    houses = dict(Shelter.objects.values_list("pk", "region"))
    rows = Stay.objects.filter(arrived_on__lt=extract.until)
    columns = ("arrived_on", "shelter_id", "post_id", "sex", "age_band", "hold_id", "subject_id")
    for page in pages(rows, extract, *columns):
        ids = [row[0] for row in page]
        left = Departure.objects.filter(stay__in=ids, on__lt=extract.until, recorded_at__lt=extract.before)
        gone = {stay: (on, where) for stay, on, where in left.values_list("stay", "on", "where")}
        children = Counter(
            StayChild.objects.filter(stay__in=ids, recorded_at__lt=extract.before).values_list("stay", flat=True)
        )
        yield Batch(
            str(page[-1][0]),
            tuple(
                StayFact(
                    on=on,
                    place=regions.get(houses[shelter], COUNTRY),
                    agency=agencies.get(post, directory.UNKNOWN),
                    sex=sex,
                    age_band=band,
                    children=children[pk],
                    nights=nights(on, gone[pk][0] if pk in gone else extract.until - DAY),
                    held=hold is not None,
                    where=gone[pk][1] if pk in gone else "",
                    who=pseudonym(subject, extract.salt),
                )
                for pk, on, shelter, post, sex, band, hold, subject in page
            ),
        )


def holds(extract: Extract) -> Iterator[Batch[HoldFact]]:
    agencies, regions = directory.agencies(), _regions()
    rows = Hold.objects.filter(recorded_at__lt=extract.end)
    for page in pages(rows, extract, "recorded_at", "post_id", "who", "children", "taking_id"):
        taken = Taking.objects.filter(pk__in=[row[-1] for row in page]).values_list("pk", "place", "how")
        ended = {pk: (place, how) for pk, place, how in taken}
        where = dict(Place.objects.filter(pk__in=[place for place, _how in ended.values()]).values_list("pk", "region"))
        yield Batch(
            str(page[-1][0]),
            tuple(
                HoldFact(
                    on=day_of(at),
                    place=regions.get(where[ended[taking][0]], COUNTRY),
                    agency=agencies.get(post, directory.UNKNOWN),
                    who=who,
                    children=children,
                    outcome=ended[taking][1],
                )
                for _pk, at, post, who, children, taking in page
            ),
        )


def turned_away(extract: Extract) -> Iterator[Batch[TurnAwayFact]]:
    """Where a shelter refused, the region is told as thinly as for a stay; where none was found, it is the region she
    asked in, which tells of no house."""
    agencies, regions = directory.agencies(), _regions()
    rows = TurnAway.objects.filter(on__lt=extract.until)
    for page in pages(rows, extract, "on", "region", "post_id", "reason", "who", "children", "shelter_id"):
        yield Batch(
            str(page[-1][0]),
            tuple(
                TurnAwayFact(
                    on=on,
                    place=region if shelter is None else regions.get(region, COUNTRY),
                    agency=agencies.get(post, directory.UNKNOWN),
                    reason=reason,
                    who=who,
                    children=children,
                    at=shelter is not None,
                )
                for _pk, on, region, post, reason, who, children, shelter in page
            ),
        )


def _regions() -> dict[str, str]:
    """The regions a figure may name: those with enough shelters that have, or had, a bed."""
    found = Counter(region for region, _shelter in set(Place.objects.values_list("region", "shelter")))
    return {region: region for region, count in found.items() if count >= house().fewest}
