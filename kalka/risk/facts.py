"""Assessments without anything of whom they are about: days, forms, places among levels."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kalka.cases import facts as cases
from kalka.core.extract import Batch, Extract, pages
from kalka.directory import facts as directory
from kalka.people.facts import pseudonym
from kalka.risk.models import Assessment, Countersign


@dataclass(frozen=True, slots=True)
class Assessed:
    """`in_force`: it set a level; a lower one only once a second person had agreed. `who` stands for the file."""

    on: date
    place: str
    agency: str
    instrument: str
    edition: str
    level: str
    level_max: str
    status: str
    in_force: bool
    who: str


def assessed(extract: Extract) -> Iterator[Batch[Assessed]]:
    agencies = directory.agencies()
    rows = Assessment.objects.filter(assessed_on__lt=extract.until)
    columns = ("assessed_on", "post_id", "instrument", "edition", "level", "level_max", "status", "proposed")
    for page in pages(rows, extract, *columns, "subject_id"):
        places = cases.places({row[-1] for row in page})
        ids = [row[0] for row in page]
        agreed = Countersign.objects.filter(assessment__in=ids, agreed=True, recorded_at__lt=extract.before)
        lowered = set(agreed.values_list("assessment_id", flat=True))
        yield Batch(
            str(ids[-1]),
            tuple(
                Assessed(
                    on=on,
                    place=places.get(subject, ""),
                    agency=agencies.get(post, ""),
                    instrument=instrument,
                    edition=edition,
                    level=level,
                    level_max=level_max,
                    status=status,
                    in_force=not proposed or pk in lowered,
                    who=pseudonym(subject, extract.salt),
                )
                for pk, on, post, instrument, edition, level, level_max, status, proposed, subject in page
            ),
        )
