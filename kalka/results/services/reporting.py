from datetime import datetime
from uuid import UUID

from kalka.committees import selectors as committees
from kalka.core.actors import Actor
from kalka.core.clock import day_of
from kalka.core.commands import command
from kalka.core.errors import DomainError
from kalka.core.permissions import Permission
from kalka.results import selectors
from kalka.results.models import Acknowledged, QuarterReport
from kalka.results.rules import Quarter, over_quarters
from kalka.results.selectors.reports import BACK


@command("results.send_report", needs=Permission.RESULTS_SEND)
def send_report(actor: Actor, *, id: UUID, quarter: Quarter, now: datetime) -> QuarterReport:
    """The figures of the own committee as they stand now. Sent again it replaces the one before, until that was read.

    Refuses a quarter that is not over, or long past.
    """
    if (again := QuarterReport.objects.filter(pk=id, author_id=actor.user_id).first()) is not None:
        return again
    organisation = committees.own(actor).organisation_id
    if quarter not in over_quarters(day_of(now), back=BACK):
        raise DomainError("results.quarter_unfit", field="quarter")
    before = QuarterReport.objects.filter(organisation=organisation, year=quarter.year, quarter=quarter.number)
    if Acknowledged.objects.filter(report__in=before).exists():
        raise DomainError("results.already_read", field="quarter")
    told = selectors.own_figures(actor, quarter, organisation, now=now)
    return QuarterReport.objects.create(
        id=id,
        organisation_id=organisation,
        year=quarter.year,
        quarter=quarter.number,
        number=before.count() + 1,
        figures={code: [one.n, str(one.bound)] for code, one in told.items()},
        author_id=actor.user_id,
        sent_at=now,
    )


@command("results.acknowledge_report", needs=Permission.RESULTS_ACKNOWLEDGE)
def acknowledge_report(actor: Actor, *, id: UUID, report_id: UUID, now: datetime) -> Acknowledged:
    """By whoever stands above the committee. Twice is once; the first who read it stays written down."""
    report = selectors.get_report(actor, report_id)
    if (again := Acknowledged.objects.filter(report=report).first()) is not None:
        return again
    return Acknowledged.objects.create(id=id, report=report, author_id=actor.user_id, at=now)
