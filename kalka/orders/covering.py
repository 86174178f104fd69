"""Since when the law wants an order on every fact, and which orders of a file stand for which of its facts."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from kalka.cases.facts_told import Fact
from kalka.core.clock import day_of
from kalka.lawbook import book
from kalka.lawbook.book import Law
from kalka.orders.models import ProtectionOrder, dated
from kalka.orders.rules.unissued import Term, uncovered

MANDATORY = "order.issue_is_mandatory"


def first_day() -> date | None:
    """None while no law wants it."""
    return next((one.since for one in book.history(MANDATORY) if one.value is True), None)


def is_mandatory(day: date) -> bool:
    found = Law(day).get(MANDATORY)
    return found is not None and found.value is True


def terms_of(subject_ids: Iterable[UUID], *, before: datetime | None = None) -> dict[UUID, list[Term]]:
    """The days of the orders of these files, as written down before a moment. One statement."""
    orders = ProtectionOrder.objects.dated().filter(subject_id__in=list(subject_ids))
    found: dict[UUID, list[Term]] = defaultdict(list)
    for order in orders if before is None else orders.filter(recorded_at__lt=before):
        found[order.subject_id].append(Term(day_of(order.issued_at), order.starts, dated(order).last_day))
    return found


def orderless(facts: Sequence[Fact], terms: Sequence[Term]) -> list[Fact]:
    """Of the facts of one case, those that were to have an order by the law of their day and have none."""
    wanted = [fact for fact in facts if is_mandatory(fact.first)]
    return [wanted[n] for n in uncovered([fact.on for fact in wanted], terms)]
