"""The police register beside what stands here: what differs, and what is in no case here."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from kalka.access import selectors as access
from kalka.cases import selectors as cases
from kalka.cases.rules import Part, Stage
from kalka.core import sight
from kalka.core.actors import Actor
from kalka.core.clock import day_of
from kalka.directory import selectors as directory
from kalka.orders import conditions
from kalka.orders.models import OrderNumber, ProtectionOrder, RegisterLine
from kalka.orders.numbers import marks_of, number_key
from kalka.orders.rules import fold_number
from kalka.orders.rules.listed import Listed, differences
from kalka.orders.selectors.road import Asked, may_ask_by_person
from kalka.people import identifiers
from kalka.people.identifiers import Kind

SHOWN = 20
MANY = 10  # posts that may bring one and the same line


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A line of the register. There is no place for the people it protects."""

    id: UUID
    authority: str
    issued_on: date
    last_day: date
    codes: tuple[str, ...]
    differs: tuple[str, ...] = ()
    by_name: bool = False

    @property
    def conditions(self) -> tuple[str, ...]:
        return conditions.titles(self.codes)


def told_otherwise(actor: Actor, order: ProtectionOrder) -> Elsewhere | None:
    """What the register said last of this order, where it says something else. `order` is one of `dated()`."""
    number = OrderNumber.objects.filter(order=order).values_list("authority_id", "number_key").first()
    if number is None:
        return None
    row = RegisterLine.objects.filter(authority=number[0], number_key=bytes(number[1])).order_by("-recorded_at").first()
    if row is None:
        return None
    found = _line(row)
    here = (day_of(order.issued_at), order.until or order.ends, tuple(filter(None, order.conditions.split(","))))
    differs = differences(here, (found.issued_on, found.last_day, found.codes))
    return _line(row, differs) if differs else None


def in_no_case(actor: Actor, *, now: datetime) -> tuple[Elsewhere, ...]:
    """Lines the actor's organisation brought, that still run and are in no case here, the first to end first."""
    if not may_ask_by_person(actor):
        return ()
    posts = [one.id for one in directory.posts_at(actor.organisation_id or 0)]
    rows = _unknown(now).filter(post_id__in=posts)
    return tuple(_line(said[0]) for said in _said_once(rows))


def listed_elsewhere(actor: Actor, asked: Asked, *, now: datetime) -> tuple[Elsewhere, ...]:
    """The question on the road, of orders that are in no case here. `road.check` asks, and records it."""
    rows = _unknown(now)
    found = Q(number_key=number_key(asked.number)) if fold_number(asked.number) else Q(pk__in=())
    sure: set[str] = set()
    weak: set[str] = set()
    if may_ask_by_person(actor):
        sure, weak = set(marks_of(asked.pin, "", None)), set(marks_of("", asked.name, asked.year))
        for mark in sure | weak:
            found |= Q(marks__contains=f"|{mark}|")
    with sight.beyond():
        return tuple(
            _line(said[0], by_name=any(_has(row, weak) for row in said) and not any(_has(row, sure) for row in said))
            for said in _said_once(rows.filter(found))
        )


def last_brought(actor: Actor) -> datetime | None:
    """When the actor's post last brought a line of the register."""
    rows = RegisterLine.objects.filter(post_id=actor.post_id).order_by("-recorded_at")
    return rows.values_list("recorded_at", flat=True).first()


def order_numbered(actor: Actor, authority: int, number: str) -> ProtectionOrder | None:
    """The order of that number, whoever sees it."""
    with sight.beyond():
        same = OrderNumber.objects.filter(authority=authority, number_key=number_key(number)).values("order")
        return ProtectionOrder.objects.dated().filter(pk__in=same).first()


def only_case_of(actor: Actor, told: Listed, *, now: datetime) -> tuple[str, UUID] | None:
    """The one open case of the actor's where this man is said to have done it, and who he is there; None for several.

    By his personal number alone. A name and a year find on the road; others are called so, and they place nothing.
    """
    held = identifiers.files_of(set(identifiers.persons_with(Kind.PIN, told.pin)))
    seen = access.seen_of(actor, set(held.values()), now=now)
    cast = {subject: cases.cast_of(actor, subject, now=now) for subject in seen}
    alleged = [
        (subject, person)
        for person, subject in held.items()
        if subject in seen and person in cast[subject].persons(Part.ALLEGED)
    ]
    if len(alleged) != 1:
        return None
    case = cases.case_of(actor, alleged[0][0], now=now)
    return (case.ref, alleged[0][1]) if case.stage != Stage.CLOSED else None


def protected_in(actor: Actor, ref: str, *, now: datetime) -> tuple[UUID, ...]:
    """Whom an order of that case protects: her, and every child there."""
    cast = cases.cast_of(actor, cases.get_case(actor, ref, now=now).subject_id, now=now)
    people = cast.persons(Part.PROTECTED) | cast.persons(Part.CHILD)
    return tuple(sorted(people - cast.persons(Part.ALLEGED), key=str))


def pending_like(actor: Actor, ref: str, told: Listed, *, now: datetime) -> UUID | None:
    """The order of that case that was issued on the same day and still has no number."""
    case = cases.get_case(actor, ref, now=now)
    orders = ProtectionOrder.objects.dated().filter(case=case)
    same = [one.pk for one in orders if not one.numbered and day_of(one.issued_at) == told.issued_on]
    return same[0] if len(same) == 1 else None


def _unknown(now: datetime) -> QuerySet[RegisterLine]:
    """The newest line each post brought of a number, that still runs and is no order here.

    Another's newer line stands beside it: nobody makes an order vanish that somebody else brought.
    """
    here = OrderNumber.objects.filter(authority=OuterRef("authority"), number_key=OuterRef("number_key"))
    newer = RegisterLine.objects.filter(
        authority=OuterRef("authority"),
        number_key=OuterRef("number_key"),
        post_id=OuterRef("post_id"),
        recorded_at__gt=OuterRef("recorded_at"),
    )
    return RegisterLine.objects.filter(~Exists(here), ~Exists(newer), last_day__gte=day_of(now))


def _said_once(rows: QuerySet[RegisterLine]) -> list[list[RegisterLine]]:
    """The lines that say the same of one order, whoever brought them, together; the first to end first."""
    found: dict[tuple[object, ...], list[RegisterLine]] = {}
    for row in rows.order_by("last_day", "id")[: SHOWN * MANY]:
        same = (row.authority_id, bytes(row.number_key), row.issued_on, row.last_day, row.conditions)
        found.setdefault(same, []).append(row)
    return list(found.values())[:SHOWN]


def _has(row: RegisterLine, marks: Collection[str]) -> bool:
    return any(f"|{mark}|" in row.marks for mark in marks)


def _line(row: RegisterLine, differs: tuple[str, ...] = (), *, by_name: bool = False) -> Elsewhere:
    names = {one.id: one.name() for one in directory.organisations()}
    codes = tuple(filter(None, row.conditions.split(",")))
    name = names.get(row.authority_id, "")
    return Elsewhere(row.pk, name, row.issued_on, row.last_day, codes, differs, by_name)
