"""Reads: each starts from what the actor may see. Who reported is in none of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from kalka.access import selectors as access
from kalka.core import sight
from kalka.core.actors import Actor
from kalka.core.blockers import Blocker
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.permissions import Permission
from kalka.core.timeline import TimelineItem
from kalka.intake import rules
from kalka.intake.models import Correction, Receipt, Report, ReporterOpened, Triage
from kalka.intake.rules import NewReport
from kalka.places import selectors as places
from kalka.places.rules import COUNTED
from kalka.vault.keys import Keys
from kalka.vault.rows import repeated

PAGE = 50
WIDE = ("country", "oblast")
WIDE_CHOICES = ("republican_city", "raion", "city")
LOCAL = (*sorted(COUNTED), "city_village", "village")


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A report in a list: codes and days alone, nothing anybody said."""

    id: UUID
    told_on: date
    recorded_at: datetime
    late: bool
    way: str
    danger: str
    place: str
    children: str
    outcome: str  # empty while nobody has said


@dataclass(frozen=True, slots=True)
class ReportList:
    lines: tuple[ReportLine, ...]
    after: UUID | None  # the next page starts after this one


@dataclass(frozen=True, slots=True, repr=False)
class CorrectionView:
    at: datetime
    post_id: int | None
    text: str


@dataclass(frozen=True, slots=True, repr=False)
class TriageView:
    at: datetime
    post_id: int | None
    outcome: str
    to_post: int | None
    reason: str


@dataclass(frozen=True, slots=True, repr=False)
class ReportPage:
    """A report as its page shows it. Of who told it says only whether it was the person herself."""

    id: UUID
    subject_id: UUID
    told_on: date
    recorded_at: datetime
    post_id: int | None
    late: bool
    way: str
    danger: str
    place: str
    by_herself: bool
    children: str
    told: dict[str, Any]
    needs: dict[str, Any]
    contact: dict[str, Any]
    corrections: tuple[CorrectionView, ...]
    triage: tuple[TriageView, ...]
    may_triage: bool
    may_open_case: bool
    may_correct: bool
    may_open_reporter: bool

    @property
    def outcome(self) -> str:
        return self.triage[-1].outcome if self.triage else ""


def get_report(actor: Actor, id: UUID, *, now: datetime, lock: bool = False) -> Report:
    """The report, or AccessDenied as for one that does not exist. `lock` holds it until the command ends."""
    rows = access.visible(actor, Report.objects.all(), now=now).filter(pk=id)
    report = (rows.select_for_update() if lock else rows).first()
    if report is None:
        raise AccessDenied("intake.unknown")
    return report


def subject_of(actor: Actor, report_id: UUID) -> UUID | None:
    """The file of the report a case came from: an id alone, for whoever sees the case and no wall shuts out."""
    rows = access.unwalled(actor, Report.objects.filter(pk=report_id))
    with sight.beyond():
        return rows.values_list("subject_id", flat=True).first()


def check_new(actor: Actor, id: UUID, told: NewReport, *, content: Mapping[str, object], today: date) -> None:
    """Refuse what taking this report in would refuse; nothing for one that was taken in before, word for word."""
    if repeated(Report, actor, id=id, content=content) is None:
        rules.check(told, today=today)
        aimak(actor, told.place)


def is_there(actor: Actor, id: UUID) -> bool:
    """Whether the actor took in a report under this id."""
    with sight.beyond():
        return Report.objects.filter(pk=id, author_id=actor.user_id).exists()


def aimak(actor: Actor, place: str) -> str:
    """The unit that is counted; a wider place stays as it is, none stays none. Refuses a place that is not listed."""
    if not place:
        return ""
    if places.get(place) is None:
        raise DomainError("intake.unknown_place", field="place")
    return places.aimak_of(place) or place


def places_near(actor: Actor) -> list[tuple[str, str]]:
    """What a form offers: in an aimak its villages, in a raion its aimaks, above that the raions and cities."""
    here = places.get(actor.place)
    if here is None or here.level in WIDE:
        return places.choices(under=actor.place, level=WIDE_CHOICES)
    return places.choices(under=here.code, level=None if here.level == "raion" else LOCAL)


def get_opened(actor: Actor, id: UUID, *, now: datetime) -> ReporterOpened:
    """An opening of the actor's own."""
    rows = access.visible(actor, ReporterOpened.objects.select_related("report"), now=now)
    opened = rows.filter(pk=id, author_id=actor.user_id).first()
    if opened is None:
        raise AccessDenied("intake.unknown")
    return opened


def report_page(actor: Actor, id: UUID, *, now: datetime) -> ReportPage:
    report = get_report(actor, id, now=now)
    keys = access.unlock(actor, [report.subject_id], what="intake.report", now=now)
    triage = _triage(report, keys)
    open_ = not (triage and triage[-1].outcome in rules.FINAL)
    return ReportPage(
        id=report.pk,
        subject_id=report.subject_id,
        told_on=report.told_on,
        recorded_at=report.recorded_at,
        post_id=report.post_id,
        late=report.late,
        way=report.way,
        danger=report.danger,
        place=report.place,
        by_herself=report.by_whom == "self",
        children=report.children,
        told=keys.get(report, "told") or {},
        needs=keys.get(report, "needs") or {},
        contact=keys.get(report, "contact") or {},
        corrections=_corrections(report, keys),
        triage=triage,
        may_triage=open_ and actor.may(Permission.REPORT_TRIAGE),
        may_open_case=open_ and actor.may(Permission.CASE_OPEN),
        may_correct=actor.may(Permission.REPORT_RECEIVE),
        may_open_reporter=bool(report.reporter) and actor.may(Permission.REPORTER_OPEN),
    )


