"""What statistics may know of cases: no name, no text, no reference, no id. A day, an aimak, codes.

`who` is a name for one release that stands for a person, or for the file where a line is about no person. People of
several files who were joined into one have one name.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from kalka.cases.models import Case, Incident, Participant, StageChange
from kalka.cases.rules import Part, Stage
from kalka.core.clock import day_of
from kalka.core.extract import Batch, Extract, pages
from kalka.directory import facts as directory
from kalka.people import facts as people


@dataclass(frozen=True, slots=True)
class CaseOpened:
    on: date
    place: str
    agency: str
    kind: str
    who: str


@dataclass(frozen=True, slots=True)
class CaseClosed:
    """By the day of closing. A case that was opened again and closed again is counted each time."""

    on: date
    place: str
    agency: str
    kind: str
    why: str
    who: str


@dataclass(frozen=True, slots=True)
class IncidentFact:
    """By the day it happened, as far as that is known; a telling that was completed later does not count again."""

    on: date
    precision: str
    place: str
    agency: str
    forms: tuple[str, ...]
    gbvims: str
    certain: bool
    contexts: tuple[str, ...]
    who: str


@dataclass(frozen=True, slots=True)
class PartFact:
    """Somebody's part in a case, by the day the case was opened. A child present is a victim, counted as one."""

    on: date
    place: str
    agency: str
    kind: str
    part: str
    relation: str
    group: str  # of the relation
    sex: str
    age_band: str
    who: str


@dataclass(frozen=True, slots=True)
class ProtectedFact:
    """Sex of the protected person of a file, by the day it was opened. `who` stands for the file."""

    on: date
    sex: str
    who: str


def opened(extract: Extract) -> Iterator[Batch[CaseOpened]]:
    agencies = directory.agencies()
    rows = Case.objects.filter(opened_on__lt=extract.until)
    for page in pages(rows, extract, "opened_on", "place", "post_id", "kind", "subject_id"):
        yield _batch(
            page,
            (
                CaseOpened(on, place, agencies.get(post, ""), kind, people.pseudonym(subject, extract.salt))
                for _, on, place, post, kind, subject in page
            ),
        )


def closed(extract: Extract) -> Iterator[Batch[CaseClosed]]:
    agencies = directory.agencies()
    rows = StageChange.objects.filter(stage=Stage.CLOSED, recorded_at__lt=extract.end)
    columns = ("recorded_at", "case__place", "post_id", "case__kind", "why", "subject_id")
    for page in pages(rows, extract, *columns):
        yield _batch(
            page,
            (
                CaseClosed(
                    day_of(at), place, agencies.get(post, ""), kind, why, people.pseudonym(subject, extract.salt)
                )
                for _, at, place, post, kind, why, subject in page
            ),
        )


def incidents(extract: Extract) -> Iterator[Batch[IncidentFact]]:
    agencies = directory.agencies()
    amended = Incident.objects.exclude(amends=None).filter(recorded_at__lt=extract.before).values("amends")
    rows = Incident.objects.filter(on__lt=extract.until).exclude(pk__in=amended)
    columns = ("on", "precision", "place", "case__place", "post_id", "forms", "gbvims", "certain", "contexts")
    for page in pages(rows, extract, *columns, "subject_id"):
        yield _batch(
            page,
            (
                IncidentFact(
                    on=on,
                    precision=precision,
                    place=place or of_case,
                    agency=agencies.get(post, ""),
                    forms=_codes(forms),
                    gbvims=gbvims,
                    certain=certain,
                    contexts=_codes(contexts),
                    who=people.pseudonym(subject, extract.salt),
                )
                for _, on, precision, place, of_case, post, forms, gbvims, certain, contexts, subject in page
            ),
        )


def participants(extract: Extract) -> Iterator[Batch[PartFact]]:
    """Sex and age of a whole batch are asked for at once: of the one that joined people count as."""
    agencies = directory.agencies()
    rows = Participant.objects.filter(case__opened_on__lt=extract.until)
    columns = ("case__opened_on", "case__place", "post_id", "case__kind", "part", "relation", "person_id")
    for page in pages(rows, extract, *columns):
        roots = people.roots({row[-1] for row in page})
        codes = people.codes(set(roots.values()))
        yield _batch(
            page,
            (
                PartFact(
                    on=on,
                    place=place,
                    agency=agencies.get(post, ""),
                    kind=kind,
                    part=part,
                    relation=relation,
                    group=people.relation_group(relation),
                    sex=codes[roots[person]][0],
                    age_band=codes[roots[person]][1],
                    who=people.pseudonym(roots[person], extract.salt),
                )
                for _, on, place, post, kind, part, relation, person in page
            ),
        )


def protected(extract: Extract) -> Iterator[Batch[ProtectedFact]]:
    rows = Participant.objects.filter(case__opened_on__lt=extract.until, part=Part.PROTECTED)
    for page in pages(rows, extract, "case__opened_on", "person_id", "subject_id"):
        codes = people.codes({person for _, _, person, _ in page})
        yield _batch(
            page,
            (
                ProtectedFact(on, codes[person][0], people.pseudonym(subject, extract.salt))
                for _, on, person, subject in page
            ),
        )


def places(subject_ids: Collection[UUID]) -> dict[UUID, str]:
    """The aimak of each case, for the facts of what stands above cases and has no place of its own."""
    return dict(Case.objects.filter(subject_id__in=subject_ids).values_list("subject_id", "place"))


def _batch(page: list[tuple[Any, ...]], rows: Iterator[Any]) -> Batch[Any]:
    return Batch(str(page[-1][0]), tuple(rows))


def _codes(stored: str) -> tuple[str, ...]:
    return tuple(stored.split(",")) if stored else ()
