"""What statistics may know of visits: the day, the aimak of the case, codes. Nothing of what was seen there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kalka.cases import facts as cases
from kalka.core.clock import day_of
from kalka.core.extract import Batch, Extract, pages
from kalka.directory import facts as directory
from kalka.followup.models import MissedVisit, Visit
from kalka.people.facts import pseudonym


@dataclass(frozen=True, slots=True)
class VisitFact:
    """By the day it was written down: a device's own clock decides nothing. `who` stands for the file."""

    on: date
    place: str
    agency: str
    found: str
    kept: str
    where: str
    late: bool
    who: str


@dataclass(frozen=True, slots=True)
class MissedFact:
    """By the day it should have been made by; the agency is that of the post that answered for it."""

    on: date
    place: str
    agency: str
    who: str


def visits(extract: Extract) -> Iterator[Batch[VisitFact]]:
    agencies = directory.agencies()
    rows = Visit.objects.filter(recorded_at__lt=extract.end)
    for page in pages(rows, extract, "recorded_at", "post_id", "found", "kept", "where", "late", "subject_id"):
        places = cases.places({row[-1] for row in page})
        yield Batch(
            str(page[-1][0]),
            tuple(
                VisitFact(
                    on=day_of(at),
                    place=places.get(subject, ""),
                    agency=agencies.get(post, ""),
                    found=found,
                    kept=kept,
                    where=where,
                    late=late,
                    who=pseudonym(subject, extract.salt),
                )
                for _, at, post, found, kept, where, late, subject in page
            ),
        )


def missed(extract: Extract) -> Iterator[Batch[MissedFact]]:
    agencies = directory.agencies()
    rows = MissedVisit.objects.filter(planned_at__lt=extract.end)
    for page in pages(rows, extract, "planned_at", "alarmed_id", "subject_id"):
        places = cases.places({row[-1] for row in page})
        yield Batch(
            str(page[-1][0]),
            tuple(
                MissedFact(
                    day_of(at), places.get(subject, ""), agencies.get(post, ""), pseudonym(subject, extract.salt)
                )
                for _, at, post, subject in page
            ),
        )
