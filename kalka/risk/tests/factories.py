"""A case in a raion, an inspector who assesses it, and the officer above."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db.models import Model

from kalka.access import selectors as access
from kalka.cases.models import Case
from kalka.cases.tests import factories as cases
from kalka.core.actors import Actor
from kalka.core.errors import DomainError
from kalka.core.models import AuditEntry
from kalka.core.refs import new_id
from kalka.directory.models import Post
from kalka.duties.models import Duty
from kalka.history.models import Event
from kalka.instruments import editions
from kalka.risk import services
from kalka.risk.models import Assessment, Countersign, Judgement, NotAlone, Trigger
from kalka.risk.rules import NewAssessment
from tests.standing import stands

NOW = cases.NOW
HOUR = timedelta(hours=1)
FORM = editions.latest("KG-DEMO")
WHY = "Эшикти сындырып кирген, балдар коркуп жатат."


@stands
def world() -> SimpleNamespace:
    """As `cases.raion`, with a case of the inspector, and a leading officer over the inspector."""
    found = cases.raion()
    found.lead = cases.post("supervising_officer", place=cases.RAION)
    office = Post.objects.get(pk=found.inspector.post_id).organisation
    leading = Post.objects.get(pk=found.lead.post_id)
    Post.objects.filter(pk=leading.pk).update(leads=True, organisation=office)
    found.lead = replace(
        found.lead, leads=True, organisation_id=office.pk, holders=(found.lead.holders[0], f"org:{office.pk}")
    )
    found.case = cases.opened(found)
    return found


def all_no(**other: str) -> dict[str, str]:
    """No to everything, also in the registers that were looked up, but for what is named."""
    return dict.fromkeys(FORM.items, "no") | other


def told(*marked: str, answers: Mapping[str, str] | None = None, **said: object) -> NewAssessment:
    """What is marked is yes, the rest no; low in the officer's own judgement."""
    given = {"judged": "low", "reason": WHY, "answers": answers or all_no(**dict.fromkeys(marked, "yes"))}
    return NewAssessment(**given | said)


def judged(actor: Actor, case: Case, *marked: str, now: datetime = NOW, **said: object) -> Judgement:
    return services.record_judgement(actor, id=new_id(), case_ref=case.ref, told=told(*marked, **said), now=now)


def confirmed(actor: Actor, judgement: Judgement, level: str, *, now: datetime = NOW, why: str = "") -> Assessment:
    return services.confirm(actor, id=new_id(), judgement_id=judgement.pk, level=level, raised_reason=why, now=now)


def assessed(
    actor: Actor, case: Case, level: str, *marked: str, now: datetime = NOW, why: str = "", **said: object
) -> Assessment:
    return confirmed(actor, judged(actor, case, *marked, now=now, **said), level, now=now, why=why)


def refused(code: str, do: Callable[[], object]) -> DomainError:
    """What was refused; nothing may have been written but the refusal."""
    rows = (Judgement, Assessment, Countersign, NotAlone, Trigger, Event, Duty)
    before = [model.objects.count() for model in rows]
    with pytest.raises(DomainError) as refusal:
        do()
    assert refusal.value.code == code
    assert [model.objects.count() for model in rows] == before
    assert AuditEntry.objects.latest("id").refusal == code
    return refusal.value


def opened(reader: Actor, row: Model, field: str, *, now: datetime = NOW) -> Any:
    return access.unlock(reader, [row.subject_id], what="test", now=now).get(row, field)


def call(world: SimpleNamespace, trigger: str, *, now: datetime, event_at: datetime | None = None) -> Trigger:
    """A trigger, as a step of the inspector calls it."""
    return cases.in_a_command(
        lambda: services.require_reassessment(
            world.inspector, trigger, subject_id=world.case.subject_id, now=now, event_at=event_at
        )
    )


def standing(case: Case) -> dict[str, Duty]:
    """The duties that stand in the case, one a kind."""
    return {duty.kind: duty for duty in Duty.objects.standing().filter(subject_id=case.subject_id)}
