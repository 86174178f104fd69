"""What figures may know of sittings: days, places, committees, codes, counts. Nobody's name, and no family."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db.models import Max

from kalka.core.clock import day_of
from kalka.core.extract import Batch, Extract, pages
from kalka.directory import selectors as directory
from kalka.sittings.models import Addendum, Carried, CaseDecision, Item, OwnDecision, Roll, Sitting, SittingEnd, Summary
from kalka.sittings.rules import Became, Change, State, became

D = TypeVar("D", CaseDecision, OwnDecision)


@dataclass(frozen=True, slots=True)
class SittingFact:
    """`on`: the day it was called for. `cases`: how many items were about a family. `key` leads to its page, which
    shows it to whoever may."""

    on: date
    place: str
    organisation: int
    kind: str
    state: str
    came: int
    cases: int
    key: UUID


@dataclass(frozen=True, slots=True)
class DecisionFact:
    """`on`: the day it was taken. `became`: as it stood on the last day that is asked about."""

    on: date
    place: str
    organisation: int
    measure: str
    sort: str
    about_case: bool
    became: str
    som: int


@dataclass(frozen=True, slots=True)
class CountedFact:
    """Decisions of a sitting that was brought from a committee's own journal: how many, and how many were done."""

    on: date
    place: str
    organisation: int
    taken: int
    done: int


def sittings(extract: Extract) -> Iterator[Batch[SittingFact]]:
    """Those called for a day before the end."""
    places, rows = _places(), Sitting.objects.filter(at__lt=extract.end)
    for page in pages(rows, extract, "at", "kind", "organisation_id"):
        ids = [row[0] for row in page]
        ends = dict(SittingEnd.objects.filter(sitting__in=ids).values_list("sitting", "how"))
        came, cases = _came(ids), _cases(ids)
        counted = {row[0]: row[1:] for row in Summary.objects.filter(sitting__in=ids).values_list(*SUMMED)}
        yield Batch(
            str(page[-1][0]),
            tuple(
                SittingFact(
                    on=day_of(at),
                    place=places.get(body, ""),
                    organisation=body,
                    kind=kind,
                    state=ends.get(id, State.CALLED),
                    came=counted[id][0] if id in counted else came.get(id, 0),
                    cases=counted[id][1] if id in counted else cases.get(id, 0),
                    key=id,
                )
                for id, at, kind, body in page
            ),
        )


def decisions(extract: Extract) -> Iterator[Batch[DecisionFact]]:
    """About families and of the committees' own work; what was withdrawn is said to be."""
    yield from _decided(CaseDecision, extract)
    yield from _decided(OwnDecision, extract)


def counted(extract: Extract) -> Iterator[Batch[CountedFact]]:
    places, rows = _places(), Summary.objects.filter(sitting__at__lt=extract.end)
    for page in pages(rows, extract, "sitting__at", "sitting__organisation", "decisions", "done"):
        yield Batch(
            str(page[-1][0]),
            tuple(
                CountedFact(day_of(at), places.get(body, ""), body, taken, done) for _id, at, body, taken, done in page
            ),
        )


SUMMED = ("sitting", "came", "cases")


def _decided(model: type[D], extract: Extract) -> Iterator[Batch[DecisionFact]]:
    places, of_case = _places(), model is CaseDecision
    rows = model._default_manager.filter(item__sitting__at__lt=extract.end)
    more = ("sort", "som") if of_case else ()
    for page in pages(rows, extract, "item__sitting__at", "item__sitting__organisation", "measure", "by", *more):
        stood = _stood({row[0]: row[4] for row in page}, extract)
        yield Batch(
            str(page[-1][0]),
            tuple(
                DecisionFact(
                    on=day_of(at),
                    place=places.get(body, ""),
                    organisation=body,
                    measure=measure,
                    sort=rest[0] if of_case else "task",
                    about_case=of_case,
                    became=stood[id],
                    som=rest[1] if of_case else 0,
                )
                for id, at, body, measure, _by, *rest in page
            ),
        )


def _stood(terms: Mapping[UUID, date], extract: Extract) -> dict[UUID, Became]:
    """By the addenda and the endings written down before the moment, on the last day that is asked about."""
    ended = Carried.objects.filter(decision__in=terms, recorded_at__lt=extract.before, on__lt=extract.until)
    how = dict(ended.values_list("decision", "how"))
    changed = Addendum.objects.filter(decision__in=terms, recorded_at__lt=extract.before).order_by("number")
    by, withdrawn = dict(terms), set[UUID]()
    for id, change, until in changed.values_list("decision", "change", "by"):
        if change == Change.WITHDRAWN:
            withdrawn.add(id)
        elif until is not None:
            by[id] = until
    today = min(extract.until, day_of(extract.before))
    return {id: became(by[id], how.get(id, ""), id in withdrawn, today=today) for id in terms}


def _came(ids: list[UUID]) -> dict[UUID, int]:
    last = dict(Roll.objects.filter(sitting__in=ids).values_list("sitting").annotate(Max("number")))
    rolls = Roll.objects.filter(sitting__in=ids).values_list("sitting", "number", "came")
    return {sitting: len(came) for sitting, number, came in rolls if last[sitting] == number}


def _cases(ids: list[UUID]) -> dict[UUID, int]:
    found: dict[UUID, int] = {}
    for sitting in Item.objects.filter(sitting__in=ids).exclude(case_ref="").values_list("sitting", flat=True):
        found[sitting] = found.get(sitting, 0) + 1
    return found


def _places() -> dict[int, str]:
    return {one.id: one.place for one in directory.organisations("committee")}
