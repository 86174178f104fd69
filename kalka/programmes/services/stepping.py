"""What becomes of somebody in a programme, and what he says there."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from kalka.access import selectors as sight
from kalka.access import services as access
from kalka.core.actors import Actor, organisation_holder
from kalka.core.commands import command
from kalka.core.errors import AccessDenied, DomainError, Stale
from kalka.core.permissions import Permission
from kalka.directory import selectors as directory
from kalka.programmes import apart, attending, effects, packs, rules, selectors
from kalka.programmes.models import Enrolment, Group, StepTaken, Threat
from kalka.programmes.packs import hours
from kalka.programmes.rules import FINAL, NewStep, NewThreat, Setting, Step
from kalka.vault.classes import Klass
from kalka.vault.rows import repeated, written

REASSESS_WITHIN = 4  # hours; internal
TOLD = (Step.MOVED, Step.EVASION, Step.CUSTODY, Step.ABROAD, *FINAL)  # whoever sent him hears of it


@command("programmes.take_step", needs=Permission.PROGRAMME_WORK)
def take_step(actor: Actor, *, id: UUID, enrolment_id: UUID, told: NewStep, now: datetime) -> StepTaken:
    """The next that becomes of him. Refuses what cannot follow, a seat that is not there or beside somebody of his own
    household or victim, evasion without having asked him, and an end before he has finished."""
    enrolment = selectors.get_led(actor, enrolment_id, now=now)
    content = [enrolment_id, asdict(told)]
    if again := repeated(StepTaken, actor, id=id, content=content):
        return again
    rules.check_step(told)
    Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    enrolment = Enrolment.objects.staged().get(pk=enrolment.pk)
    to, runs_at = rules.step(enrolment.last, told.to), enrolment.runs_at
    if to is Step.PLACED:
        _seat(actor, enrolment, told, now)
    elif to is Step.EVASION:
        rules.check_evasion(told, attending.came(enrolment), effects.absences_of_law(now))
    elif to is Step.COMPLETED:
        rules.check_completed(attending.came(enrolment), packs.pack(enrolment.audience).to_pass)
    elif to is Step.MOVED:
        runs_at = _elsewhere(enrolment, told)
    row = effects.append(
        actor,
        enrolment,
        told,
        id=id,
        number=enrolment.number + 1,
        organisation_id=runs_at,
        content=content,
        now=now,
    )
    _cause(actor, enrolment, to, runs_at, now)
    return row


def _seat(actor: Actor, enrolment: Enrolment, told: NewStep, now: datetime) -> None:
    group = Group.objects.select_for_update().filter(pk__in=[told.group]).first()
    if group is None or group.organisation_id != actor.organisation_id:
        raise AccessDenied("programmes.unknown")
    if group.audience != enrolment.audience:
        raise DomainError("programmes.other_stream", field="group")
    there = [one for one in attending.members(group) if one.pk != enrolment.pk]
    if len(there) >= group.seats:
        raise Stale("programmes.group_is_full", field="group")
    if apart.beside(enrolment, there):
        raise DomainError("programmes.not_together", field="group")


def _elsewhere(enrolment: Enrolment, told: NewStep) -> int:
    found = directory.organisation(told.organisation or 0)
    if found is None or found.kind not in set(Setting) or found.id == enrolment.runs_at:
        raise DomainError("programmes.not_an_answer", field="organisation")
    return found.id


def _cause(actor: Actor, enrolment: Enrolment, to: Step, runs_at: int, now: datetime) -> None:
    for kind in (effects.ANSWER, effects.MISSING, effects.APART):
        effects.off_list(kind, actor, enrolment, now=now)
    if to is Step.EVASION:
        within = {effects.EVASION: hours("decide_within")}
        effects.on_case(within, enrolment, notice="programme_told", now=now)
    elif to in TOLD:
        effects.on_case({}, enrolment, notice="programme_told", now=now)
    if to is Step.MOVED:
        access.grant(enrolment.subject_id, organisation_holder(runs_at), why=effects.WHY, now=now)
        effects.ask_to_answer(enrolment, runs_at, now=now)
        access.end_grant(enrolment.subject_id, organisation_holder(enrolment.runs_at), why=effects.WHY, now=now)


@command("programmes.report_threat", needs=Permission.PROGRAMME_WORK)
def report_threat(actor: Actor, *, id: UUID, enrolment_id: UUID, told: NewThreat, now: datetime) -> Threat:
    """He said that he would do something. Whoever sent him warns her within the hour, and assesses the risk again."""
    enrolment = selectors.get_led(actor, enrolment_id, now=now)
    if again := repeated(Threat, actor, id=id, content=[enrolment_id, asdict(told)]):
        return again
    rules.check_threat(told, now=now)
    row = Threat(
        **written(actor, id=id, subject_id=enrolment.subject_id, content=[enrolment_id, asdict(told)], now=now),
        enrolment=enrolment,
        against=told.against,
        at=told.at,
    )
    keys = sight.keys_for(actor, enrolment.subject_id, now=now, klasses=[Klass.NARRATIVE])
    keys.put(row, "told", told.told.strip())
    row.save(force_insert=True)
    within = {effects.WARN: hours("warn_within"), effects.REASSESS: REASSESS_WITHIN}
    effects.on_case(within, enrolment, notice="programme_threat", now=now)
    return row
