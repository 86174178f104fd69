"""The case of `orders`, with a social worker in its team, and proceedings, custody and weapons of the man in it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from uuid import UUID

import pytest

from kalka.cases.tests import factories as cases
from kalka.core.actors import Actor
from kalka.core.errors import DomainError
from kalka.core.models import AuditEntry
from kalka.core.refs import new_id
from kalka.duties.models import Duty
from kalka.history.models import Event
from kalka.orders.tests import factories as orders
from kalka.proceedings import services
from kalka.proceedings.models import (
    Custody,
    Proceeding,
    ProceedingEnd,
    ProceedingNumber,
    ProceedingStep,
    Release,
    ReleasePlan,
    WeaponCheck,
)
from kalka.proceedings.rules import NewCustody, NewEnd, NewProceeding, NewStep, NewWeapon
from kalka.risk.models import Trigger
from tests.standing import stands

NOW, TODAY, DAY = cases.NOW, cases.TODAY, cases.DAY
HOUR = timedelta(hours=1)
TABLES = (Proceeding, ProceedingNumber, ProceedingStep, ProceedingEnd, Custody, ReleasePlan, Release, WeaponCheck)
TABLES += (Duty, Event, Trigger)


@stands
def world() -> SimpleNamespace:
    made = cases.raion()
    made.prosecutor = cases.post("prosecutor", place=cases.RAION, organisation=cases.office("prosecution", cases.RAION))
    made.warden = cases.post(
        "penitentiary_officer", place=cases.RAION, organisation=cases.office("penitentiary", cases.RAION)
    )
    made.office = cases.office("police", cases.RAION)
    made.other_office = cases.office("police", cases.FAR)
    orders.fill(made)
    cases.join(made.inspector, made.case, made.worker)
    return made


def opened(at: SimpleNamespace, *, by: Actor | None = None, id: UUID | None = None, **said: object) -> Proceeding:
    told = replace(NewProceeding(person=at.man, ground="offence", on=TODAY), **said)
    return services.open_proceeding(by or at.inspector, id=id or new_id(), case_ref=at.case.ref, told=told, now=NOW)


def evaded(at: SimpleNamespace, **said: object) -> Proceeding:
    told = {"sessions_set": 8, "sessions_missed": 5, "warned_on": TODAY - DAY, **said}
    return opened(at, ground="evasion_of_programme", **told)


def refused_bans(at: SimpleNamespace, **said: object) -> Proceeding:
    return opened(at, ground="refusal_of_bans", **{"bans": ("no_contact", "leave_home"), **said})


def stepped(at: SimpleNamespace, row: Proceeding, *, id: UUID | None = None, **said: object) -> ProceedingStep:
    told = replace(NewStep("court", TODAY), **said)
    named = {"case_ref": at.case.ref, "proceeding_id": row.pk, "now": NOW}
    return services.note_step(at.inspector, id=id or new_id(), told=told, **named)


def ended(
    at: SimpleNamespace, row: Proceeding, *, id: UUID | None = None, seen: str | None = None, **said: object
) -> ProceedingEnd:
    told = replace(NewEnd("guilty", TODAY, sentence="arrest", amount=7), **said)
    named = {"case_ref": at.case.ref, "proceeding_id": row.pk, "now": NOW}
    return services.end_proceeding(at.inspector, id=id or new_id(), told=told, seen=seen, **named)


def held(at: SimpleNamespace, *, by: Actor | None = None, id: UUID | None = None, **said: object) -> Custody:
    told = replace(NewCustody(at.man, "detention", "police", NOW - HOUR), **said)
    return services.take_into_custody(by or at.inspector, id=id or new_id(), case_ref=at.case.ref, told=told, now=NOW)


def planned(at: SimpleNamespace, row: Custody, until, *, by=None, id=None, seen=None, now=NOW) -> ReleasePlan:
    told = {"custody_id": row.pk, "until": until, "seen": seen, "now": now}
    return services.plan_release(by or at.inspector, id=id or new_id(), **told)


def freed(at: SimpleNamespace, row: Custody, *, by=None, id=None, now=NOW, when=None, how="term") -> Release:
    told = {"custody_id": row.pk, "at": when or now, "how": how, "now": now}
    return services.release(by or at.inspector, id=id or new_id(), **told)


def weapon(at: SimpleNamespace, what: str, *, id: UUID | None = None, **said: object) -> WeaponCheck:
    told = replace(NewWeapon(at.man, what, TODAY), **said)
    return services.note_weapon(at.inspector, id=id or new_id(), case_ref=at.case.ref, told=told, now=NOW)


def duties(at: SimpleNamespace) -> dict[str, Duty]:
    return {duty.kind: duty for duty in Duty.objects.standing().filter(subject_id=at.case.subject_id)}


def history(at: SimpleNamespace) -> list[tuple[str, object]]:
    """What this module wrote of the man."""
    events = Event.objects.filter(person=at.man, source="proceedings").order_by("recorded_at", "kind")
    return list(events.values_list("kind", "on"))


def refusal(do: Callable[[], object]) -> DomainError:
    """What was refused; nothing may have been written but the refusal."""
    before = [table.objects.count() for table in TABLES]
    with pytest.raises(DomainError) as refused:
        do()
    assert [table.objects.count() for table in TABLES] == before
    assert AuditEntry.objects.latest("id").refusal == refused.value.code
    return refused.value
