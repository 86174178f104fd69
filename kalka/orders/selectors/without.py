"""Facts of violence without an order, with what was said about it. Codes and days: no name, no narrative."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from kalka.cases import facts_told
from kalka.cases import selectors as cases
from kalka.cases.facts_told import Fact, Told
from kalka.cases.rules import Kind
from kalka.core.actors import Actor
from kalka.lawbook.book import Law
from kalka.orders import covering
from kalka.orders.models import NoOrder
from kalka.orders.rules.unissued import Term

SIZE = 200  # cases looked through for a page
WITHIN = "order.issue_within_hours"


@dataclass(frozen=True, slots=True)
class Orderless:
    """`due_at`: by when an order was to be issued, None where the law sets no term; `why` is empty: nobody said.

    `month`: its day is not known, `on` is the latest it can have been.
    """

    ref: str
    place: str
    incident: UUID | None
    on: date
    due_at: datetime | None
    why: str
    said_at: datetime | None
    month: bool = False

    @property
    def fact(self) -> str:
        """As a form names it."""
        return str(self.incident or "")

    def late(self, now: datetime) -> bool:
        return self.due_at is not None and self.due_at < now


@dataclass(frozen=True, slots=True)
class OrderlessPage:
    """`looked`: how many cases were looked through; `following`: the last of them where there are more."""

    lines: tuple[Orderless, ...]
    looked: int
    following: UUID | None

    @property
    def unexplained(self) -> int:
        return sum(not line.why for line in self.lines)


def without_order(actor: Actor, *, now: datetime, after: UUID | None = None, size: int = SIZE) -> OrderlessPage:
    """Of the cases shown to the actor, the newest first. Since the law made the order mandatory; none before."""
    since = covering.first_day()
    if since is None:
        return OrderlessPage((), 0, None)
    told, following = facts_told.of_cases(actor, since=since, now=now, after=after, size=size)
    terms = covering.terms_of(one.subject_id for one in told)
    said = _said(NoOrder.objects.filter(case__in=[one.case_id for one in told]))
    lines = tuple(line for one in told for line in _lines(one, terms[one.subject_id], said))
    return OrderlessPage(lines, len(told), following)


def of_case(actor: Actor, ref: str, *, now: datetime) -> tuple[Orderless, ...]:
    """The facts of one case that have no order. Refuses like every case that is not shown."""
    case = cases.get_case(actor, ref, now=now)
    if case.kind != Kind.VIOLENCE:
        return ()
    said = _said(NoOrder.objects.filter(case=case))
    return tuple(_lines(facts_told.of_case(case), covering.terms_of([case.subject_id])[case.subject_id], said))


def _lines(told: Told, terms: list[Term], said: dict[tuple[UUID, UUID | None], NoOrder]) -> list[Orderless]:
    bare = covering.orderless(told.facts, terms)
    return [_line(told, fact, said.get((told.case_id, fact.incident))) for fact in bare]


def _line(told: Told, fact: Fact, row: NoOrder | None) -> Orderless:
    provision = Law(fact.on).get(WITHIN)
    hours = provision.value if provision is not None else None
    return Orderless(
        ref=told.ref,
        place=told.place,
        incident=fact.incident,
        on=fact.on,
        due_at=fact.known_at + timedelta(hours=hours) if type(hours) is int else None,
        why=row.why if row else "",
        said_at=row.recorded_at if row else None,
        month=fact.month,
    )


def _said(rows: QuerySet[NoOrder]) -> dict[tuple[UUID, UUID | None], NoOrder]:
    """The newest of each fact."""
    return {(row.case_id, row.incident_id): row for row in rows.order_by("recorded_at", "pk")}
