"""The question on the road: is this number an order, does an order run against this man?"""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import QuerySet

from kalka.access import selectors as access
from kalka.access.rules import Scope
from kalka.cases import selectors as cases
from kalka.core import audit, sight
from kalka.core.actors import Actor
from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission
from kalka.orders.lines import OrderLine, lines
from kalka.orders.models import OrderNumber, ProtectionOrder
from kalka.orders.numbers import number_key
from kalka.orders.rules import fold_number
from kalka.people import identifiers
from kalka.people.identifiers import Kind

SHOWN = 10  # more people of one name and year than this are nobody that was found


@dataclass(frozen=True, slots=True)
class Found:
    """`ref` is empty where the case is not shown to the actor. `by_name`: others may be called so, look at his papers.

    There is no place for the people an order protects: where they live is told nobody on the road.
    """

    line: OrderLine
    ref: str
    by_name: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """What the officer has in hand. A year counts only with a name."""

    number: str = field(default="", repr=False)
    pin: str = field(default="", repr=False)
    name: str = field(default="", repr=False)
    year: int | None = None


def lookup(actor: Actor, number: str, *, now: datetime) -> tuple[Found, ...]:
    """The orders of exactly this number, whoever issued them, as `check` finds them."""
    return check(actor, Asked(number=number), now=now)


def may_ask_by_person(actor: Actor) -> bool:
    """Who is asked about by name is asked about by the police alone."""
    return actor.may(Permission.ORDER_REGISTER)


def check(actor: Actor, asked: Asked, *, now: datetime) -> tuple[Found, ...]:
    """By number every order of it; by personal number, or by name and year of birth, those that run or begin later.

    Says that there is one, who issued it, where it stands and what it forbids; the case only to whom it is shown. Of a
    subject the actor is walled off from, nothing. Every question is recorded, also one without an answer.
    """
    if not actor.may(Permission.ORDER_READ):
        raise AccessDenied("core.not_permitted")
    numbered = list(_rows(actor, _of_number(asked.number)))
    named: list[ProtectionOrder] = []
    if may_ask_by_person(actor):
        named = [one for one in _of_person(actor, asked, now) if one not in numbered]
    with sight.beyond():
        found = lines([*numbered, *named], now)
    subjects = {line.subject_id for line in found}
    audit.read(actor, "orders.lookup", subjects)
    refs = cases.refs(actor, subjects, now=now, scope=Scope.FILE)
    weak = {one.pk for one in named} if not asked.pin else set()
    return tuple(Found(line, refs.get(line.subject_id, ""), by_name=line.id in weak) for line in found)


def _of_number(number: str) -> QuerySet[ProtectionOrder]:
    orders = ProtectionOrder.objects.dated()
    if not fold_number(number):
        return orders.none()
    return orders.filter(pk__in=OrderNumber.objects.filter(number_key=number_key(number)).values("order"))


def _of_person(actor: Actor, asked: Asked, now: datetime) -> "list[ProtectionOrder]":
    """A personal number that finds nobody leaves the name to find him."""
    orders = ProtectionOrder.objects.not_over(now)
    found: list[ProtectionOrder] = []
    if asked.pin:
        found = list(_rows(actor, orders.filter(respondent__in=identifiers.persons_with(Kind.PIN, asked.pin))))
    if not found and asked.name and asked.year:
        found = list(_rows(actor, orders.filter(respondent__in=identifiers.like(asked.name, asked.year))))
    return found


def _rows(actor: Actor, orders: QuerySet[ProtectionOrder]) -> "list[ProtectionOrder]":
    with sight.beyond():
        return list(access.unwalled(actor, orders).order_by("-issued_at", "id")[:SHOWN])
