"""What the steps of monitoring cause: duties, alarms, the risk. Inside commands only."""

from dataclasses import replace
from datetime import date, datetime

from kalka.access import selectors as access
from kalka.access.rules import Scope
from kalka.cases import selectors as cases
from kalka.core.actors import SYSTEM, Actor, post_holder
from kalka.core.clock import day_of
from kalka.core.errors import DomainError
from kalka.directory import selectors as directory
from kalka.duties import services as duties
from kalka.history import services as history
from kalka.monitoring import rules
from kalka.monitoring.models import DeviceSignal, Measure
from kalka.monitoring.signs import Sign
from kalka.notices import services as notices
from kalka.orders.rules import end_of
from kalka.risk import services as risk

INSPECTOR, SUPERVISOR = "police_inspector", "supervising_officer"


def about(measure: Measure) -> str:
    return f"{measure.case_ref}/{measure.pk}"


def about_signal(measure: Measure, signal: DeviceSignal) -> str:
    return f"{measure.case_ref}/{signal.pk}"


def assign(kind: str, actor: Actor, measure: Measure, due_at: datetime, *, now: datetime, of: str = "") -> None:
    post_id = _inspector(actor, measure, now) or actor.post_id
    if post_id is None:
        raise DomainError("monitoring.nobody_responsible")
    basis = None  # the law sets no term for any of them
    subject = measure.subject_id
    duties.assign(
        kind, subject_id=subject, post_id=post_id, due_at=due_at, basis=basis, now=now, about=of or about(measure)
    )


def end(kind: str, actor: Actor, measure: Measure, *, now: datetime, of: str = "") -> None:
    duties.end_for(kind, subject_id=measure.subject_id, now=now, actor=actor, about=of or about(measure))


def begin(actor: Actor, measure: Measure, *, now: datetime) -> None:
    """A device is to be fitted where one is to watch, and before the end somebody agrees with her on what follows."""
    if measure.means != rules.Means.NONE:
        assign("monitoring.fit", actor, measure, fit_by(now), now=now)
    agree_before_end(actor, measure, now=now)


def agree_before_end(actor: Actor, measure: Measure, *, now: datetime) -> None:
    due_at = max(end_of(measure.ends) - rules.AGREE_BEFORE_END, now)
    assign("monitoring.before_end", actor, measure, due_at, now=now)


def sounded(actor: Actor, measure: Measure, signal: DeviceSignal, sign: Sign, *, now: datetime) -> None:
    """Somebody is to answer; a danger also alerts at once and lifts the risk.

    A signal comes from whoever watches the device, who may not see the file: it is passed on by whoever wrote the
    measure down.
    """
    seeing = actor if access.sees(actor, measure.subject_id, now=now, scope=Scope.DUTIES) else keeper(measure)
    assign("monitoring.answer", seeing, measure, now + sign.within, now=now, of=about_signal(measure, signal))
    if not sign.danger:
        return
    if access.sees(seeing, measure.subject_id, now=now, scope=Scope.DUTIES):
        risk.require_reassessment(seeing, "bracelet_alarm", subject_id=measure.subject_id, now=now)
    for post_id in _alerted(seeing, measure, now):
        notices.alert(post_id, "monitoring_signal", subject_id=measure.subject_id, now=now)


def keeper(measure: Measure) -> Actor:
    """The installation, seeing what the post sees that wrote the measure down."""
    holders = (post_holder(measure.post_id),) if measure.post_id else ()
    return replace(SYSTEM, holders=holders, post_id=measure.post_id)


def _alerted(actor: Actor, measure: Measure, now: datetime) -> list[int]:
    supervisor = directory.responsible(SUPERVISOR, measure.place, day_of(now))
    posts = [_inspector(actor, measure, now), supervisor.id if supervisor else None]
    return [post_id for post_id in dict.fromkeys(posts) if post_id is not None]


def _inspector(actor: Actor, measure: Measure, now: datetime) -> int | None:
    if access.sees(actor, measure.subject_id, now=now, scope=Scope.DUTIES):
        return cases.team_post(actor, measure.subject_id, INSPECTOR, now=now)
    found = directory.responsible(INSPECTOR, measure.place, day_of(now))
    return found.id if found else measure.post_id


def fit_by(now: datetime) -> datetime:
    return now + rules.FIT_WITHIN


def note_breach(actor: Actor, measure: Measure, on: date, *, now: datetime) -> None:
    """Bans without an order were broken: in the history as a breach, and the risk is assessed again."""
    subject, person = measure.subject_id, measure.respondent_id
    history.append(
        actor, subject_id=subject, kind="order_breached", at=on, now=now, person_id=person, source="monitoring"
    )
    risk.require_reassessment(actor, "order_breached", subject_id=subject, now=now)
