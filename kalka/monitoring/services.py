"""What is written down of monitoring: the decision, the device, its signals, and what was found."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from kalka.access import selectors as access
from kalka.cases import selectors as cases
from kalka.cases.rules import Part, Stage
from kalka.core import sight
from kalka.core.actors import Actor
from kalka.core.clock import day_of
from kalka.core.commands import command
from kalka.core.errors import DomainError, Stale
from kalka.core.permissions import Permission
from kalka.core.refs import derived
from kalka.lawbook.book import Law
from kalka.monitoring import effects, rules, selectors, signs
from kalka.monitoring.models import Answer, DeviceSignal, Fitting, Lift, Measure, dated
from kalka.monitoring.numbers import device_key
from kalka.monitoring.rules import Found, NewAnswer, NewFitting, NewLift, NewMeasure, NewSignal
from kalka.orders import selectors as orders
from kalka.orders import services as order_services
from kalka.orders.rules import NewBreach, end_of
from kalka.vault.rows import repeated, written


@command("monitoring.register", needs=Permission.ORDER_REGISTER)
def register_measure(actor: Actor, *, id: UUID, case_ref: str, told: NewMeasure, now: datetime) -> Measure:
    """Bans and limits as decided elsewhere. Until a device watches there is a duty to fit one.

    Refuses a closed case, a day without such a law, more than it allows, whoever may not decide where that is known,
    and an order or a person of another case.
    """
    case = cases.get_case(actor, case_ref, now=now)
    content = asdict(told)
    if again := repeated(Measure, actor, id=id, content=content):
        return again
    if case.stage == Stage.CLOSED:
        raise DomainError("monitoring.case_closed")
    rules.check_measure(told, bans=signs.bans(), now=now)
    if told.respondent and told.respondent not in cases.cast_of(actor, case.subject_id, now=now).persons(Part.ALLEGED):
        raise DomainError("monitoring.not_said_to_have_done_it", field="respondent")
    if told.order is not None:
        orders.get_order(actor, case_ref, told.order, now=now)
    term = rules.term(Law(told.on), told)
    measure = Measure(
        **written(actor, id=id, subject_id=case.subject_id, content=content, now=now),
        case=case,
        case_ref=case.ref,
        place=case.place,
        order_id=told.order,
        respondent_id=told.respondent,
        on=told.on,
        by=told.by,
        means=told.means,
        bans=",".join(code for code in signs.bans() if code in told.bans),
        starts=told.first_day,
        ends=term.ends,
        basis=term.basis.as_json(),
        decider=term.decider.as_json() if term.decider else None,
    )
    _seal(actor, measure, told.told, now)
    measure.save(force_insert=True)
    if now < end_of(measure.ends):
        effects.begin(actor, measure, now=now)
    return measure


@command("monitoring.fit", needs=Permission.ORDER_REGISTER)
def fit_device(actor: Actor, *, id: UUID, case_ref: str, measure_id: UUID, told: NewFitting, now: datetime) -> Fitting:
    """A device was put on or an app set up; a newer one replaces it. Refuses one that watches somebody else."""
    measure = selectors.get_measure(actor, case_ref, measure_id, now=now)
    content = [measure_id, asdict(told)]
    if again := repeated(Fitting, actor, id=id, content=content):
        return again
    rules.check_fitting(told, dated(measure), now)
    watched = selectors.watched_by(actor, told.device, now=now)
    if watched is not None and watched.pk != measure.pk:
        raise DomainError("monitoring.device_taken", field="device")
    row = Fitting(
        **written(actor, id=id, subject_id=measure.subject_id, content=content, now=now),
        measure=measure,
        at=told.at,
        device_key=device_key(told.device),
    )
    access.keys_for(actor, measure.subject_id, now=now).put(row, "device", told.device.strip())
    row.save(force_insert=True)
    effects.end("monitoring.fit", actor, measure, now=now)
    return row


@command("monitoring.note_signal", needs=Permission.VISIT_LOG)
def note_signal(
    actor: Actor, *, id: UUID, case_ref: str, measure_id: UUID, told: NewSignal, now: datetime
) -> DeviceSignal:
    """A signal that was told by telephone."""
    measure = selectors.get_measure(actor, case_ref, measure_id, now=now)
    content = [measure_id, asdict(told)]
    if again := repeated(DeviceSignal, actor, id=id, content=content):
        return again
    return _sounded(actor, measure, told, id=id, content=content, source="hand", now=now)


@command("monitoring.take_signal", needs=Permission.VISIT_LOG)
def take_signal(actor: Actor, *, id: UUID, device: str, told: NewSignal, now: datetime) -> DeviceSignal:
    """A signal of a file, by the number of the device, also of a file that whoever brings it does not see.

    Refuses a device that watches nobody.
    """
    return _taken(actor, id, device, told, "file", now)


@command("monitoring.receive_signal", needs=Permission.SYSTEM)
def receive_signal(actor: Actor, *, id: UUID, device: str, told: NewSignal, now: datetime) -> DeviceSignal:
    """A signal of an adapter."""
    return _taken(actor, id, device, told, "adapter", now)


@command("monitoring.answer", needs=Permission.VISIT_LOG)
def answer_signal(actor: Actor, *, id: UUID, case_ref: str, signal_id: UUID, told: NewAnswer, now: datetime) -> Answer:
    """What was found. The clock stops; a breach of an order that ran is written down with it.

    Refuses a signal that somebody answered: a later word is a note.
    """
    signal = selectors.get_signal(actor, case_ref, signal_id, now=now)
    content = [signal_id, asdict(told)]
    if again := repeated(Answer, actor, id=id, content=content):
        return again
    rules.check_answer(told)
    DeviceSignal.objects.select_for_update().get(pk=signal.pk)
    if Answer.objects.filter(signal=signal).exists():
        raise Stale("monitoring.answered_already")
    row = Answer(
        **written(actor, id=id, subject_id=signal.subject_id, content=content, now=now),
        signal=signal,
        found=told.found,
    )
    _seal(actor, row, told.told, now)
    row.save(force_insert=True)
    effects.end("monitoring.answer", actor, signal.measure, now=now, of=effects.about_signal(signal.measure, signal))
    if told.found == Found.BREACH:
        _broken(actor, row, signal, told, now)
    return row


@command("monitoring.lift", needs=Permission.ORDER_REGISTER)
def lift_measure(actor: Actor, *, id: UUID, case_ref: str, measure_id: UUID, told: NewLift, now: datetime) -> Lift:
    """Ended before its term. Nothing is left to fit or to agree on; what was told is still to be answered."""
    measure = selectors.get_measure(actor, case_ref, measure_id, now=now)
    content = [measure_id, asdict(told)]
    if again := repeated(Lift, actor, id=id, content=content):
        return again
    Measure.objects.select_for_update().get(pk=measure.pk)
    rules.check_lift(told, dated(Measure.objects.dated().get(pk=measure.pk)), now)
    row = Lift(
        **written(actor, id=id, subject_id=measure.subject_id, content=content, now=now),
        measure=measure,
        at=told.at,
        by=told.by,
    )
    _seal(actor, row, told.told, now)
    row.save(force_insert=True)
    for kind in ("monitoring.fit", "monitoring.before_end"):
        effects.end(kind, actor, measure, now=now)
    return row


def _taken(actor: Actor, id: UUID, device: str, told: NewSignal, source: str, now: datetime) -> DeviceSignal:
    content = [rules.fold_device(device), asdict(told)]
    if again := repeated(DeviceSignal, actor, id=id, content=content):
        return again
    with sight.beyond():
        measure = selectors.watched_by(actor, device, now=now, at=told.at)
        if measure is None:
            raise DomainError("monitoring.no_such_device", field="device")
        return _sounded(actor, measure, told, id=id, content=content, source=source, now=now)


def _sounded(
    actor: Actor, measure: Measure, told: NewSignal, *, id: UUID, content: object, source: str, now: datetime
) -> DeviceSignal:
    rules.check_signal(told, signs.signs(), now)
    row = DeviceSignal(
        **written(actor, id=id, subject_id=measure.subject_id, content=content, now=now),
        measure=measure,
        sign=told.sign,
        at=told.at,
        source=source,
    )
    if source == "hand":
        _seal(actor, row, told.told, now)
    row.save(force_insert=True)
    effects.sounded(actor, measure, row, signs.signs()[told.sign], now=now)
    return row


def _broken(actor: Actor, row: Answer, signal: DeviceSignal, told: NewAnswer, now: datetime) -> None:
    """The order it goes with was broken too; without one the history says it by itself."""
    measure, on = signal.measure, day_of(signal.at)
    ran = orders.ran_on(actor, measure.subject_id, on, now=now)
    if not ran:
        effects.note_breach(actor, measure, on, now=now)
        return
    order = measure.order_id if measure.order_id in ran else ran[0]
    breach = NewBreach(on=on, told=told.told)
    id = derived(row.pk, "breach")
    order_services.record_breach(actor, id=id, case_ref=measure.case_ref, order_id=order, told=breach, now=now)


def _seal(actor: Actor, row: Measure | DeviceSignal | Answer | Lift, text: str, now: datetime) -> None:
    if text.strip():
        access.keys_for(actor, row.subject_id, now=now).put(row, "told", text.strip())
