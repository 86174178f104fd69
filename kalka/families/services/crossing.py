"""Violence was told: the family crosses from the register to a report and a case."""

from dataclasses import asdict, replace
from datetime import datetime
from uuid import UUID

from kalka.core import clock
from kalka.core.actors import Actor
from kalka.core.commands import command
from kalka.core.permissions import Permission
from kalka.core.refs import derived
from kalka.families import selectors
from kalka.families.means import with_means
from kalka.families.models import Crossing
from kalka.intake import services as intake
from kalka.intake.rules import NewReport
from kalka.vault.rows import repeated, written


@command("families.tell_violence", needs=Permission.FAMILY_NOTE)
def tell_violence(actor: Actor, *, id: UUID, case_ref: str, told: NewReport, now: datetime) -> Crossing:
    """A report like every other: whoever answers for the place looks at it and opens the case.

    The register keeps the family and its own tasks. May be told again: each telling is a report of its own.
    """
    family = selectors.get_family(actor, case_ref, now=now)
    report_id = derived(id, "report")
    content = [report_id, asdict(told)]
    if again := repeated(Crossing, actor, id=id, content=content):
        return again
    teller = with_means(actor, Permission.REPORT_RECEIVE)
    placed = replace(told, way="committee", place=told.place or family.place)
    report = intake.receive_report(teller, id=report_id, told=placed, now=now)
    row = Crossing(
        **written(actor, id=id, subject_id=family.subject_id, content=content, now=now),
        family=family,
        report_id=report.pk,
        on=clock.day_of(now),
    )
    row.save(force_insert=True)
    return row
