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
    by_pin: list[ProtectionOrder] = []
    by_name: list[ProtectionOrder] = []
    if may_ask_by_person(actor):
        by_pin = _of_pin(actor, asked, now)
        by_name = [] if by_pin else [one for one in _of_name(actor, asked, now) if one not in numbered]
        by_pin = [one for one in by_pin if one not in numbered]
    with sight.beyond():
        found = lines([*numbered, *by_pin, *by_name], now)
    subjects = {line.subject_id for line in found}
    audit.read(actor, "orders.lookup", subjects)
    refs = cases.refs(actor, subjects, now=now, scope=Scope.FILE)
    weak = {one.pk for one in by_name}
    return tuple(Found(line, refs.get(line.subject_id, ""), by_name=line.id in weak) for line in found)


def _of_number(number: str) -> QuerySet[ProtectionOrder]:
    orders = ProtectionOrder.objects.dated()
    if not fold_number(number):
        return orders.none()
    return orders.filter(pk__in=OrderNumber.objects.filter(number_key=number_key(number)).values("order"))


def _of_pin(actor: Actor, asked: Asked, now: datetime) -> "list[ProtectionOrder]":
    if not asked.pin:
        return []
    persons = identifiers.persons_with(Kind.PIN, asked.pin)
    return _rows(actor, ProtectionOrder.objects.not_over(now).filter(respondent__in=persons))


def _of_name(actor: Actor, asked: Asked, now: datetime) -> "list[ProtectionOrder]":
    """A personal number that finds nobody leaves the name to find him, or somebody else who is called so."""
    if not asked.name or not asked.year:
        return []
    persons = identifiers.like(asked.name, asked.year)
    return _rows(actor, ProtectionOrder.objects.not_over(now).filter(respondent__in=persons))


def _rows(actor: Actor, orders: QuerySet[ProtectionOrder]) -> "list[ProtectionOrder]":
    with sight.beyond():
        return list(access.unwalled(actor, orders).order_by("-issued_at", "id")[:SHOWN])
