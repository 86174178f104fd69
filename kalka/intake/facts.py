"""What statistics may know of reports: a day, an aimak, codes. A report is neither a case nor a person."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kalka.core.extract import Batch, Extract, pages
from kalka.directory import facts as directory
from kalka.intake.models import Report, Triage
from kalka.intake.rules import FINAL
from kalka.people.facts import pseudonym


@dataclass(frozen=True, slots=True)
class ReportFact:
    """By the day it was told. `outcome` is empty while nobody has decided; `who` stands for the file."""

    on: date
    place: str
    agency: str
    way: str
    by_whom: str
    danger: str
    firsthand: str
    children: str
    outcome: str
    late: bool
    who: str


def reports(extract: Extract) -> Iterator[Batch[ReportFact]]:
    agencies = directory.agencies()
    rows = Report.objects.filter(told_on__lt=extract.until)
    columns = ("told_on", "place", "post_id", "way", "by_whom", "danger", "firsthand", "children", "late", "subject_id")
    for page in pages(rows, extract, *columns):
        outcomes = dict(
            Triage.objects.filter(report__in=[row[0] for row in page], outcome__in=FINAL).values_list(
                "report_id", "outcome"
            )
        )
        yield Batch(
            str(page[-1][0]),
            tuple(
                ReportFact(
                    on=on,
                    place=place,
                    agency=agencies.get(post, directory.UNKNOWN),
                    way=way,
                    by_whom=by_whom,
                    danger=danger,
                    firsthand=firsthand,
                    children=children,
                    outcome=outcomes.get(pk, ""),
                    late=late,
                    who=pseudonym(subject, extract.salt),
                )
                for pk, on, place, post, way, by_whom, danger, firsthand, children, late, subject in page
            ),
        )
