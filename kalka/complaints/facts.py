"""What statistics may know of calls during an order: the day, the aimak, how soon somebody answered. No word of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Min

from kalka.cases import facts as cases
from kalka.complaints.models import Call, Reply
from kalka.complaints.rules import ANSWERS
from kalka.core.clock import day_of
from kalka.core.extract import Batch, Extract, pages
from kalka.directory import facts as directory
from kalka.people.facts import pseudonym

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class CallFact:
    """By the day it was written down. `answered`: hour, day, later, or none. `who` stands for the file.

    An answer counts from when it was written down: whoever answers does not date it.
    """

    on: date
    place: str
    agency: str
    answered: str
    who: str


def calls(extract: Extract) -> Iterator[Batch[CallFact]]:
    agencies = directory.agencies()
    rows = Call.objects.filter(recorded_at__lt=extract.end)
    for page in pages(rows, extract, "recorded_at", "at", "post_id", "subject_id"):
        places = cases.places({row[-1] for row in page})
        answers = Reply.objects.filter(how__in=ANSWERS, call__in=[row[0] for row in page]).order_by("call")
        first = dict(answers.values_list("call").annotate(first=Min("recorded_at")))
        yield Batch(
            str(page[-1][0]),
            tuple(
                CallFact(
                    on=day_of(recorded_at),
                    place=places.get(subject, ""),
                    agency=agencies.get(post, ""),
                    answered=_answered(at, first.get(pk)),
                    who=pseudonym(subject, extract.salt),
                )
                for pk, recorded_at, at, post, subject in page
            ),
        )


def _answered(at: datetime, first: datetime | None) -> str:
    if first is None:
        return "none"
    return "hour" if first - at <= HOUR else "day" if first - at <= 24 * HOUR else "later"
