"""A finding to whoever wrote it, to whom it went, and to whoever works on the case it names: each their own part."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

from kalka.access import selectors as access
from kalka.cases import selectors as cases
from kalka.cases.selectors import CaseHead
from kalka.core.actors import Actor
from kalka.core.blockers import Blocker
from kalka.core.clock import day_of
from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission
from kalka.core.timeline import TimelineItem
from kalka.files import selectors as files
from kalka.files.selectors import AttachmentLine, Opened
from kalka.findings import rules
from kalka.findings.marking import mark
from kalka.findings.models import Acknowledged, ClinicFinding, Filed, HandedOver, SchoolReport, Withdrawn
from kalka.findings.rules import Kind, Mark, Window
from kalka.lawbook.book import Law
from kalka.vault.classes import Klass
from kalka.vault.keys import Keys

OWN = (Klass.IDENTITY, Klass.NARRATIVE, Klass.EVIDENCE)
CARE = ("care.hiv_prevention_within_hours", "care.pregnancy_prevention_within_hours")
PAGES = {Kind.CLINIC: "findings:clinic", Kind.SCHOOL: "findings:school"}
SHOWN = 100


@dataclass(frozen=True, slots=True)
class FiledLine:
    """`read_at`: when it was first acknowledged; `handed_on`: when 111 had it; `url`: empty until one may read it."""

    file: UUID
    kind: str
    since: datetime
    read_at: datetime | None
    handed_on: date | None
    url: str
    mine: bool


@dataclass(frozen=True, slots=True, repr=False)
class ClinicPage:
    line: FiledLine
    finding: ClinicFinding
    name: str
    told: str
    marks: tuple[Mark, ...]
    hours: int | None
    windows: tuple[Window, ...]
    photos: tuple[AttachmentLine, ...]
    may_acknowledge: bool


@dataclass(frozen=True, slots=True, repr=False)
class SchoolPage:
    """`number` is empty for the school: it sees its own part and the acknowledgement."""

    line: FiledLine
    report: SchoolReport
    name: str
    told: str
    signs: tuple[str, ...]
    closed_to_parent: bool
    number: str
    withdrawn_at: datetime | None
    may_acknowledge: bool
    may_hand_over: bool


def get_filed(actor: Actor, file: UUID, *, now: datetime, case_ref: str = "") -> Filed:
    """One's own, one that went to the actor's post, or one of a case the actor sees. AccessDenied for any other, with
    as many questions for one that is there as for one that is not."""
    filed = Filed.objects.filter(file=file).exclude(file__in=access.walled_from(actor)).first()
    own = access.seen_of(actor, [file], now=now)
    knows = bool(case_ref) and cases.knows(actor, case_ref, now=now)
    named = filed is not None and bytes(filed.mark) and bytes(filed.mark) == mark(case_ref)
    if filed is not None and (own or (knows and named)):
        return filed
    raise AccessDenied("findings.unknown")


def get_school(actor: Actor, file: UUID, *, now: datetime) -> SchoolReport:
    rows = access.visible(actor, SchoolReport.objects.select_related("filed"), now=now)
    report = rows.filter(subject_id=file).first()
    if report is None:
        raise AccessDenied("findings.unknown")
    return report


def mine(actor: Actor, *, now: datetime) -> tuple[FiledLine, ...]:
    """What the actor's post wrote down, the newest first."""
    return _lines(actor, now=now, own=True)


def received(actor: Actor, *, now: datetime) -> tuple[FiledLine, ...]:
    """What came to the actor's post from others."""
    return _lines(actor, now=now, own=False) if actor.may(Permission.FINDING_READ) else ()


def of_case(actor: Actor, ref: str, *, now: datetime) -> tuple[FiledLine, ...]:
    """Findings that name a case the actor sees: that they are there; each is read once it is acknowledged."""
    return _naming(actor, cases.get_case(actor, ref, now=now).ref, now)


def clinic_page(actor: Actor, file: UUID, *, now: datetime) -> ClinicPage:
    rows = access.visible(actor, ClinicFinding.objects.select_related("filed"), now=now)
    finding = rows.filter(subject_id=file).first()
    if finding is None:
        raise AccessDenied("findings.unknown")
    keys = access.unlock(actor, [file], what="findings.clinic", now=now, klasses=OWN)
    said = keys.get(finding, "assaulted_at")
    assaulted_at = datetime.fromisoformat(said) if said else None
    (line,) = _told(actor, [finding.filed], {file})
    return ClinicPage(
        line=line,
        finding=finding,
        name=keys.get(finding, "name") or "",
        told=keys.get(finding, "told") or "",
        marks=tuple(Mark(*one) for one in keys.get(finding, "marks") or ()),
        hours=rules.hours_since(assaulted_at, finding.recorded_at),
        windows=_windows(finding, assaulted_at, now),
        photos=files.attachments(actor, keys, file),
        may_acknowledge=_may_acknowledge(actor, line, finding.filed),
    )


