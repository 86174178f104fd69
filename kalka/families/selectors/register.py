"""The register: the own families by code, what the own post is asked, and what is due. Nothing sealed is opened."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Max, Q

from kalka.access import selectors as access
from kalka.access.rules import Scope
from kalka.core import clock
from kalka.core.actors import Actor
from kalka.core.refs import show_ref
from kalka.families import practice, rules
from kalka.families.models import Crossing, FamilyAtRisk, FamilyContact, FamilyEnd, Seat, Work
from kalka.families.rules import Due, Met, State
from kalka.ui.between import Between

SOON = 7  # days ahead that a sitting may look


@dataclass(frozen=True, slots=True)
class FamilyLine:
    case_ref: str
    subject_id: UUID
    noted_on: date
    how: str
    signs: tuple[str, ...]
    setting: str
    state: str
    spoke: date | None
    next_on: date | None
    late: bool
    crossed: bool
    ended_on: date | None

    @property
    def ref(self) -> str:
        return show_ref(self.case_ref)


@dataclass(frozen=True, slots=True)
class Asked:
    case_ref: str
    since: datetime

    @property
    def ref(self) -> str:
        return show_ref(self.case_ref)


def register(
    actor: Actor, *, now: datetime, day: date | None = None, within: Between | None = None
) -> tuple[FamilyLine, ...]:
    """The families of the own pair: what is late first, then by the next day; ended ones last. Five statements.

    `within`: those alone of which something was written down for these days, as figures of these days are made of.
    """
    on = day or clock.day_of(now)
    mine = FamilyAtRisk.objects.filter(
        seats__holder=actor.post_id, seats__taken_at__isnull=False, seats__left_at=None
    ).distinct()
    rows = list(access.visible(actor, mine.filter(_within(within)) if within else mine, now=now))
    ids = [one.pk for one in rows]
    spoke = dict(FamilyContact.objects.filter(family__in=ids, met=Met.SPOKE).values_list("family").annotate(Max("on")))
    next_on = {one.pk: one.next_on for one in rows} | _next_days(ids)
    ended = dict(FamilyEnd.objects.filter(family__in=ids).values_list("family", "on"))
    crossed = set(Crossing.objects.filter(family__in=ids).values_list("family", flat=True))
    found = [
        _line(one, spoke.get(one.pk), next_on.get(one.pk), ended.get(one.pk), one.pk in crossed, on) for one in rows
    ]
    return tuple(sorted(found, key=_order))


def _within(days: Between) -> Q:
    """Noted, spoken with, worked with, told of violence, or ended on one of the days."""
    noted = Q(**days.lookups("noted_on"))
    steps = [model.objects.filter(**days.lookups("on")) for model in (FamilyContact, Work, Crossing, FamilyEnd)]
    return reduce(or_, (Q(pk__in=one.values("family")) for one in steps), noted)


def asked(actor: Actor, *, now: datetime) -> tuple[Asked, ...]:
    """Families the own post is asked to work with: a code and nothing else. Behind a wall there is nothing."""
    rows = Seat.objects.filter(holder=actor.post_id, taken_at=None, left_at=None).order_by("recorded_at", "id")
    seen = access.visible(actor, rows, now=now, scope=Scope.DUTIES)
    return tuple(Asked(one.case_ref, one.recorded_at) for one in seen)


def about(actor: Actor, case_ref: str, *, now: datetime) -> FamilyLine | None:
    """One line of the own register; None for every other code."""
    return next((one for one in register(actor, now=now) if one.case_ref == case_ref), None)


def due(actor: Actor, day: date, *, now: datetime) -> tuple[Due, ...]:
    """What a sitting on the day may take up, of the actor's own families alone: a contact that is due by then, and
    families nobody spoke with within the term. Whoever is not of the two proposes nothing, and is told of nothing."""
    found = []
    for line in register(actor, now=now, day=day):
        if line.ended_on is not None:
            continue
        if line.next_on is not None and line.next_on <= day:
            found.append(Due(line.case_ref, line.subject_id, "contact", line.next_on))
        elif line.state == State.LAPSED:
            found.append(Due(line.case_ref, line.subject_id, "lapsed", line.spoke or line.noted_on))
    return tuple(found)


def _next_days(ids: list[UUID]) -> dict[UUID, date | None]:
    """The day agreed on last, with each."""
    rows = FamilyContact.objects.filter(family__in=ids).order_by("recorded_at", "on", "pk")
    return dict(rows.values_list("family", "next_on"))


def _line(
    row: FamilyAtRisk, spoke: date | None, next_on: date | None, ended: date | None, crossed: bool, on: date
) -> FamilyLine:
    term = practice.contact_within_days(on)
    return FamilyLine(
        case_ref=row.case_ref,
        subject_id=row.subject_id,
        noted_on=row.noted_on,
        how=row.how,
        signs=tuple(row.signs.split(",")),
        setting=row.setting,
        state=rules.state(noted=row.noted_on, spoke=spoke, ended=ended, on=on, term=term),
        spoke=spoke,
        next_on=None if ended else next_on,
        late=ended is None and next_on is not None and next_on < on,
        crossed=crossed,
        ended_on=ended,
    )


def _order(line: FamilyLine) -> tuple[bool, date, date, str]:
    return (line.ended_on is not None, line.next_on or date.max, line.noted_on, line.case_ref)