def receipt_given(actor: Actor, id: UUID, *, now: datetime) -> date | None:
    """The day on which the receipt of a report was given that counts. Refuses as `get_report`."""
    given = Receipt.objects.filter(report=get_report(actor, id, now=now), replaced_by=None)
    return given.values_list("given_on", flat=True).first()


def report_line(actor: Actor, id: UUID, *, now: datetime) -> ReportLine:
    """One report in codes and days, nothing decrypted. Refuses as `get_report`."""
    report = get_report(actor, id, now=now)
    said = Triage.objects.filter(report=report).order_by("-recorded_at").values_list("outcome", flat=True)
    return _line(report, said.first() or "")


def outcome_of(actor: Actor, report_id: UUID, *, now: datetime) -> str:
    """What became of a report of the actor's own; empty while nobody said, and for whoever did not tell it."""
    with sight.beyond():
        if not Report.objects.filter(pk=report_id, post_id=actor.post_id).exists():
            return ""
        rows = Triage.objects.filter(report=report_id).order_by("-recorded_at")
        return rows.values_list("outcome", flat=True).first() or ""


def list_reports(actor: Actor, *, now: datetime, state: str = "mine", after: UUID | None = None) -> ReportList:
    """Fifty at a time, newest first. `state`: mine, to_triage, or all the actor may see."""
    rows = access.visible(actor, Report.objects.all(), now=now)
    if state == "mine":
        rows = rows.filter(author_id=actor.user_id)
    if state == "to_triage":
        rows = rows.exclude(Exists(Triage.objects.filter(report=OuterRef("pk"), outcome__in=rules.FINAL)))
    rows = _from(rows, after).order_by("-recorded_at", "-pk")
    found = list(rows[: PAGE + 1])
    shown = found[:PAGE]
    said = Triage.objects.filter(report__in=[r.pk for r in shown]).order_by("recorded_at")
    outcomes = dict(said.values_list("report_id", "outcome"))
    lines = tuple(_line(row, outcomes.get(row.pk, "")) for row in shown)
    return ReportList(lines, shown[-1].pk if len(found) > PAGE else None)


def open_work(actor: Actor, subject_id: UUID, *, now: datetime) -> tuple[Blocker, ...]:
    """Reports of which nobody has said what becomes of them."""
    rows = access.visible(actor, Report.objects.filter(subject_id=subject_id), now=now)
    said = Triage.objects.filter(report=OuterRef("pk"), outcome__in=rules.FINAL)
    return tuple(Blocker("intake.untriaged") for _ in rows.exclude(Exists(said)))


def timeline(actor: Actor, report_id: UUID, *, now: datetime, keys: Keys | None = None) -> list[TimelineItem]:
    """The report and its corrections, with what was told when keys of the report are given.

    By the report, which the case that came of it knows. Who told is not among it, nor that somebody asked.
    """
    report = access.visible(actor, Report.objects.filter(pk=report_id), now=now).first()
    if report is None:
        return []
    told = (keys.get(report, "told") or {}) if keys else {}
    items = [
        TimelineItem(
            at=report.recorded_at,
            what="intake.received",
            icon="report",
            facts={"told_on": report.told_on, "way": report.way, "late": report.late},
            who_post=report.post_id,
            lines=(str(told["what"]),) if told.get("what") else (),
            key=True,
            alarm=report.danger in rules.URGENT,
            url=reverse("intake:report", args=[report.pk]),
        )
    ]
    for row in Correction.objects.filter(report=report).order_by("recorded_at"):
        lines = (str(keys.get(row, "text")),) if keys else ()
        items.append(TimelineItem(at=row.recorded_at, what="intake.corrected", who_post=row.post_id, lines=lines))
    return items


def _from(rows: QuerySet[Report], after: UUID | None) -> QuerySet[Report]:
    """Only what stands after that report in the list. An id that is not in the list starts it anew."""
    last = rows.filter(pk=after).values_list("recorded_at", "pk").first() if after else None
    if last is None:
        return rows
    at, id = last
    return rows.filter(Q(recorded_at__lt=at) | Q(recorded_at=at, pk__lt=id))


def _line(row: Report, outcome: str) -> ReportLine:
    return ReportLine(
        row.pk, row.told_on, row.recorded_at, row.late, row.way, row.danger, row.place, row.children, outcome
    )


def _corrections(report: Report, keys: Keys) -> tuple[CorrectionView, ...]:
    rows = Correction.objects.filter(report=report).order_by("recorded_at")
    return tuple(CorrectionView(row.recorded_at, row.post_id, keys.get(row, "text")) for row in rows)


def _triage(report: Report, keys: Keys) -> tuple[TriageView, ...]:
    rows = Triage.objects.filter(report=report).order_by("recorded_at")
    return tuple(
        TriageView(row.recorded_at, row.post_id, row.outcome, row.to_post, keys.get(row, "reason") or "")
        for row in rows
    )