def school_page(actor: Actor, file: UUID, *, now: datetime) -> SchoolPage:
    report = get_school(actor, file, now=now)
    (line,) = _told(actor, [report.filed], {file})
    theirs = () if line.mine else (Klass.NOTE,)
    keys = access.unlock(actor, [file], what="findings.school", now=now, klasses=(*OWN, *theirs))
    return SchoolPage(
        line=line,
        report=report,
        name=keys.get(report, "name") or "",
        told=keys.get(report, "told") or "",
        signs=tuple(keys.get(report, "signs") or ()),
        closed_to_parent=report.by_parent == "yes",
        number="" if line.mine else _number(report, keys),
        withdrawn_at=Withdrawn.objects.filter(report=report).values_list("recorded_at", flat=True).first(),
        may_acknowledge=_may_acknowledge(actor, line, report.filed),
        may_hand_over=actor.may(Permission.CHILD_HAND_OVER) and not line.mine,
    )


def photo(actor: Actor, file: UUID, attachment_id: UUID, *, now: datetime) -> Opened:
    if not access.seen_of(actor, [file], now=now):
        raise AccessDenied("findings.unknown")
    keys = access.unlock(actor, [file], what="findings.photo", now=now, klasses=[Klass.EVIDENCE])
    return files.opened(actor, keys, file, attachment_id)


def speakers(actor: Actor, ref: str, *, now: datetime) -> tuple[UUID, ...]:
    """Who may be shown a school report of the case, or have it taken back."""
    case = cases.get_case(actor, ref, now=now)
    return tuple(sorted(cases.speakers(actor, case.subject_id, now=now)))


def panel(actor: Actor, case: CaseHead, *, now: datetime) -> tuple[FiledLine, ...]:
    """For the page of a case the actor sees; one query where nothing names it, three however many do."""
    return _naming(actor, case.ref, now)


def open_work(actor: Actor, subject_id: UUID, *, now: datetime) -> tuple[Blocker, ...]:
    """A case is not closed on a finding nobody has read."""
    ref = cases.refs(actor, {subject_id}, now=now).get(subject_id)
    unread = [one for one in of_case(actor, ref, now=now) if one.read_at is None] if ref else []
    facts: dict[str, object] = {"url": reverse("findings:of_case", args=[ref])} if ref else {}
    return tuple(Blocker("findings.unread", facts) for _one in unread)


def timeline(actor: Actor, lines: Iterable[FiledLine]) -> list[TimelineItem]:
    """Of what the panel shows: that something was written down. Never what."""
    return [TimelineItem(one.since, f"findings.{one.kind}", icon="file", url=one.url) for one in lines]


def _naming(actor: Actor, ref: str, now: datetime) -> tuple[FiledLine, ...]:
    named = Filed.objects.filter(mark=mark(ref)).exclude(file__in=access.walled_from(actor))
    rows = list(named.order_by("-since", "pk")[:SHOWN])
    if not rows:
        return ()
    return _told(actor, rows, access.seen_of(actor, [one.file for one in rows], now=now))


def naming(actor: Actor, refs: Collection[str]) -> frozenset[UUID]:
    """The files of findings that name one of these cases: they are destroyed with it. Needs ERASE."""
    if not actor.may(Permission.ERASE):
        raise AccessDenied("core.not_permitted")
    marks = [mark(ref) for ref in refs if ref]
    return frozenset(Filed.objects.filter(mark__in=marks).values_list("file", flat=True))


def _lines(actor: Actor, *, now: datetime, own: bool) -> tuple[FiledLine, ...]:
    seen: set[UUID] = set()
    models: tuple[type[Any], ...] = (ClinicFinding, SchoolReport)
    for model in models:
        rows = access.visible(actor, model.objects.order_by("-recorded_at"), now=now)
        rows = rows.filter(post_id=actor.post_id) if own else rows.exclude(post_id=actor.post_id)
        seen |= set(rows.values_list("subject_id", flat=True)[:SHOWN])
    return _told(actor, list(Filed.objects.filter(file__in=seen).order_by("-since", "pk")), seen)


def _told(actor: Actor, rows: list[Filed], seen: Collection[UUID]) -> tuple[FiledLine, ...]:
    """Whether somebody has it is told to both sides; that 111 had it, to whoever sees the finding."""
    handed: Mapping[UUID, date] = dict(
        HandedOver.objects.filter(subject_id__in=seen).order_by("-on").values_list("subject_id", "on")
    )
    return tuple(
        FiledLine(
            file=one.file,
            kind=one.kind,
            since=one.since,
            read_at=one.read_at,
            handed_on=handed.get(one.file),
            url=reverse(PAGES[Kind(one.kind)], args=[one.file]) if one.file in seen else "",
            mine=one.post_id == actor.post_id,
        )
        for one in rows
    )


def _windows(finding: ClinicFinding, assaulted_at: datetime | None, now: datetime) -> tuple[Window, ...]:
    """Only after sexual violence, or where nobody knows: unknown is never no."""
    if finding.sexual == "no":
        return ()
    law = Law(day_of(finding.recorded_at))
    found = ((key, law.get(key)) for key in CARE)
    return tuple(
        rules.window(key, term.whole() if term is not None and term.is_set else None, assaulted_at, now)
        for key, term in found
    )


def _number(report: SchoolReport, keys: Keys) -> str:
    rows = HandedOver.objects.filter(report=report).order_by("-recorded_at")
    return next((number for row in rows if (number := keys.get(row, "number"))), "")


def _may_acknowledge(actor: Actor, line: FiledLine, filed: Filed) -> bool:
    if line.mine or not actor.may(Permission.FINDING_READ):
        return False
    return not Acknowledged.objects.filter(filed=filed, post_id=actor.post_id).exists()
