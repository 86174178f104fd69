"""What statistics may know of programmes: no name, no text, no id. Days, an aimak, codes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kalka.cases import again
from kalka.core.actors import SYSTEM
from kalka.core.clock import day_of
from kalka.core.extract import Batch, Extract, pages
from kalka.core.sight import beyond
from kalka.directory import facts as directory
from kalka.people.facts import pseudonym
from kalka.proceedings import selectors as proceedings
from kalka.programmes.models import Owed, Sending, StepTaken
from kalka.programmes.rules import Step

WAITING = "waiting"
_WITHIN = ((0, "0"), (1, "1"), (3, "2-3"), (7, "4-7"), (30, "8-30"))


@dataclass(frozen=True, slots=True)
class OwedFact:
    """Somebody must go, by the day of the order or of the sentence.

    `enrolled`: after how many days he was sent, or that he never was.
    """

    on: date
    place: str
    agency: str
    enrolled: str
    who: str


@dataclass(frozen=True, slots=True)
class FinishedFact:
    """Somebody finished, by the day he did. `again`: violence or a broken order since, in whatever file."""

    on: date
    place: str
    agency: str
    again: bool
    who: str


def owed(extract: Extract) -> Iterator[Batch[OwedFact]]:
    agencies = directory.agencies()
    rows = Owed.objects.filter(on__lt=extract.until)
    for page in pages(rows, extract, "on", "place", "post_id", "subject_id", "person_id", "proceeding_id"):
        over = proceedings.overturned(SYSTEM, {row[6] for row in page if row[6]})
        sent = _sent({row[4] for row in page}, extract)
        yield Batch(
            str(page[-1][0]),
            tuple(
                OwedFact(
                    on=on,
                    place=place,
                    agency=agencies.get(post, ""),
                    enrolled=_within(on, sent.get((subject, person))),
                    who=pseudonym(subject, extract.salt),
                )
                for _pk, on, place, post, subject, person, proceeding in page
                if proceeding not in over
            ),
        )


def finished(extract: Extract) -> Iterator[Batch[FinishedFact]]:
    agencies = directory.agencies()
    rows = StepTaken.objects.filter(step=Step.COMPLETED, recorded_at__lt=extract.end)
    for page in pages(rows, extract, "recorded_at", "post_id", "enrolment_id", "subject_id"):
        with beyond():
            found = Sending.objects.filter(enrolment__in=[row[3] for row in page])
            whose = {one: (person, place) for one, person, place in found.values_list("enrolment", "person", "place")}
        days = again.days_of(sorted({person for person, _place in whose.values()}))
        yield Batch(
            str(page[-1][0]),
            tuple(
                FinishedFact(
                    on=day_of(at),
                    place=whose[enrolment][1],
                    agency=agencies.get(post, ""),
                    again=any(day_of(at) < on < extract.until for on in days[whose[enrolment][0]]),
                    who=pseudonym(subject, extract.salt),
                )
                for _pk, at, post, enrolment, subject in page
            ),
        )


def _sent(subjects: set[UUID], extract: Extract) -> dict[tuple[UUID, UUID | None], date]:
    """When each was first sent; under None, when anybody of the case was, for an order that names nobody."""
    found: dict[tuple[UUID, UUID | None], date] = {}
    rows = Sending.objects.filter(subject_id__in=subjects, recorded_at__lt=extract.before).order_by("-recorded_at")
    for subject, person, at in rows.values_list("subject_id", "person_id", "recorded_at"):
        found[subject, person] = found[subject, None] = day_of(at)
    return found


def _within(on: date, sent: date | None) -> str:
    if sent is None:
        return WAITING
    return next((code for most, code in _WITHIN if (sent - on).days <= most), "31+")
