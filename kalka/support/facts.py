"""What statistics may know of support: days, codes, minutes and som. Nothing of what was spoken of or agreed.

`organisation` is for exact figures alone: no line of a release carries it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kalka.cases import facts as cases
from kalka.core.clock import day_of
from kalka.core.extract import Batch, Extract, pages
from kalka.directory import facts as directory
from kalka.people.facts import pseudonym
from kalka.support.models import AidGiven, Contact, DocumentStep, Outcome, SafetyWord, ServiceGiven
from kalka.support.rules import HELP, SCALES

NOBODYS: Mapping[Any, int | None] = {}


@dataclass(frozen=True, slots=True)
class ServiceFact:
    """Help of one kind. `who` stands for the file."""

    on: date
    place: str
    agency: str
    organisation: int | None
    kind: str
    help: str
    minutes: int
    who: str


@dataclass(frozen=True, slots=True)
class AidFact:
    """Sums of different budget lines are never added."""

    on: date
    place: str
    agency: str
    budget: str
    what: str
    som: int
    who: str
    organisation: int | None = None  # whose help it is
    decided: bool = False  # by a sitting


@dataclass(frozen=True, slots=True)
class StepFact:
    """Something that was done on a day, with its code: a contact, a step of a document, her own word."""

    on: date
    place: str
    agency: str
    what: str
    code: str
    who: str
    organisation: int | None = None


@dataclass(frozen=True, slots=True)
class OutcomeFact:
    """By the day it was asked. 0: nobody asked."""

    on: date
    place: str
    agency: str
    moment: str
    scores: tuple[int, ...]  # in the order of `SCALES`
    who: str


def services(extract: Extract) -> Iterator[Batch[ServiceFact]]:
    """Without those noted by mistake."""
    agencies, organisations = directory.agencies(), directory.organisations()
    rows = ServiceGiven.objects.filter(on__lt=extract.until, void=None)
    for page in pages(rows, extract, "on", "post_id", "kind", "minutes", "subject_id"):
        places = cases.places({row[-1] for row in page})
        yield Batch(
            str(page[-1][0]),
            tuple(
                ServiceFact(
                    on=on,
                    place=places.get(subject, ""),
                    agency=agencies.get(post, ""),
                    organisation=organisations.get(post),
                    kind=kind,
                    help=HELP[kind],
                    minutes=minutes,
                    who=pseudonym(subject, extract.salt),
                )
                for _, on, post, kind, minutes, subject in page
            ),
        )


def aid(extract: Extract) -> Iterator[Batch[AidFact]]:
    agencies, organisations = directory.agencies(), directory.organisations()
    rows = AidGiven.objects.filter(on__lt=extract.until)
    columns = ("on", "post_id", "budget", "what", "som", "organisation_id", "decision", "subject_id")
    for page in pages(rows, extract, *columns):
        places = cases.places({row[-1] for row in page})
        yield Batch(
            str(page[-1][0]),
            tuple(
                AidFact(
                    on=on,
                    place=places.get(subject, ""),
                    agency=agencies.get(post, ""),
                    budget=budget,
                    what=what,
                    som=som,
                    who=pseudonym(subject, extract.salt),
                    organisation=organisation or organisations.get(post),
                    decided=decision is not None,
                )
                for _, on, post, budget, what, som, organisation, decision, subject in page
            ),
        )


def contacts(extract: Extract) -> Iterator[Batch[StepFact]]:
    rows = Contact.objects.filter(on__lt=extract.until)
    for page in pages(rows, extract, "on", "post_id", "channel", "reached", "subject_id"):
        yield _steps(page, extract)


def documents(extract: Extract) -> Iterator[Batch[StepFact]]:
    rows = DocumentStep.objects.filter(on__lt=extract.until)
    for page in pages(rows, extract, "on", "post_id", "kind", "state", "subject_id", "organisation_id"):
        given = {row[0]: row[-1] for row in page}
        yield _steps([row[:-1] for row in page], extract, given)


def words(extract: Extract) -> Iterator[Batch[StepFact]]:
    """What she said of her safety when nobody else could hear."""
    rows = SafetyWord.objects.filter(recorded_at__lt=extract.end, alone=True)
    for page in pages(rows, extract, "recorded_at", "post_id", "feels", "subject_id"):
        yield _steps([(pk, day_of(at), post, "word", feels, subject) for pk, at, post, feels, subject in page], extract)


def outcomes(extract: Extract) -> Iterator[Batch[OutcomeFact]]:
    agencies = directory.agencies()
    rows = Outcome.objects.filter(recorded_at__lt=extract.end)
    for page in pages(rows, extract, "recorded_at", "post_id", "moment", *SCALES, "subject_id"):
        places = cases.places({row[-1] for row in page})
        yield Batch(
            str(page[-1][0]),
            tuple(
                OutcomeFact(
                    day_of(at),
                    places.get(subject, ""),
                    agencies.get(post, ""),
                    moment,
                    tuple(scores),
                    pseudonym(subject, extract.salt),
                )
                for _, at, post, moment, *scores, subject in page
            ),
        )


def _steps(page: list[tuple[Any, ...]], extract: Extract, given: Mapping[Any, int | None] = NOBODYS) -> Batch[StepFact]:
    """Rows of key, day, post, what, code, subject. `given`: by key, whose help it was."""
    agencies, organisations = directory.agencies(), directory.organisations()
    places = cases.places({row[-1] for row in page})
    return Batch(
        str(page[-1][0]),
        tuple(
            StepFact(
                on=on,
                place=places.get(subject, ""),
                agency=agencies.get(post, ""),
                what=what,
                code=code,
                who=pseudonym(subject, extract.salt),
                organisation=given.get(key) or organisations.get(post),
            )
            for key, on, post, what, code, subject in page
        ),
    )
