"""What may be read of monitoring: of one case, of one measure, and what waits for an answer."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from kalka.access import selectors as access
from kalka.cases import selectors as cases
from kalka.cases.rules import Part
from kalka.core import clock, sight
from kalka.core.actors import Actor
from kalka.core.blockers import Blocker
from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission
from kalka.core.timeline import TimelineItem
from kalka.monitoring.lines import MeasureLine, SignalLine, measure_lines, signal_lines
from kalka.monitoring.models import Answer, DeviceSignal, Fitting, Lift, Measure
from kalka.monitoring.numbers import device_key
from kalka.monitoring.rules import Found
from kalka.orders import selectors as orders
from kalka.ui import writing
from kalka.ui.text import StrOrPromise
from kalka.vault.classes import Klass
from kalka.vault.keys import Keys

Pairs = list[tuple[str, StrOrPromise]]
SIZE = 50


@dataclass(frozen=True, slots=True)
class Board:
    """What waits for an answer, a danger first and then by term, and the measures that run or begin."""

    waiting: tuple[SignalLine, ...]
    measures: tuple[MeasureLine, ...]


@dataclass(frozen=True, slots=True)
class MeasurePage:
    """`device` is the one that watches now; `may_*` say what can be written down."""

    line: MeasureLine
    told: str = field(repr=False)
    device: str = field(repr=False)
    fitted_at: datetime | None
    signals: tuple[SignalLine, ...]
    lifted_why: str = field(repr=False)
    may_write: bool
    may_answer: bool


def board(actor: Actor, *, now: datetime) -> Board:
    """Of the files the actor sees. Nothing sealed is opened."""
    answers = Answer.objects.filter(signal=OuterRef("pk"))
    signals = DeviceSignal.objects.filter(~Exists(answers)).select_related("measure")
    newest = access.visible(actor, signals, now=now).order_by("-recorded_at", "id")[: 10 * SIZE]
    waiting = sorted(signal_lines(newest, now), key=lambda one: (not one.danger, one.due, str(one.id)))
    shown = access.visible(actor, Measure.objects.not_over(now), now=now)
    measures = shown.order_by("ends", "id")[:SIZE]
    return Board(tuple(waiting[:SIZE]), measure_lines(measures, now))


def get_measure(actor: Actor, ref: str, measure_id: UUID, *, now: datetime) -> Measure:
    """AccessDenied for one of another case as for none."""
    case = cases.get_case(actor, ref, now=now)
    measure = Measure.objects.dated().filter(case=case, pk=measure_id).first()
    if measure is None:
        raise AccessDenied("monitoring.unknown")
    return measure


def get_signal(actor: Actor, ref: str, signal_id: UUID, *, now: datetime) -> DeviceSignal:
    case = cases.get_case(actor, ref, now=now)
    signal = DeviceSignal.objects.filter(subject_id=case.subject_id, pk=signal_id).select_related("measure").first()
    if signal is None:
        raise AccessDenied("monitoring.unknown")
    return signal


def watched_by(actor: Actor, device: str, *, now: datetime, at: datetime | None = None) -> Measure | None:
    """Whom a device watches, or watched at a moment, in all files. For a signal: whoever asks is not shown it."""
    with sight.beyond():
        fittings = Fitting.objects.filter(device_key=device_key(device)).order_by("-at", "-id")
        for measure_id in dict.fromkeys(fittings.values_list("measure_id", flat=True)):
            for moment in (at or now, now):
                if found := Measure.objects.running(moment).filter(pk=measure_id).first():
                    return found
    return None


def came(actor: Actor, signal_id: UUID) -> bool:
    """Whether a signal came already, of whatever file. Asked by the installation alone."""
    _only_the_installation(actor)
    with sight.beyond():
        return DeviceSignal.objects.filter(pk=signal_id).exists()


def last_pulled(actor: Actor) -> datetime | None:
    """When a signal last came by an adapter. Asked by the installation alone."""
    _only_the_installation(actor)
    with sight.beyond():
        rows = DeviceSignal.objects.filter(source="adapter").order_by("-recorded_at")
        return rows.values_list("recorded_at", flat=True).first()


def _only_the_installation(actor: Actor) -> None:
    if not actor.may(Permission.SYSTEM):
        raise AccessDenied("core.not_permitted")


def measure_page(actor: Actor, ref: str, measure_id: UUID, *, now: datetime) -> MeasurePage:
    measure = get_measure(actor, ref, measure_id, now=now)
    klasses = [Klass.IDENTITY, Klass.NARRATIVE]
    keys = access.unlock(actor, [measure.subject_id], what="monitoring.page", now=now, klasses=klasses)
    fitting = Fitting.objects.filter(measure=measure).order_by("-at", "-id").first()
    signals = DeviceSignal.objects.filter(measure=measure).select_related("measure").order_by("-recorded_at", "id")
    lift = Lift.objects.filter(measure=measure).first()
    return MeasurePage(
        line=measure_lines([measure], now)[0],
        told=keys.get(measure, "told") or "",
        device=keys.get(fitting, "device") if fitting else "",
        fitted_at=fitting.at if fitting else None,
        signals=signal_lines(signals[:SIZE], now, keys),
        lifted_why=(keys.get(lift, "told") or "") if lift else "",
        may_write=actor.may(Permission.ORDER_REGISTER),
        may_answer=actor.may(Permission.VISIT_LOG),
    )


def signal_line(actor: Actor, ref: str, signal_id: UUID, *, now: datetime) -> SignalLine:
    return signal_lines([get_signal(actor, ref, signal_id, now=now)], now)[0]


def of_case(actor: Actor, subject_id: UUID, *, now: datetime) -> tuple[MeasureLine, ...]:
    return measure_lines(_measures(actor, subject_id, now).order_by("-starts", "id"), now)


def broken(actor: Actor, subject_id: UUID, *, now: datetime) -> tuple[SignalLine, ...]:
    """What was found to be a breach of bans or limits under monitoring: a ground of its own in the Code of Offences.

    A breach of bans that nothing watches is none.
    """
    watched = {one.id for one in of_case(actor, subject_id, now=now) if one.watching}
    return tuple(
        one for one in _signals(actor, subject_id, now) if one.found == Found.BREACH and one.measure_id in watched
    )


def respondent_choices(actor: Actor, ref: str, *, now: datetime) -> Pairs:
    return cases.part_choices(actor, ref, Part.ALLEGED, now=now, by_person=True)


def order_choices(actor: Actor, subject_id: UUID, *, now: datetime) -> Pairs:
    """The orders that run, by their days."""
    running = orders.running(actor, subject_id, now=now)
    return [(str(one.id), f"{writing.day(one.starts)} – {writing.day(one.last_day)}") for one in running]


def open_work(actor: Actor, subject_id: UUID, *, now: datetime) -> tuple[Blocker, ...]:
    """A case is not closed while somebody is watched, or a signal waits."""
    running = [one for one in of_case(actor, subject_id, now=now) if one.runs]
    found = [Blocker(_runs(one), {"url": _url(one.ref, one.id), "until": one.ends}) for one in running]
    waiting = [one for one in _signals(actor, subject_id, now) if one.answered_at is None]
    return (*found, *(Blocker("monitoring.unanswered", {"url": _url(one.ref, one.measure_id)}) for one in waiting))


def _runs(one: MeasureLine) -> str:
    return "monitoring.running" if one.watching else "monitoring.bans_run"


def timeline(actor: Actor, subject_id: UUID, *, now: datetime, keys: Keys | None = None) -> list[TimelineItem]:
    """Decisions, what was fitted and lifted, and every signal with what was found."""
    measures = of_case(actor, subject_id, now=now)
    if not measures:
        return []
    ids = [one.id for one in measures]
    items = [_decided(one) for one in measures]
    fittings = Fitting.objects.filter(measure__in=ids)
    items += [TimelineItem(one.at, "monitoring.fitted", "done", {}, one.post_id) for one in fittings]
    items += [_lifted(one, keys) for one in Lift.objects.filter(measure__in=ids)]
    items += [_signalled(one) for one in _signals(actor, subject_id, now, keys)]
    return items


def _decided(one: MeasureLine) -> TimelineItem:
    same_day = clock.day_of(one.recorded_at) == one.on
    at = one.recorded_at if same_day else datetime.combine(one.on, time(12), tzinfo=clock.BISHKEK)
    what = "monitoring.decided" if one.watching else "monitoring.banned"
    return TimelineItem(at, what, "order", {"until": one.ends}, one.post_id, key=True, basis=one.cite)


def _lifted(one: Lift, keys: Keys | None) -> TimelineItem:
    text = keys.get(one, "told") if keys else None
    return TimelineItem(one.at, "monitoring.lifted", "cross", {}, one.post_id, (text,) if text else (), key=True)


def _signalled(one: SignalLine) -> TimelineItem:
    lines = tuple(text for text in (one.told, one.said) if text)
    facts: dict[str, object] = {"sign": one.sign, "found": one.found, "words": one.words}
    alarm = one.danger and one.found in ("", Found.BREACH)
    return TimelineItem(one.at, "monitoring.signal", "warn", facts, one.post_id, lines, alarm=alarm)


def _measures(actor: Actor, subject_id: UUID, now: datetime) -> QuerySet[Measure]:
    return access.visible(actor, Measure.objects.dated().filter(subject_id=subject_id), now=now)


def _signals(actor: Actor, subject_id: UUID, now: datetime, keys: Keys | None = None) -> Sequence[SignalLine]:
    rows = access.visible(actor, DeviceSignal.objects.filter(subject_id=subject_id), now=now)
    return signal_lines(rows.select_related("measure").order_by("recorded_at", "id"), now, keys)


def _url(ref: str, measure_id: UUID) -> str:
    return reverse("monitoring:measure", args=[ref, measure_id])
