"""What statistics may know of shelters: days, codes, a region. Nobody's name, no house, and no region so thin that it
would tell where one is: there the country stands instead."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from kalka.core.clock import day_of
from kalka.core.extract import Batch, Extract, pages
from kalka.directory import facts as directory
from kalka.people.facts import pseudonym
from kalka.shelters.house import house
from kalka.shelters.models import Departure, Hold, Place, Shelter, Stay, StayChild, Taking, TurnAway
from kalka.shelters.rules import band
from kalka.shelters.rules import nights as nights_between

COUNTRY = "41700000000000"
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class StayFact:
    """By the day of arrival. `lasted` and `where` are empty while she is there."""

    on: date
    place: str
    agency: str
    sex: str
    age_band: str
    children: bool  # with her
    held: bool  # she came with a hold
    lasted: str
    where: str
    who: str


@dataclass(frozen=True, slots=True)
class NightFact:
    """One person, one night, by the day it began; whoever came and went on one day counts as one. `child`: one who
    came along."""

    on: date
    place: str
    agency: str
    child: bool
    who: str


@dataclass(frozen=True, slots=True)
class HoldFact:
    """`outcome`: how the hold ended; empty while it runs."""

    on: date
    place: str
    agency: str  # of whoever asked
    needed: str  # a place for a woman or for a man
    children: bool
    outcome: str
    who: str


@dataclass(frozen=True, slots=True)
class TurnAwayFact:
    """The unmet need: asked and not sheltered. `refused`: by a shelter; else none was found anywhere. `who` stands for
    the line alone: there is nobody behind it."""

    on: date
    place: str
    agency: str
    reason: str
    needed: str
    children: bool
    refused: bool
    who: str


@dataclass(frozen=True, slots=True)
class _Whole:
    """A stay with what became of it by the end of what is asked about."""

    id: UUID
    subject: UUID
    on: date
    left: date | None
    where: str
    place: str
    agency: str
    sex: str
    age_band: str
    held: bool
    children: tuple[UUID, ...]


def stays(extract: Extract) -> Iterator[Batch[StayFact]]:
    for page in _pages(extract):
        yield Batch(
            str(page[-1].id),
            tuple(
                StayFact(
                    on=one.on,
                    place=one.place,
                    agency=one.agency,
                    sex=one.sex,
                    age_band=one.age_band,
                    children=bool(one.children),
                    held=one.held,
                    lasted=band(nights_between(one.on, one.left)) if one.left else "",
                    where=one.where,
                    who=pseudonym(one.subject, extract.salt),
                )
                for one in page
            ),
        )


def nights(extract: Extract) -> Iterator[Batch[NightFact]]:
    """Of whoever is still there up to the end of what is asked about. Each child is somebody by itself."""
    for page in _pages(extract):
        yield Batch(str(page[-1].id), tuple(line for one in page for line in _nights(one, extract)))


def _nights(one: _Whole, extract: Extract) -> Iterator[NightFact]:
    last = one.left or extract.until
    persons = [(one.subject, False), *((child, True) for child in one.children)]
    for number in range(nights_between(one.on, last)):
        for person, child in persons:
            yield NightFact(one.on + number * DAY, one.place, one.agency, child, pseudonym(person, extract.salt))


def _pages(extract: Extract) -> Iterator[list[_Whole]]:
    agencies, regions = directory.agencies(), _regions()
    houses = dict(Shelter.objects.values_list("pk", "region"))
    rows = Stay.objects.filter(arrived_on__lt=extract.until)
    columns = ("arrived_on", "shelter_id", "post_id", "sex", "age_band", "hold_id", "subject_id")
    for page in pages(rows, extract, *columns):
        ids = [row[0] for row in page]
        left = Departure.objects.filter(stay__in=ids, on__lt=extract.until, recorded_at__lt=extract.before)
        gone = {stay: (on, where) for stay, on, where in left.values_list("stay", "on", "where")}
        children: dict[UUID, list[UUID]] = defaultdict(list)
        came = StayChild.objects.filter(stay__in=ids, recorded_at__lt=extract.before).order_by("pk")
        for stay, child in came.values_list("stay", "pk"):
            children[stay].append(child)
        yield [
            _Whole(
                id=pk,
                subject=subject,
                on=on,
                left=gone[pk][0] if pk in gone else None,
                where=gone[pk][1] if pk in gone else "",
                place=regions.get(houses[shelter], COUNTRY),
                agency=agencies.get(post, directory.UNKNOWN),
                sex=sex,
                age_band=age,
                held=hold is not None,
                children=tuple(children[pk]),
            )
            for pk, on, shelter, post, sex, age, hold, subject in page
        ]


def holds(extract: Extract) -> Iterator[Batch[HoldFact]]:
    agencies, regions = directory.agencies(), _regions()
    rows = Hold.objects.filter(recorded_at__lt=extract.end)
    for page in pages(rows, extract, "recorded_at", "post_id", "who", "children", "taking_id", "subject_id"):
        taken = Taking.objects.filter(pk__in=[row[-2] for row in page]).values_list("pk", "place", "how")
        ended = {pk: (place, how) for pk, place, how in taken}
        where = dict(Place.objects.filter(pk__in=[place for place, _how in ended.values()]).values_list("pk", "region"))
        yield Batch(
            str(page[-1][0]),
            tuple(
                HoldFact(
                    on=day_of(at),
                    place=regions.get(where[ended[taking][0]], COUNTRY),
                    agency=agencies.get(post, directory.UNKNOWN),
                    needed=needed,
                    children=children > 0,
                    outcome=ended[taking][1],
                    who=pseudonym(subject, extract.salt),
                )
                for _pk, at, post, needed, children, taking, subject in page
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
                    needed=needed,
                    children=children > 0,
                    refused=shelter is not None,
                    who=pseudonym(pk, extract.salt),
                )
                for pk, on, region, post, reason, needed, children, shelter in page
            ),
        )


def _regions() -> dict[str, str]:
    """The regions a figure may name: those with enough shelters that have, or had, a bed."""
    found = Counter(region for region, _shelter in set(Place.objects.values_list("region", "shelter")))
    return {region: region for region, count in found.items() if count >= house().fewest}
