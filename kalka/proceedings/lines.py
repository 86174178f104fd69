"""Proceedings and custody as a page shows them, without anything sealed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import get_language

from kalka.lawbook import book
from kalka.lawbook.book import Provision
from kalka.proceedings import bans, grounds
from kalka.proceedings.models import (
    Custody,
    Proceeding,
    ProceedingEnd,
    ProceedingStep,
    Release,
    ReleasePlan,
    WeaponCheck,
)
from kalka.proceedings.rules import Stage


@dataclass(frozen=True, slots=True)
class EndLine:
    how: str
    on: date
    reason: str
    sentence: str
    amount: int | None
    measured: str
    limits: tuple[Provision, ...]
    recorded_at: datetime
    post_id: int | None

    @property
    def cite(self) -> str:
        return "; ".join(dict.fromkeys(one.cite(_lang()) for one in self.limits))


@dataclass(frozen=True, slots=True)
class ProceedingLine:
    """`stage` is the last one told; `end` the last decision, `ends` how many there were."""

    id: UUID
    ref: str
    subject_id: UUID
    person_id: UUID
    order_id: UUID | None
    course: str
    ground: str
    on: date
    act: str
    article: str
    basis: Provision | None
    bans: tuple[str, ...]
    sessions: tuple[int, int] | None  # missed, of how many
    warned_on: date | None
    stage: str
    end: EndLine | None
    ends: int
    recorded_at: datetime
    post_id: int | None

    @property
    def title(self) -> str:
        return grounds.title(self.ground)

    @property
    def cite(self) -> str:
        """Code and article in the language of the page; says so where the law does not name them."""
        if self.article:
            return book.cite(self.act or None, self.article, _lang())
        return self.basis.cite(_lang()) if self.basis else book.cite(self.act or None, None, _lang())

    @property
    def conditions(self) -> tuple[str, ...]:
        return bans.titles(self.bans)


@dataclass(frozen=True, slots=True)
class CustodyLine:
    id: UUID
    ref: str
    subject_id: UUID
    person_id: UUID
    kind: str
    keeper: str
    begun_at: datetime
    until: datetime | None
    plans: int
    basis: Provision | None
    freed_at: datetime | None
    freed_how: str
    unforeseen: bool
    recorded_at: datetime
    post_id: int | None

    @property
    def is_held(self) -> bool:
        return self.freed_at is None

    @property
    def is_longer(self) -> bool:
        """Than the law lets it last, as far as the law of that day is known."""
        if self.basis is None or type(self.basis.value) is not int or self.until is None:
            return False
        return self.until > self.begun_at + timedelta(hours=self.basis.value)


@dataclass(frozen=True, slots=True)
class WeaponLine:
    id: UUID
    person_id: UUID
    what: str
    on: date
    recorded_at: datetime
    post_id: int | None


def proceedings(rows: Iterable[Proceeding]) -> tuple[ProceedingLine, ...]:
    """In the order given. Two statements, or none."""
    found = list(rows)
    ids = [row.pk for row in found]
    stages: dict[UUID, str] = {}
    ends: dict[UUID, list[ProceedingEnd]] = {}
    if ids:
        for step in ProceedingStep.objects.filter(proceeding__in=ids).order_by("on", "recorded_at", "id"):
            stages[step.proceeding_id] = step.stage
        for end in ProceedingEnd.objects.filter(proceeding__in=ids).order_by("number"):
            ends.setdefault(end.proceeding_id, []).append(end)
    return tuple(_line(row, stages.get(row.pk, Stage.BEGUN), ends.get(row.pk, [])) for row in found)


def _line(row: Proceeding, stage: str, ends: list[ProceedingEnd]) -> ProceedingLine:
    missed, of = row.sessions_missed, row.sessions_set
    return ProceedingLine(
        id=row.pk,
        ref=row.case_ref,
        subject_id=row.subject_id,
        person_id=row.person_id,
        order_id=row.order_id,
        course=row.course,
        ground=row.ground,
        on=row.on,
        act=row.act,
        article=row.article,
        basis=Provision.from_json(row.basis) if row.basis else None,
        bans=tuple(row.bans.split(",")) if row.bans else (),
        sessions=(missed, of) if missed is not None and of is not None else None,
        warned_on=row.warned_on,
        stage=stage,
        end=_end(ends[-1]) if ends else None,
        ends=len(ends),
        recorded_at=row.recorded_at,
        post_id=row.post_id,
    )


def _end(row: ProceedingEnd) -> EndLine:
    return EndLine(
        how=row.how,
        on=row.on,
        reason=row.reason,
        sentence=row.sentence,
        amount=row.amount,
        measured=row.measured,
        limits=tuple(Provision.from_json(one) for one in row.limits),
        recorded_at=row.recorded_at,
        post_id=row.post_id,
    )


def custodies(rows: Iterable[Custody]) -> tuple[CustodyLine, ...]:
    """In the order given. Two statements, or none."""
    found = list(rows)
    ids = [row.pk for row in found]
    plans: dict[UUID, list[datetime]] = {}
    freed: dict[UUID, Release] = {}
    if ids:
        for plan in ReleasePlan.objects.filter(custody__in=ids).order_by("number"):
            plans.setdefault(plan.custody_id, []).append(plan.until)
        freed = {one.custody_id: one for one in Release.objects.filter(custody__in=ids)}
    return tuple(_custody(row, plans.get(row.pk, []), freed.get(row.pk)) for row in found)


def _custody(row: Custody, plans: list[datetime], freed: Release | None) -> CustodyLine:
    return CustodyLine(
        id=row.pk,
        ref=row.case_ref,
        subject_id=row.subject_id,
        person_id=row.person_id,
        kind=row.kind,
        keeper=row.keeper,
        begun_at=row.begun_at,
        until=plans[-1] if plans else None,
        plans=len(plans),
        basis=Provision.from_json(row.basis) if row.basis else None,
        freed_at=freed.at if freed else None,
        freed_how=freed.how if freed else "",
        unforeseen=freed.unforeseen if freed else False,
        recorded_at=row.recorded_at,
        post_id=row.post_id,
    )


def weapons(rows: Iterable[WeaponCheck]) -> tuple[WeaponLine, ...]:
    return tuple(WeaponLine(row.pk, row.person_id, row.what, row.on, row.recorded_at, row.post_id) for row in rows)


def _lang() -> str:
    return (get_language() or "ky")[:2]
