"""What statistics may know of findings: the day, the aimak, codes. Not a body, not a child, not a word."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kalka.core.extract import Batch, Extract, pages
from kalka.directory import facts as directory
from kalka.findings.models import ClinicFinding, Filed, HandedOver, SchoolReport
from kalka.people.facts import pseudonym


@dataclass(frozen=True, slots=True)
class FindingFact:
    """`hours`: in days since the assault, when it was written down; unknown is unknown."""

    on: date
    place: str
    agency: str
    sexual: str
    hours: str
    read: bool
    who: str


@dataclass(frozen=True, slots=True)
class SchoolFact:
    on: date
    place: str
    agency: str
    sex: str
    age_band: str
    by_parent: str
    read: bool
    handed: bool
    who: str


def findings(extract: Extract) -> Iterator[Batch[FindingFact]]:
    agencies = directory.agencies()
    rows = ClinicFinding.objects.filter(on__lt=extract.until)
    for page in pages(rows, extract, "on", "place", "post_id", "sexual", "hours", "filed_id", "subject_id"):
        read = _read([row[-2] for row in page])
        yield Batch(
            str(page[-1][0]),
            tuple(
                FindingFact(
                    on=on,
                    place=place,
                    agency=agencies.get(post, directory.UNKNOWN),
                    sexual=sexual,
                    hours=hours,
                    read=filed in read,
                    who=pseudonym(subject, extract.salt),
                )
                for _pk, on, place, post, sexual, hours, filed, subject in page
            ),
        )


def school_reports(extract: Extract) -> Iterator[Batch[SchoolFact]]:
    agencies = directory.agencies()
    rows = SchoolReport.objects.filter(on__lt=extract.until)
    columns = ("on", "place", "post_id", "sex", "age_band", "by_parent", "filed_id", "subject_id")
    for page in pages(rows, extract, *columns):
        read = _read([row[-2] for row in page])
        handed = set(HandedOver.objects.filter(report__in=[row[0] for row in page]).values_list("report", flat=True))
        yield Batch(
            str(page[-1][0]),
            tuple(
                SchoolFact(
                    on=on,
                    place=place,
                    agency=agencies.get(post, directory.UNKNOWN),
                    sex=sex,
                    age_band=band,
                    by_parent=by_parent,
                    read=filed in read,
                    handed=pk in handed,
                    who=pseudonym(subject, extract.salt),
                )
                for pk, on, place, post, sex, band, by_parent, filed, subject in page
            ),
        )


def _read(filed: list[UUID]) -> set[UUID]:
    return set(Filed.objects.filter(pk__in=filed, read_at__isnull=False).values_list("pk", flat=True))
