"""What figures may know of the library: days, kinds, who received how much. Of nobody in particular."""

from dataclasses import dataclass
from datetime import date

from kalka.core.clock import day_of
from kalka.core.extract import Extract
from kalka.library.models import Conference, Handing, Material, StoryShown, Version


@dataclass(frozen=True, slots=True)
class HandingFact:
    on: date
    place: str
    organisation: int  # that handed it out
    kind: str  # of the material
    audience: str
    language: str
    to: str
    copies: int


@dataclass(frozen=True, slots=True)
class MaterialFact:
    """By the day of the version."""

    on: date
    organisation: int
    kind: str
    audience: str
    language: str
    first: bool  # the first one in this language
    at_conference: bool


@dataclass(frozen=True, slots=True)
class StoryFact:
    """By the day from which others read it."""

    on: date
    organisation: int
    kind: str
    language: str


@dataclass(frozen=True, slots=True)
class ConferenceFact:
    on: date
    place: str
    organisation: int
    presentations: int


def handings(extract: Extract) -> list[HandingFact]:
    """Without those that were taken back by then."""
    rows = Handing.objects.filter(at__lt=extract.before, on__lt=extract.until).select_related("version__material")
    rows = rows.exclude(taken_back__at__lt=extract.before)
    return [
        HandingFact(
            row.on,
            row.place,
            row.organisation_id,
            row.version.material.kind,
            row.version.material.audience,
            row.version.language,
            row.to,
            row.copies,
        )
        for row in rows.order_by("on", "pk")
    ]


def materials(extract: Extract) -> list[MaterialFact]:
    rows = Version.objects.filter(at__lt=extract.before, on__lt=extract.until).select_related("material")
    return [
        MaterialFact(
            row.on,
            row.organisation_id,
            row.material.kind,
            row.material.audience,
            row.language,
            row.number == 1,
            row.material.conference_id is not None,
        )
        for row in rows.order_by("on", "pk")
    ]


def stories(extract: Extract) -> list[StoryFact]:
    """Those that others may read."""
    rows = StoryShown.objects.filter(since__lt=min(extract.before, extract.end)).order_by("since", "pk")
    return [StoryFact(day_of(row.since), row.organisation_id, row.kind, row.language) for row in rows]


def conferences(extract: Extract) -> list[ConferenceFact]:
    rows = Conference.objects.filter(at__lt=extract.before, on__lt=extract.until).order_by("on", "pk")
    shown = list(Material.objects.filter(conference__in=rows).values_list("conference_id", flat=True))
    return [ConferenceFact(row.on, row.place, row.organisation_id, shown.count(row.pk)) for row in rows]
