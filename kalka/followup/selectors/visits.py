"""Visits of a file: what was found, what is due next. Ordered by when they were written down."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from kalka.access import selectors as access
from kalka.cases import selectors as cases
from kalka.cases.selectors import CaseHead
from kalka.core.actors import Actor
from kalka.core.blockers import Blocker
from kalka.core.errors import AccessDenied
from kalka.core.refs import show_ref
from kalka.core.timeline import TimelineItem
from kalka.duties import selectors as duties
from kalka.duties.lines import DutyLine
from kalka.followup import labels
from kalka.followup.lines import VisitLine, line_of
from kalka.followup.models import MissedVisit, Visit, VisitCorrection, VisitSaid
from kalka.followup.rules import MET, Clock, Kept, Said
from kalka.orders import selectors as orders
from kalka.risk import selectors as risk
from kalka.vault.keys import Keys

VISIT, COMPLIANCE = "visit.make", "order.check_compliance"
MISSED = (VISIT, COMPLIANCE)  # what alarms where it was not done


@dataclass(frozen=True, slots=True)
class VisitPage:
    case_ref: str
    level: str
    order_runs: bool
    duty: DutyLine | None

    @property
    def ref(self) -> str:
        return show_ref(self.case_ref)


@dataclass(frozen=True, slots=True)
class SaidPage:
    line: VisitLine
    asked_before: bool


@dataclass(frozen=True, slots=True)
class Panel:
    last: VisitLine | None
    next: DutyLine | None


def visit_page(actor: Actor, ref: str, *, now: datetime) -> VisitPage:
    case = cases.get_case(actor, ref, now=now)
    return VisitPage(
        case_ref=case.ref,
        level=level(actor, case.subject_id, now=now),
        order_runs=orders.runs(actor, case.subject_id, now=now),
        duty=duties.standing_of(actor, case.subject_id, VISIT, now=now),
    )


def level(actor: Actor, subject_id: UUID, *, now: datetime) -> str:
    """The place of the level in force, such as 3/4; empty while nothing was assessed."""
    found = risk.current(actor, subject_id, now=now)
    return found.position if found else ""


def visit_line(actor: Actor, ref: str, visit_id: UUID, *, now: datetime) -> VisitLine:
    """AccessDenied for a visit of another case as for none."""
    return line_of(get_visit(actor, ref, visit_id, now=now))


def get_visit(actor: Actor, ref: str, visit_id: UUID, *, now: datetime) -> Visit:
    case = cases.get_case(actor, ref, now=now)
    visit = access.visible(actor, Visit.objects.filter(pk=visit_id, subject_id=case.subject_id), now=now).first()
    if visit is None:
        raise AccessDenied("followup.unknown")
    return visit


def said_page(actor: Actor, ref: str, visit_id: UUID, *, now: datetime) -> SaidPage:
    """What she is asked about. AccessDenied for whoever wrote the visit down: she is asked by another."""
    visit = get_visit(actor, ref, visit_id, now=now)
    if visit.is_of(actor):
        raise AccessDenied("followup.unknown")
    return SaidPage(line_of(visit), VisitSaid.objects.filter(visit=visit).exists())


def last_visit(actor: Actor, subject_id: UUID, *, now: datetime) -> VisitLine | None:
    """The one written down last."""
    visits = access.visible(actor, Visit.objects.filter(subject_id=subject_id), now=now)
    last = visits.order_by("-recorded_at", "-pk").first()
    return line_of(last) if last else None


def panel(actor: Actor, case: CaseHead, *, now: datetime) -> Panel:
    """For the card of the case: the last visit and the next one."""
    return Panel(
        last=last_visit(actor, case.subject_id, now=now),
        next=duties.standing_of(actor, case.subject_id, VISIT, now=now),
    )


def open_work(actor: Actor, subject_id: UUID, *, now: datetime) -> tuple[Blocker, ...]:
    """Nobody closes a case on a door that stayed shut, or on an order that was last found broken."""
    last = last_visit(actor, subject_id, now=now)
    if last is None:
        return ()
    facts: dict[str, object] = {"url": reverse("followup:visit", args=[last.case_ref])}
    found = [Blocker("followup.not_met", facts)] if last.found not in MET else []
    broken = [Blocker("followup.order_broken", facts)] if last.kept == Kept.BROKEN else []
    return (*found, *broken)


def timeline(actor: Actor, subject_id: UUID, *, now: datetime, keys: Keys | None = None) -> list[TimelineItem]:
    """Visits, what was added to them, what she says of them, and those that were missed. Four queries.

    Whoever wrote a visit down does not see what she says of it: nobody is to make her pay for it.
    """
    visits = list(access.visible(actor, Visit.objects.filter(subject_id=subject_id), now=now))
    corrections = access.visible(actor, VisitCorrection.objects.filter(subject_id=subject_id), now=now)
    missed = access.visible(actor, MissedVisit.objects.filter(subject_id=subject_id), now=now)
    return [
        *(_happened(one, keys) for one in visits),
        *(_corrected(one, keys) for one in (corrections if visits else ())),
        *(_said(one, keys) for one in (_answers(actor, visits, now) if visits else ())),
        *(_missed(one) for one in missed),
    ]


def _happened(visit: Visit, keys: Keys | None) -> TimelineItem:
    """At the time it was made, unless the device's clock cannot have been right: then when it was written down."""
    broken = visit.kept == Kept.BROKEN
    told = keys.get(visit, "told") if keys else None
    zone = keys.get(visit, "zone") if keys else None
    return TimelineItem(
        at=visit.recorded_at if visit.clock == Clock.AHEAD else visit.visited_at,
        what="followup.broken" if broken else f"followup.{visit.found}",
        icon="visit",
        facts={"found": visit.found, "kept": visit.kept, "where": visit.where, "clock": visit.clock},
        who_post=visit.post_id,
        lines=(*([told] if told else []), *([str(labels.ZONES[zone])] if zone else [])),
        key=broken,
        alarm=broken,
        recorded_at=visit.recorded_at if visit.late or visit.clock else None,
        url=reverse("followup:correct", args=[visit.case_ref, visit.pk]),
    )


def _corrected(row: VisitCorrection, keys: Keys | None) -> TimelineItem:
    told = keys.get(row, "told") if keys else None
    return TimelineItem(
        row.recorded_at, "followup.correction", icon="note", who_post=row.post_id, lines=(told,) if told else ()
    )


def _answers(actor: Actor, visits: list[Visit], now: datetime) -> "list[VisitSaid]":
    others = [one.pk for one in visits if not one.is_of(actor)]
    return list(access.visible(actor, VisitSaid.objects.filter(visit__in=others), now=now))


def _said(row: VisitSaid, keys: Keys | None) -> TimelineItem:
    told = keys.get(row, "told") if keys else None
    denied = row.said == Said.NOT_CAME
    return TimelineItem(
        row.recorded_at,
        f"followup.said_{row.said}",
        icon="warn" if denied else "done",
        who_post=row.post_id,
        lines=(told,) if told else (),
        alarm=denied,
    )


def _missed(row: MissedVisit) -> TimelineItem:
    return TimelineItem(
        row.recorded_at, "followup.missed", icon="warn", facts={"planned_at": row.planned_at}, alarm=True
    )
