"""Each time the police were to act in a case of violence: the opening, and every incident after it.

What came before the opening is told with it. Of what is known by its month alone, the last day of the month, or the day
it was told if that came first, is the latest it can have been; the law asked for is the one of the month's first day.
An incident of which the year alone is known is no day on which anything was to be done. Pure lines: no name, no text.
"""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from kalka.access import selectors as access
from kalka.cases.models import Case, Incident
from kalka.cases.rules import Kind
from kalka.core.actors import Actor
from kalka.core.clock import day_of
from kalka.core.extract import Extract, pages

MONTH = "month"
DATED = ("day", "reported", MONTH)
AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Fact:
    """`incident` is None for the opening itself; `known_at`: when it was written down here.

    `month`: its day is not known, and `on` is the latest it can have been.
    """

    incident: UUID | None
    on: date
    known_at: datetime
    month: bool = False

    @property
    def first(self) -> date:
        """The earliest day it can have been."""
        return self.on.replace(day=1) if self.month else self.on


@dataclass(frozen=True, slots=True)
class Told:
    """A case and its facts, the first one first."""

    case_id: UUID
    ref: str
    subject_id: UUID
    place: str
    facts: tuple[Fact, ...]


def of_cases(
    actor: Actor, *, since: date, now: datetime, after: UUID | None = None, size: int
) -> tuple[tuple[Told, ...], UUID | None]:
    """The cases of violence that are shown to the actor and were opened since a day, the newest first.

    A page of them, and the last one of it where there are more. Three statements at most.
    """
    rows = access.visible(actor, Case.objects.filter(kind=Kind.VIOLENCE, opened_on__gte=since), now=now)
    begin = rows.filter(pk=after).first() if after else None
    if begin is not None:
        older = Q(recorded_at__lt=begin.recorded_at) | Q(recorded_at=begin.recorded_at, pk__gt=begin.pk)
        rows = rows.filter(older)
    found = list(rows.order_by("-recorded_at", "pk")[: size + 1])
    page = found[:size]
    later = _later([case.pk for case in page])
    return tuple(_told(case, later[case.pk]) for case in page), page[-1].pk if len(found) > size else None


def of_case(case: Case) -> Told:
    """Of a case the caller has loaded for its actor."""
    return _told(case, _later([case.pk])[case.pk])


def lately(*, since: date, after: datetime) -> tuple[Told, ...]:
    """For a job: the cases in which a fact was written down after a moment, those opened since a day alone."""
    again = Incident.objects.filter(recorded_at__gte=after).values("case")
    rows = Case.objects.filter(Q(recorded_at__gte=after) | Q(pk__in=again), kind=Kind.VIOLENCE, opened_on__gte=since)
    found = list(rows.order_by("-recorded_at", "pk")[:AT_ONCE])
    later = _later([case.pk for case in found])
    return tuple(_told(case, later[case.pk]) for case in found)


def extracted(extract: Extract, *, since: date) -> Iterator[tuple[str, tuple[tuple[Told, int | None], ...]]]:
    """For figures, in batches with the cursor after each: every case opened since a day, and the post that opened it.
    What was written down after the extract is not among them."""
    rows = Case.objects.filter(kind=Kind.VIOLENCE, opened_on__gte=since, opened_on__lt=extract.until)
    for page in pages(rows, extract, "subject_id", "opened_on", "recorded_at", "place", "post_id"):
        later = _later([row[0] for row in page], extract.before)
        yield str(page[-1][0]), tuple(_figured(row, later[row[0]], extract.until) for row in page)


def _figured(row: tuple[Any, ...], incidents: list[Fact], until: date) -> tuple[Told, int | None]:
    pk, subject_id, opened_on, at, place, post = row
    after = tuple(one for one in incidents if opened_on < one.on < until)
    return Told(pk, "", subject_id, place, (Fact(None, opened_on, at), *after)), post


def _later(case_ids: Collection[UUID], before: datetime | None = None) -> dict[UUID, list[Fact]]:
    written = Q() if before is None else Q(recorded_at__lt=before)
    amended = Incident.objects.filter(written).exclude(amends=None).values("amends")
    rows = Incident.objects.filter(written, case__in=case_ids, precision__in=DATED).exclude(pk__in=amended)
    found: dict[UUID, list[Fact]] = defaultdict(list)
    for case_id, pk, on, precision, at in rows.values_list("case_id", "pk", "on", "precision", "recorded_at"):
        month = precision == MONTH
        found[case_id].append(Fact(pk, _latest(on, at) if month else on, at, month))
    for facts in found.values():
        facts.sort(key=lambda one: (one.on, str(one.incident)))
    return found


def _latest(on: date, known_at: datetime) -> date:
    """Of a month."""
    return max(on, min(on.replace(day=monthrange(on.year, on.month)[1]), day_of(known_at)))


def _told(case: Case, incidents: list[Fact]) -> Told:
    opening = Fact(None, case.opened_on, case.recorded_at)
    after = tuple(one for one in incidents if one.on > case.opened_on)
    return Told(case.pk, case.ref, case.subject_id, case.place, (opening, *after))
