"""What statistics may know of orders: no name, no number, no text, no id. Days, an aimak, codes. An order is not a
person: one person may be protected by several."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, QuerySet

from kalka.cases import facts_told
from kalka.core.clock import day_of
from kalka.core.extract import Batch, Extract, pages
from kalka.directory import facts as directory
from kalka.orders import covering
from kalka.orders.models import Breach, NoOrder, ProtectedPerson, ProtectionOrder, Service
from kalka.orders.rules import How
from kalka.people.facts import codes, pseudonym, roots


@dataclass(frozen=True, slots=True)
class OrderFact:
    """By the day of issue. `days` is the term as registered; `numbered`, `served`, … as known when asked."""

    on: date
    place: str
    agency: str
    days: int
    numbered: bool
    served: bool
    extended: bool
    revoked: bool
    breaches: int
    protected: int
    who: str


@dataclass(frozen=True, slots=True)
class ProtectedFact:
    """Somebody an order protects, by the day of issue."""

    on: date
    place: str
    agency: str
    sex: str
    age_band: str
    who: str


@dataclass(frozen=True, slots=True)
class ServedFact:
    """By the day the respondent was told; an order is served once. `after` counts whole days from its issue."""

    on: date
    place: str
    agency: str
    how: str
    refused: bool
    after: int
    who: str


@dataclass(frozen=True, slots=True)
class BreachFact:
    """By the day of the breach. `day` counts from the first day of the order."""

    on: date
    place: str
    agency: str
    how: str
    day: int
    who: str


@dataclass(frozen=True, slots=True)
class ViolenceFact:
    """A time violence was told of, since the law wants an order on each. `why`: what was said where there is none."""

    on: date
    place: str
    agency: str
    without: bool
    why: str
    who: str


def orders(extract: Extract) -> Iterator[Batch[OrderFact]]:
    agencies = directory.agencies()
    rows = ProtectionOrder.objects.dated().filter(issued_at__lt=extract.end)
    columns = ("issued_at", "place", "post_id", "starts", "ends", "numbered", "served", "until", "revoked_at")
    for page in pages(rows, extract, *columns, "subject_id"):
        ids = [row[0] for row in page]
        breaches, protected = _counts(Breach, ids), _counts(ProtectedPerson, ids)
        yield Batch(
            str(ids[-1]),
            tuple(
                OrderFact(
                    on=day_of(issued_at),
                    place=place,
                    agency=agencies.get(post, ""),
                    days=(ends - starts).days,
                    numbered=numbered,
                    served=served,
                    extended=until is not None,
                    revoked=revoked_at is not None,
                    breaches=breaches.get(pk, 0),
                    protected=protected.get(pk, 0),
                    who=pseudonym(subject, extract.salt),
                )
                for pk, issued_at, place, post, starts, ends, numbered, served, until, revoked_at, subject in page
            ),
        )


def protected(extract: Extract) -> Iterator[Batch[ProtectedFact]]:
    agencies = directory.agencies()
    rows = ProtectedPerson.objects.filter(order__issued_at__lt=extract.end)
    for page in pages(rows, extract, "order__issued_at", "order__place", "post_id", "person_id"):
        one = roots({row[-1] for row in page})
        said = codes(set(one.values()))
        yield Batch(
            str(page[-1][0]),
            tuple(
                ProtectedFact(
                    day_of(at),
                    place,
                    agencies.get(post, ""),
                    *said[one[person]],
                    who=pseudonym(one[person], extract.salt),
                )
                for _, at, place, post, person in page
            ),
        )


def served(extract: Extract) -> Iterator[Batch[ServedFact]]:
    """The first time each order was served; an attempt that found nobody is none."""
    agencies = directory.agencies()
    done = Service.objects.exclude(how=How.NOT_FOUND).filter(recorded_at__lt=extract.before)
    rows = done.filter(at__lt=extract.end)
    columns = ("order_id", "at", "order__place", "post_id", "how", "refused", "order__issued_at", "subject_id")
    for page in pages(rows, extract, *columns):
        first = _first(done.filter(order__in={row[1] for row in page}))
        yield Batch(
            str(page[-1][0]),
            tuple(
                ServedFact(
                    on=day_of(at),
                    place=place,
                    agency=agencies.get(post, ""),
                    how=how,
                    refused=refused,
                    after=(day_of(at) - day_of(issued_at)).days,
                    who=pseudonym(subject, extract.salt),
                )
                for pk, order, at, place, post, how, refused, issued_at, subject in page
                if first[order] == (at, pk)
            ),
        )


def breaches(extract: Extract) -> Iterator[Batch[BreachFact]]:
    agencies = directory.agencies()
    rows = Breach.objects.filter(on__lt=extract.until)
    for page in pages(rows, extract, "on", "order__place", "post_id", "how", "order__starts", "subject_id"):
        yield Batch(
            str(page[-1][0]),
            tuple(
                BreachFact(on, place, agencies.get(post, ""), how, (on - starts).days, pseudonym(subject, extract.salt))
                for _, on, place, post, how, starts, subject in page
            ),
        )


def facts(extract: Extract) -> Iterator[Batch[ViolenceFact]]:
    """Every fact on which the law wanted an order on its day."""
    since, agencies = covering.first_day(), directory.agencies()
    if since is None:
        return
    for cursor, page in facts_told.extracted(extract, since=since):
        terms = covering.terms_of((told.subject_id for told, _post in page), before=extract.before)
        whys = _whys([told.case_id for told, _post in page], extract)
        yield Batch(
            cursor,
            tuple(
                ViolenceFact(
                    on=fact.on,
                    place=told.place,
                    agency=agencies.get(post or 0, ""),
                    without=fact in bare,
                    why=whys.get((told.case_id, fact.incident), "") if fact in bare else "",
                    who=pseudonym(told.subject_id, extract.salt),
                )
                for told, post in page
                for bare in [covering.orderless(told.facts, terms[told.subject_id])]
                for fact in told.facts
                if covering.is_mandatory(fact.first)
            ),
        )


def _whys(case_ids: list[UUID], extract: Extract) -> dict[tuple[UUID, UUID | None], str]:
    """The newest reason of each fact, as far as it was written down."""
    rows = NoOrder.objects.filter(case__in=case_ids, recorded_at__lt=extract.before).order_by("recorded_at", "pk")
    return {(case, incident): why for case, incident, why in rows.values_list("case_id", "incident_id", "why")}


def _first(services: QuerySet[Service]) -> dict[UUID, tuple[datetime, UUID]]:
    found: dict[UUID, tuple[datetime, UUID]] = {}
    for order, at, pk in services.values_list("order_id", "at", "pk"):
        found[order] = min(found.get(order, (at, pk)), (at, pk))
    return found


def _counts(model: type[Breach] | type[ProtectedPerson], order_ids: list[UUID]) -> dict[UUID, int]:
    rows = model._default_manager.filter(order__in=order_ids).values_list("order")
    return dict(rows.annotate(Count("id")).order_by())
