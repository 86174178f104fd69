"""Noting a visit, correcting one, and planning the next."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID, uuid5

from kalka.access import selectors as access
from kalka.cases import selectors as cases
from kalka.cases.rules import Stage
from kalka.core.actors import Actor
from kalka.core.clock import day_of
from kalka.core.commands import command
from kalka.core.errors import DomainError
from kalka.core.permissions import Permission
from kalka.duties import selectors as duty_list
from kalka.duties import services as duties
from kalka.duties.lines import DutyLine
from kalka.duties.rules import read_level
from kalka.followup import effects, rules, selectors
from kalka.followup.models import Visit, VisitCorrection
from kalka.followup.rules import MET, Kept, NewVisit
from kalka.followup.schedule import schedule
from kalka.history import services as history
from kalka.lawbook.book import Law, Provision
from kalka.orders import selectors as orders
from kalka.orders import services as order_services
from kalka.orders.rules import NewBreach
from kalka.vault.rows import repeated, written

INSPECTOR = "police_inspector"


@command("followup.log_visit", needs=Permission.VISIT_LOG)
def log_visit(actor: Actor, *, id: UUID, case_ref: str, told: NewVisit, now: datetime) -> Visit:
    """Note a visit as it was found. Never edited.

    Ends the duty it fulfils, plans the next one by the level, and records the breach of an order found broken. Whoever
    wrote a visit she denies fulfils none by another: until somebody else was there, theirs waits.
    Refuses at its field an answer that is not offered and a day to come; a closed case with `followup.case_closed`.
    """
    case = cases.get_case(actor, case_ref, now=now)
    content = asdict(told)
    if again := repeated(Visit, actor, id=id, content=content):
        return again
    rules.check_visit(told, order_runs=orders.runs(actor, case.subject_id, now=now), now=now)
    if case.stage == Stage.CLOSED:
        raise DomainError("followup.case_closed")
    planned = duty_list.standing_of(actor, case.subject_id, selectors.VISIT, now=now)
    visit = Visit(
        **written(actor, id=id, subject_id=case.subject_id, content=content, now=now),
        case_ref=case.ref,
        planned_id=planned.id if planned else None,
        visited_at=told.visited_at,
        late=rules.written_late(told.visited_at, now),
        clock=rules.clock_of(told.visited_at, now),
        found=told.found,
        kept=told.kept,
        where=told.where,
    )
    sealed = {"told": told.told.strip(), "zone": told.zone}
    if any(sealed.values()):
        keys = access.keys_for(actor, case.subject_id, now=now)
        for name, words in sealed.items():
            if words:
                keys.put(visit, name, words)
    visit.save(force_insert=True)
    _cause(actor, visit, planned, now=now)
    return visit


def _cause(actor: Actor, visit: Visit, planned: DutyLine | None, *, now: datetime) -> None:
    subject_id = visit.subject_id
    at = min(visit.visited_at, now)
    history.append(actor, subject_id=subject_id, kind="visit_made", at=at, now=now, source="followup")
    if not _waits_for_another(actor, subject_id, planned, now=now):
        duties.end_for(selectors.VISIT, subject_id=subject_id, now=now, actor=actor)
        if visit.kept in (Kept.KEPT, Kept.BROKEN):
            duties.end_for(selectors.COMPLIANCE, subject_id=subject_id, now=now, actor=actor)
    if visit.kept == Kept.BROKEN:
        _breach(actor, visit, now=now)
    _plan_next(actor, visit, now=now)
    effects.ask_her(actor, visit, high=effects.is_high(selectors.level(actor, subject_id, now=now)), now=now)


def _waits_for_another(actor: Actor, subject_id: UUID, planned: DutyLine | None, *, now: datetime) -> bool:
    """She denies a visit of the actor's, and the one that is due again is somebody else's. Where nobody stands above,
    it stayed with the actor's own post, who goes."""
    stayed = planned is not None and planned.assignee_id == actor.post_id and not planned.escalated
    return not stayed and selectors.awaits_another(actor, subject_id, now=now)


def _plan_next(actor: Actor, visit: Visit, *, now: datetime) -> None:
    level = selectors.level(actor, visit.subject_id, now=now)
    post_id = cases.team_post(actor, visit.subject_id, INSPECTOR, now=now) or actor.post_id
    if post_id is None:
        raise DomainError("followup.nobody_to_visit")
    duties.assign(
        selectors.VISIT,
        subject_id=visit.subject_id,
        post_id=post_id,
        due_at=schedule().next_due(_place(level), met=visit.found in MET, now=now),
        basis=_basis(now),
        now=now,
        level=level,
        about=visit.case_ref,
    )


def _place(code: str) -> tuple[int, int] | None:
    level = read_level(code)
    return (level.position, level.count) if level else None


def _basis(now: datetime) -> Provision | None:
    """An internal rule: the law sets no schedule. Where it will, the duty cites it."""
    law = Law(day_of(now)).get("visit.schedule")
    return law if law is not None and law.is_set else None


@command("followup.correct_visit", needs=Permission.VISIT_LOG)
def correct_visit(
    actor: Actor, *, id: UUID, case_ref: str, visit_id: UUID, text: str, now: datetime
) -> VisitCorrection:
    """Add what was wrong or missing; the visit stays as it was written."""
    visit = selectors.get_visit(actor, case_ref, visit_id, now=now)
    if again := repeated(VisitCorrection, actor, id=id, content=[visit_id, text]):
        return again
    if not text.strip():
        raise DomainError("followup.nothing_told", field="told")
    if len(text) > rules.LONGEST:
        raise DomainError("followup.too_long", field="told", most=rules.LONGEST)
    row = VisitCorrection(
        **written(actor, id=id, subject_id=visit.subject_id, content=[visit_id, text], now=now), visit=visit
    )
    access.keys_for(actor, visit.subject_id, now=now).put(row, "told", text.strip())
    row.save(force_insert=True)
    return row


@command("followup.plan_visits", needs=Permission.SYSTEM)
def plan_visits(actor: Actor, *, now: datetime) -> tuple[UUID, ...]:
    """The first visit after a level was set, and a sooner one after it rose. Returns the duties."""
    said = duty_list.lately_leveled(actor, selectors.VISIT, now=now)
    return tuple(_planned(duty, now) for duty in said if duty.case_ref)


def _planned(said: DutyLine, now: datetime) -> UUID:
    planned = duties.assign(
        selectors.VISIT,
        subject_id=said.subject_id,
        post_id=said.assignee_id,
        due_at=schedule().next_due(_place(said.level), met=True, now=said.since),
        basis=_basis(now),
        now=now,
        level=said.level,
        about=said.case_ref,
    )
    return planned.pk


def _breach(actor: Actor, visit: Visit, *, now: datetime) -> None:
    """A breach of each order that runs, on the day of the visit if it ran then."""
    visited = day_of(min(visit.visited_at, now))
    for order in orders.running(actor, visit.subject_id, now=now):
        order_services.record_breach(
            actor,
            id=uuid5(visit.pk, str(order.id)),
            case_ref=visit.case_ref,
            order_id=order.id,
            told=NewBreach(on=max(visited, order.starts)),
            now=now,
        )
