"""A measure and its signals as a page shows them, without anything sealed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import get_language

from kalka.lawbook.book import Provision
from kalka.monitoring import signs
from kalka.monitoring.models import Answer, DeviceSignal, Measure, dated
from kalka.monitoring.rules import RUNS, Means, State
from kalka.vault.keys import Keys


@dataclass(frozen=True, slots=True)
class MeasureLine:
    id: UUID
    ref: str
    subject_id: UUID
    on: date
    by: str
    means: str
    bans: tuple[str, ...]
    starts: date
    ends: date
    state: State
    basis: Provision
    decider: Provision | None
    order_id: UUID | None
    post_id: int | None
    recorded_at: datetime

    @property
    def runs(self) -> bool:
        return self.state in RUNS

    @property
    def watching(self) -> bool:
        """Whether a device or an app watches, or is to."""
        return self.means != Means.NONE

    @property
    def decider_is_set(self) -> bool:
        return self.decider is not None and self.decider.is_set

    @property
    def cite(self) -> str:
        return self.basis.cite((get_language() or "ky")[:2])


@dataclass(frozen=True, slots=True)
class SignalLine:
    """`took` is the clock: from when it came here to the answer, or to now."""

    id: UUID
    ref: str
    measure_id: UUID
    sign: str
    words: str
    danger: bool
    at: datetime  # by the device
    came: datetime
    due: datetime
    answered_at: datetime | None
    found: str
    took: timedelta
    told: str
    said: str
    post_id: int | None
    by_post: int | None

    @property
    def late(self) -> bool:
        return self.came + self.took > self.due

    @property
    def minutes(self) -> int:
        return int(self.took.total_seconds() // 60)

    @property
    def delayed(self) -> bool:
        """It came long after it happened."""
        return self.came - self.at > LONG


LONG = timedelta(minutes=10)


def measure_lines(measures: Iterable[Measure], at: datetime) -> tuple[MeasureLine, ...]:
    """Of measures of `dated()`, at a moment."""
    return tuple(
        MeasureLine(
            id=one.pk,
            ref=one.case_ref,
            subject_id=one.subject_id,
            on=one.on,
            by=one.by,
            means=one.means,
            bans=signs.ban_titles(one.bans),
            starts=one.starts,
            ends=one.ends,
            state=dated(one).state(at),
            basis=Provision.from_json(one.basis),
            decider=Provision.from_json(one.decider) if one.decider else None,
            order_id=one.order_id,
            post_id=one.post_id,
            recorded_at=one.recorded_at,
        )
        for one in measures
    )


def signal_lines(signals: Iterable[DeviceSignal], now: datetime, keys: Keys | None = None) -> tuple[SignalLine, ...]:
    """Of signals with their measure. One query more; texts where there are keys."""
    found = list(signals)
    answers = {one.signal_id: one for one in Answer.objects.filter(signal__in=[one.pk for one in found])}
    return tuple(_signal(one, answers.get(one.pk), now, keys) for one in found)


def _signal(one: DeviceSignal, answer: Answer | None, now: datetime, keys: Keys | None) -> SignalLine:
    sign = signs.signs()[one.sign]
    return SignalLine(
        id=one.pk,
        ref=one.measure.case_ref,
        measure_id=one.measure_id,
        sign=one.sign,
        words=sign.words,
        danger=sign.danger,
        at=one.at,
        came=one.recorded_at,
        due=one.recorded_at + sign.within,
        answered_at=answer.recorded_at if answer else None,
        found=answer.found if answer else "",
        took=(answer.recorded_at if answer else now) - one.recorded_at,
        told=(keys.get(one, "told") or "") if keys else "",
        said=(keys.get(answer, "told") or "") if keys and answer else "",
        post_id=one.post_id,
        by_post=answer.post_id if answer else None,
    )
