"""What belongs to one write, counted in the tables: a write is whole when each of its parts is there once."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from kalka.access.models import Grant
from kalka.cases.models import Note
from kalka.core.models import AuditEntry
from kalka.duties.models import Duty, DutyEnd
from kalka.followup.models import Visit
from kalka.history.models import Event
from kalka.intake.models import Report
from kalka.notices.models import Notice
from kalka.orders.models import ProtectionOrder
from kalka.vault.classes import Klass
from kalka.vault.keys import Passage, unlock_stored
from kalka.vault.models import SubjectKey

KINDS = {"report": Report, "visit": Visit, "note": Note, "order": ProtectionOrder}


def rows(kind: str) -> list[str]:
    return sorted(str(id) for id in KINDS[kind]._default_manager.values_list("pk", flat=True))


def whole(kind: str) -> list[str]:
    check = {"report": _report, "visit": _visit, "note": _note, "order": _order}[kind]
    found = KINDS[kind]._default_manager.all()
    return sorted(str(row.pk) for row in found if _recorded(row) and check(row))


def recorded(kind: str) -> int:
    """Entries of the record about these rows: one for each time it was sent and answered, at least one for each row."""
    return AuditEntry.objects.filter(kind="done", object=KINDS[kind]._meta.label).count()


def moved_up(subjects: Iterable[str]) -> list[list[int]]:
    """For each of the late: how often its duty moved, in how many hands it is, who was told how often."""
    return [
        [
            DutyEnd.objects.filter(subject_id=subject, how="moved").count(),
            Duty.objects.standing().filter(subject_id=subject).count(),
            Notice.objects.filter(subject_id=subject).count(),
        ]
        for subject in sorted(subjects)
    ]


def _recorded(row: Any) -> bool:
    return AuditEntry.objects.filter(kind="done", object_id=str(row.pk)).exists()


def _report(row: Report) -> bool:
    first = Duty.objects.filter(kind="intake.triage", about=str(row.pk), continues=None)
    return (
        SubjectKey.objects.filter(subject_id=row.subject_id).count() >= 3
        and first.count() == 1
        and Grant.objects.filter(subject_id=row.subject_id).count() >= 2
        and _events(row, "report_received") == 1
        and _opens(row, "told", lambda told: bool(told["what"]))
    )


def _visit(row: Visit) -> bool:
    planned = Duty.objects.standing().filter(kind="visit.make", subject_id=row.subject_id)
    visits = Visit.objects.filter(subject_id=row.subject_id)
    return planned.count() == 1 and _events(row, "visit_made") == visits.count()


def _note(row: Note) -> bool:
    return _opens(row, "text", lambda text: text == f"Жазуу {row.pk}")


def _order(row: ProtectionOrder) -> bool:
    about = Duty.objects.filter(kind="order.complete_number", about=f"{row.case_ref}/{row.pk}", continues=None)
    orders = ProtectionOrder.objects.filter(subject_id=row.subject_id)
    return about.count() == 1 and _events(row, "order_registered") == orders.count()


def _events(row: Any, kind: str) -> int:
    return Event.objects.filter(subject_id=row.subject_id, kind=kind).count()


def _opens(row: Any, field: str, reads: Callable[[Any], bool]) -> bool:
    subject: UUID = row.subject_id
    passage = Passage(frozenset({subject}), frozenset(Klass))
    return reads(unlock_stored(passage, SubjectKey.objects.filter(subject_id=subject)).get(row, field))
