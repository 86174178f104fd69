from uuid import UUID

from django.db import IntegrityError
from ninja import Query, Router, Status

from kalka.api.routers import answers, read_after, written
from kalka.api.schemas import CaseIn, CaseItem, ReportIn, Reports, ReportsAsked, ReportState
from kalka.cases import selectors as cases
from kalka.cases import services as case_steps
from kalka.intake import selectors as intake
from kalka.intake import services
from kalka.intake.rules import NewReport
from kalka.people.rules import NewPerson
from kalka.ui.http import Request

router = Router(tags=["reports"])


@router.put(
    "/{uuid:id}",
    response=written(ReportState),
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
    with read_after(request, report.recorded_at) as now:
        line = intake.report_line(request.actor, id, now=now)
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


@router.put(
    "/{uuid:report}/cases/{uuid:id}",
    response=written(CaseItem),
    url_name="report_case",
    operation_id="put_report_case",
    summary="Take a report into a case",
    tags=["cases"],
)
def put_report_case(request: Request, report: UUID, id: UUID, told: CaseIn) -> Status[CaseItem]:
    """The decision on a report, and the file that begins with it. Names are written on the page, by somebody who looks
    whether the person is known."""
    again = cases.is_there(request.actor, id)
    said = NewPerson(**told.protected.model_dump()) if told.protected else NewPerson()
    protected = said if said != NewPerson() else None
    case = case_steps.open_case(request.actor, id=id, report_id=report, protected=protected, now=request.now)
    with read_after(request, case.recorded_at) as now:
        line = cases.get_case(request.actor, case.ref, now=now)
    return Status(200 if again else 201, CaseItem.model_validate(line))


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
