"""What statistics may know of legal aid and counselling: days, codes, minutes, figures."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kalka.cases import facts as cases
from kalka.core.clock import day_of
from kalka.core.extract import Batch, Extract, pages
from kalka.directory import facts as directory
from kalka.legalaid.models import AppointmentAnswer, ConsultationHeld, CounselSession, LegalRequest, LegalResult
from kalka.legalaid.rules import WAITING, Topic, band
from kalka.people.facts import pseudonym


@dataclass(frozen=True, slots=True)
class AidFact:
    """By the day it was asked for. `taken`: a band of days until an advocate took it, "waiting" while none has.
    `result` is empty until it ended. `who` stands for the file."""

    on: date
    place: str
    agency: str
    category: str
    ground: str
    taken: str
    result: str
    who: str


@dataclass(frozen=True, slots=True)
class SessionFact:
    on: date
    place: str
    agency: str
    kind: str
    minutes: int
    came: bool
    who: str


@dataclass(frozen=True, slots=True)
class DayFact:
    """A day in a village: of nobody in particular."""

    on: date
    place: str
    women: int
    men: int
    topics: tuple[int, ...]  # in the order of `Topic`


def aid(extract: Extract) -> Iterator[Batch[AidFact]]:
    agencies = directory.agencies()
    rows = LegalRequest.objects.filter(recorded_at__lt=extract.end)
    for page in pages(rows, extract, "recorded_at", "post_id", "category", "ground", "subject_id"):
        ids = [row[0] for row in page]
        places = cases.places({row[-1] for row in page})
        taken = AppointmentAnswer.objects.filter(
            appointment__request__in=ids, accepted=True, recorded_at__lt=extract.before
        )
        accepted = dict(taken.values_list("appointment__request_id", "recorded_at"))
        results = LegalResult.objects.filter(request__in=ids, recorded_at__lt=extract.before)
        ended = dict(results.values_list("request_id", "how"))
        yield Batch(
            str(page[-1][0]),
            tuple(
                AidFact(
                    on=day_of(at),
                    place=places.get(subject, ""),
                    agency=agencies.get(post, ""),
                    category=category,
                    ground=ground,
                    taken=band(day_of(at), day_of(accepted[pk])) if pk in accepted else WAITING,
                    result=ended.get(pk, ""),
                    who=pseudonym(subject, extract.salt),
                )
                for pk, at, post, category, ground, subject in page
            ),
        )


def sessions(extract: Extract) -> Iterator[Batch[SessionFact]]:
    agencies = directory.agencies()
    rows = CounselSession.objects.filter(on__lt=extract.until)
    for page in pages(rows, extract, "on", "post_id", "kind", "minutes", "came", "subject_id"):
        places = cases.places({row[-1] for row in page})
        yield Batch(
            str(page[-1][0]),
            tuple(
                SessionFact(
                    on=on,
                    place=places.get(subject, ""),
                    agency=agencies.get(post, ""),
                    kind=kind,
                    minutes=minutes,
                    came=came,
                    who=pseudonym(subject, extract.salt),
                )
                for _, on, post, kind, minutes, came, subject in page
            ),
        )


def days(extract: Extract) -> list[DayFact]:
    """All that were told: they are few, and of no file."""
    rows = ConsultationHeld.objects.filter(at__lt=extract.before, day__on__lt=extract.until).select_related("day")
    return [
        DayFact(row.day.on, row.day.place, row.women, row.men, tuple(int(getattr(row, topic.value)) for topic in Topic))
        for row in rows.order_by("day__on", "pk")
    ]
