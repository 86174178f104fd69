"""The reports of quarters: a committee reads its own, whoever stands above it those of the territory."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kalka.committees import selectors as committees
from kalka.core.actors import Actor
from kalka.core.clock import day_of
from kalka.core.errors import AccessDenied
from kalka.core.permissions import Permission
from kalka.directory import selectors as directory
from kalka.places import selectors as places
from kalka.results.models import QuarterReport
from kalka.results.offered import name
from kalka.results.rules import Amount, Quarter, over_quarters

BACK = 8  # quarters a report can still be sent of


@dataclass(frozen=True, slots=True)
class ReportLine:
    id: UUID
    organisation: int
    name: str
    quarter: Quarter
    figures: Mapping[str, Amount]
    sent_at: datetime
    read_at: datetime | None


def reports(actor: Actor) -> list[ReportLine]:
    """Those that stand, the newest quarter first."""
    rows = QuarterReport.objects.select_related("acknowledged").order_by("-year", "-quarter", "organisation", "-number")
    latest: dict[tuple[int, int, int], QuarterReport] = {}
    for row in rows:
        latest.setdefault((row.organisation_id, row.year, row.quarter), row)
    mine = [row for row in latest.values() if _sees(actor, row.organisation_id)]
    return [_line(row) for row in mine]


def get_report(actor: Actor, report_id: UUID) -> QuarterReport:
    """For whoever stands above the committee: in whose territory it lies. Its own committee reads the list alone."""
    row = QuarterReport.objects.filter(pk=report_id).first()
    if row is None or not acknowledges(actor, row.organisation_id):
        raise AccessDenied("results.unknown_report")
    return row


def acknowledges(actor: Actor, organisation: int) -> bool:
    one = directory.organisation(organisation)
    above = actor.may(Permission.RESULTS_ACKNOWLEDGE) and actor.organisation_id != organisation
    return above and one is not None and one.place in places.within(actor.place)


def own_quarters(actor: Actor, *, now: datetime) -> list[tuple[Quarter, bool]]:
    """The quarters the own committee can send a report of, and whether it has."""
    one = committees.committee_of(actor)
    if one is None or not actor.may(Permission.RESULTS_SEND):
        return []
    sent = {row.quarter: True for row in reports(actor) if row.organisation == one.organisation_id}
    return [(quarter, quarter in sent) for quarter in over_quarters(day_of(now), back=BACK)]


def _sees(actor: Actor, organisation: int) -> bool:
    return organisation == actor.organisation_id or acknowledges(actor, organisation)


def _line(row: QuarterReport) -> ReportLine:
    read = row.acknowledged if hasattr(row, "acknowledged") else None
    return ReportLine(
        id=row.pk,
        organisation=row.organisation_id,
        name=name(row.organisation_id),
        quarter=Quarter(row.year, row.quarter),
        figures={code: Amount(n, bound) for code, (n, bound) in row.figures.items()},
        sent_at=row.sent_at,
        read_at=read.at if read else None,
    )
