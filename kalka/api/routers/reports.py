from uuid import UUID

from django.db import IntegrityError
from ninja import Query, Router, Status

from kalka.api.routers import answers
from kalka.api.schemas import ReportIn, Reports, ReportsAsked, ReportState
from kalka.intake import selectors as intake
from kalka.intake import services
from kalka.intake.rules import NewReport
from kalka.ui.http import Request

router = Router(tags=["reports"])


@router.put(
    "/{uuid:id}",
    response=answers({201: ReportState, 200: ReportState}, 413),
    url_name="report",
    operation_id="put_report",
    summary="Send a report",
)
def put_report(request: Request, id: UUID, told: ReportIn) -> Status[ReportState]:
    """The id is drawn by the sender. Sent again with the same words it is the same report (200); with other words, or
    under the id of another's report, the answer is 404."""
    again = intake.is_there(request.actor, id)
    new = NewReport(**told.model_dump())
    try:
        report = services.receive_report(request.actor, id=id, told=new, now=request.now)
    except IntegrityError:  # the same report arrived twice at once, and the other one was first
        again = True
        report = services.receive_report(request.actor, id=id, told=new, now=request.now)
    # Of two that arrive at once the earlier one may be written later: sight of it begins when it was written.
    line = intake.report_line(request.actor, id, now=max(request.now, report.recorded_at))
    return Status(200 if again else 201, _state(line))


@router.get(
    "/{uuid:id}",
    response=answers(ReportState),
    url_name="report",
    operation_id="get_report",
    summary="What became of a report",
)
def get_report(request: Request, id: UUID) -> ReportState:
    return _state(intake.report_line(request.actor, id, now=request.now))


@router.get(
    "", response=answers(Reports), url_name="reports", operation_id="list_reports", summary="Reports, newest first"
)
def list_reports(request: Request, asked: Query[ReportsAsked]) -> Reports:
    """Fifty at a time: the author's own, those nobody has decided on, or all the post may see."""
    found = intake.list_reports(request.actor, now=request.now, state=asked.state, after=asked.after)
    return Reports(items=[_state(line) for line in found.lines], next=found.after)


def _state(line: intake.ReportLine) -> ReportState:
    return ReportState(
        id=line.id,
        state=line.outcome or "received",
        told_on=line.told_on,
        recorded_at=line.recorded_at,
        late=line.late,
        way=line.way,
        danger=line.danger,
        place=line.place,
        children=line.children,
    )
