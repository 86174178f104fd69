"""A case with somebody said to have done it, an office that issues orders, and orders of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import TypeVar

import pytest

from kalka.cases.rules import Part
from kalka.cases.tests import factories as cases
from kalka.core.errors import DomainError
from kalka.core.models import AuditEntry
from kalka.core.refs import new_id
from kalka.duties.models import Duty
from kalka.history.models import Event
from kalka.orders import services
from kalka.orders.models import (
    Breach,
    Expiry,
    Extension,
    OrderNumber,
    Overlap,
    ProtectedPerson,
    ProtectionOrder,
    Revocation,
    Service,
)
from kalka.orders.rules import NewBreach, NewExtension, NewOrder, NewRevocation, NewService, Numbered
from tests.standing import stands

NOW, TODAY, DAY = cases.NOW, cases.TODAY, cases.DAY  # Monday 2026-11-23, 08:40 in Bishkek
HOUR = timedelta(hours=1)
ISSUED = NOW - HOUR
BEFORE, SINCE = date(2024, 8, 6), date(2024, 8, 7)  # the day before No. 161, and its day
WRITTEN = (
    ProtectionOrder,
    OrderNumber,
    ProtectedPerson,
    Service,
    Extension,
    Revocation,
    Breach,
    Overlap,
    Expiry,
    Duty,
    Event,
)
T = TypeVar("T")


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 6, tzinfo=UTC)


@stands
def world() -> SimpleNamespace:
    """The raion of a case, its prosecutor, a police office, and in the case a woman, a man and a child."""
    made = cases.raion()
    made.prosecutor = cases.post("prosecutor", place=cases.RAION, organisation=cases.office("prosecution", cases.RAION))
    made.office = cases.office("police", cases.RAION)
    made.other_office = cases.office("police", cases.FAR)
    return fill(made)


def fill(made: SimpleNamespace) -> SimpleNamespace:
    made.case = cases.opened(made)
    made.she = cases.protected_of(made.case)
    made.man = cases.add(made.inspector, made.case).person_id
    made.child = cases.add(made.inspector, made.case, cases.CHILD, Part.CHILD).person_id
    return made


def paper(world: SimpleNamespace, number: str = "12/345", **said: object) -> NewOrder:
    """What stands on an order: issued an hour ago, unless said otherwise."""
    told = NewOrder(
        issued_at=ISSUED,
        numbered=Numbered(world.office.pk, number),
        conditions=("no_violence", "no_contact"),
        respondent=world.man,
        protected=(world.she, world.child),
    )
    return replace(told, **said)


def pending(world: SimpleNamespace, **said: object) -> NewOrder:
    return paper(world, **{"numbered": None, **said})


def registered(world: SimpleNamespace, told: NewOrder | None = None, *, by=None, id=None, now=NOW) -> ProtectionOrder:
    return services.register_order(
        by or world.inspector, id=id or new_id(), case_ref=world.case.ref, told=told or paper(world), now=now
    )


def _named(world: SimpleNamespace, order: ProtectionOrder, id, now) -> dict[str, object]:
    return {"id": id or new_id(), "case_ref": world.case.ref, "order_id": order.pk, "now": now}


def completed(world, order, number="12/345", *, authority=None, by=None, id=None, now=NOW):
    told = Numbered(authority or world.office.pk, number)
    return services.complete_number(by or world.inspector, **_named(world, order, id, now), told=told)


def served(world, order, *, by=None, id=None, now=NOW, **said):
    told = replace(NewService(at=now, how="handed"), **said)
    return services.serve_order(by or world.inspector, **_named(world, order, id, now), told=told)


def extended(world, order, until, *, on=TODAY, by=None, id=None, now=NOW, **said):
    told = replace(NewExtension(on=on, until=until, authority=world.office.pk), **said)
    return services.extend_order(by or world.inspector, **_named(world, order, id, now), told=told)


def revoked(world, order, *, actor=None, id=None, now=NOW, **said):
    told = replace(NewRevocation(at=now, by="court", reason="Сот жокко чыгарды."), **said)
    return services.revoke_order(actor or world.inspector, **_named(world, order, id, now), told=told)


def breached(world, order, *, by=None, id=None, now=NOW, told: NewBreach | None = None):
    return services.record_breach(by or world.inspector, **_named(world, order, id, now), told=told)


def duties(world: SimpleNamespace) -> dict[str, datetime | None]:
    """The duties of orders that stand in the case, and when they are due."""
    standing = Duty.objects.standing().filter(subject_id=world.case.subject_id, kind__startswith="order.")
    return dict(standing.values_list("kind", "due_at"))


def history(world: SimpleNamespace) -> list[str]:
    events = Event.objects.filter(subject_id=world.case.subject_id, kind__startswith="order_")
    return list(events.order_by("recorded_at", "kind").values_list("kind", flat=True))


def refusal(do: Callable[[], object]) -> DomainError:
    """What was refused; nothing may have been written but the refusal."""
    before = [model.objects.count() for model in WRITTEN]
    with pytest.raises(DomainError) as refused:
        do()
    assert [model.objects.count() for model in WRITTEN] == before
    assert AuditEntry.objects.latest("id").refusal == refused.value.code
    return refused.value
