"""What statistics may know of signals of the electronic monitoring: the day, the aimak, how soon somebody answered."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kalka.core.clock import day_of
from kalka.core.extract import Batch, Extract, pages
from kalka.directory import facts as directory
from kalka.monitoring.models import Answer, DeviceSignal
from kalka.people.facts import pseudonym

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class SignalFact:
    """By the day it came here. `replied`: hour, day, later, or none. `who` stands for the file.

    Both ends count by the clock of the installation: neither the device nor whoever answers dates them.
    """

    on: date
    place: str
    agency: str
    replied: str
    who: str


def signals(extract: Extract) -> Iterator[Batch[SignalFact]]:
    """The agency is that of the post that answered; of the measure while nobody has."""
    agencies = directory.agencies()
    rows = DeviceSignal.objects.filter(recorded_at__lt=extract.end)
    columns = ("measure__place", "measure__post_id", "subject_id")
    for page in pages(rows, extract, "recorded_at", *columns):
        found = Answer.objects.filter(signal__in=[row[0] for row in page])
        answers = {signal: (at, post) for signal, at, post in found.values_list("signal", "recorded_at", "post_id")}
        yield Batch(
            str(page[-1][0]),
            tuple(
                SignalFact(
                    on=day_of(at),
                    place=place,
                    agency=agencies.get(answers[pk][1] if pk in answers else post, ""),
                    replied=_replied(at, answers[pk][0] if pk in answers else None),
                    who=pseudonym(subject, extract.salt),
                )
                for pk, at, place, post, subject in page
            ),
        )


def _replied(at: datetime, answered: datetime | None) -> str:
    if answered is None:
        return "none"
    return "hour" if answered - at <= HOUR else "day" if answered - at <= 24 * HOUR else "later"
