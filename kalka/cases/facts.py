"""What statistics may know of cases: no name, no text, no reference, no id. A day, an aimak, codes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kalka.cases.models import Case, Incident, Participant
from kalka.people import facts as people


@dataclass(frozen=True, slots=True)
class CaseOpened:
    on: date
    place: str
    kind: str


@dataclass(frozen=True, slots=True)
class IncidentFact:
    """By the day it happened, as far as that is known; a telling that was completed later does not count again."""

    on: date
    precision: str
    place: str
    forms: tuple[str, ...]
    gbvims: str
    certain: bool
    contexts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartFact:
    """Somebody's part in a case, by the day the case was opened. A child present is a victim, counted as one."""

    on: date
    place: str
    part: str
    relation: str
    sex: str
    age_band: str


def cases_opened(start: date, end: date) -> Iterator[CaseOpened]:
    """From `start` until the day before `end`."""
    rows = Case.objects.filter(opened_on__gte=start, opened_on__lt=end).order_by("opened_on", "id")
    return (CaseOpened(*row) for row in rows.values_list("opened_on", "place", "kind").iterator())


def incidents(start: date, end: date) -> Iterator[IncidentFact]:
    amended = Incident.objects.exclude(amends=None).values("amends")
    rows = Incident.objects.filter(on__gte=start, on__lt=end).exclude(pk__in=amended).order_by("on", "id")
    columns = ("on", "precision", "place", "forms", "gbvims", "certain", "contexts")
    for on, precision, place, forms, gbvims, certain, contexts in rows.values_list(*columns).iterator():
        yield IncidentFact(on, precision, place, _codes(forms), gbvims, certain, _codes(contexts))


def participants(start: date, end: date) -> Iterator[PartFact]:
    rows = Participant.objects.filter(case__opened_on__gte=start, case__opened_on__lt=end)
    found = list(
        rows.order_by("case__opened_on", "id").values_list(
            "case__opened_on", "case__place", "part", "relation", "person"
        )
    )
    codes = people.codes({person for *_, person in found})
    return (PartFact(on, place, part, relation, *codes[person]) for on, place, part, relation, person in found)


def _codes(stored: str) -> tuple[str, ...]:
    return tuple(stored.split(",")) if stored else ()
