"""A case with an order, and bans under monitoring that a court decided on."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from types import SimpleNamespace

import pytest

from kalka.core.errors import DomainError
from kalka.core.models import AuditEntry
from kalka.core.refs import new_id
from kalka.duties.models import Duty
from kalka.history.models import Event
from kalka.monitoring import services
from kalka.monitoring.models import Answer, DeviceSignal, Fitting, Lift, Measure
from kalka.monitoring.rules import NewAnswer, NewFitting, NewLift, NewMeasure, NewSignal
from kalka.notices.models import Notice
from kalka.orders.models import Breach
from kalka.orders.tests import factories as orders
from kalka.orders.tests.factories import DAY, NOW, TODAY

__all__ = ["DAY", "NOW", "TODAY"]
DEVICE = "GPS-0042/7"
WRITTEN = (Measure, Fitting, DeviceSignal, Answer, Lift, Duty, Event, Notice, Breach)


world = orders.world


def paper(world: SimpleNamespace, **said: object) -> NewMeasure:
    told = NewMeasure(TODAY, "court", "device", ("no_contact", "no_territory"), respondent=world.man)
    return replace(told, **said)


def decided(world: SimpleNamespace, told: NewMeasure | None = None, *, by=None, id=None, now=NOW) -> Measure:
    told = told or paper(world)
    return services.register_measure(
        by or world.inspector, id=id or new_id(), case_ref=world.case.ref, told=told, now=now
    )


def named(world, measure, id, now) -> dict[str, object]:
    return {"id": id or new_id(), "case_ref": world.case.ref, "measure_id": measure.pk, "now": now}


def fitted(world, measure, device=DEVICE, *, by=None, id=None, now=NOW) -> Fitting:
    return services.fit_device(by or world.inspector, **named(world, measure, id, now), told=NewFitting(now, device))


def signalled(world, measure, sign="entered", *, by=None, id=None, now=NOW, **said) -> DeviceSignal:
    told = replace(NewSignal(sign, now), **said)
    return services.note_signal(by or world.inspector, **named(world, measure, id, now), told=told)


def answered(world, signal, found="kept", told="", *, by=None, id=None, now=NOW) -> Answer:
    return services.answer_signal(
        by or world.inspector,
        id=id or new_id(),
        case_ref=world.case.ref,
        signal_id=signal.pk,
        told=NewAnswer(found, told),
        now=now,
    )


def lifted(world, measure, *, id=None, now=NOW, **said) -> Lift:
    told = replace(NewLift(now, "court", "Сот чечти."), **said)
    return services.lift_measure(world.inspector, **named(world, measure, id, now), told=told)


def duties(world: SimpleNamespace) -> dict[str, datetime | None]:
    standing = Duty.objects.standing().filter(subject_id=world.case.subject_id, kind__startswith="monitoring.")
    return dict(standing.values_list("kind", "due_at"))


def refusal(do: Callable[[], object]) -> DomainError:
    before = [model.objects.count() for model in WRITTEN]
    with pytest.raises(DomainError) as refused:
        do()
    assert [model.objects.count() for model in WRITTEN] == before
    assert AuditEntry.objects.latest("id").refusal == refused.value.code
    return refused.value
