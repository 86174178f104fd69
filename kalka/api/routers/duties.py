from dataclasses import fields
from uuid import UUID

from ninja import Router, Status

from kalka.api import shown
from kalka.api.routers import answers, written
from kalka.api.schemas import Duties, DutyEnded, DutyEndIn, DutyItem
from kalka.duties import selectors as duties
from kalka.duties import services
from kalka.duties.kinds import BY_HAND
from kalka.duties.lines import DutyLine, Today
from kalka.ui.http import Request

router = Router(tags=["duties"])
GROUPS = [field.name for field in fields(Today) if field.name not in {"whole", "page", "before"}]


@router.get("", response=answers(Duties), url_name="duties", operation_id="list_duties", summary="What is to be done")
def list_duties(request: Request) -> Duties:
    """The duties of the post: who must do what by when, and on what article."""
    today = duties.today(request.actor, now=request.now)
    return Duties(items=[_item(line, group) for group in GROUPS for line in getattr(today, group)], more=today.more)


@router.put(
    "/{uuid:duty}/ends/{uuid:id}",
    response=written(DutyEnded),
    url_name="duty_end",
    operation_id="put_duty_end",
    summary="Say that a duty is done",
)
def put_duty_end(request: Request, duty: UUID, id: UUID, told: DutyEndIn) -> Status[DutyEnded]:
    """Of a duty that is `by_hand`; any other one ends with its step: an order is served, a visit is made."""
    again = duties.is_there(request.actor, id)
    end = services.finish_duty(request.actor, id=id, duty_id=duty, now=request.now)
    return Status(200 if again else 201, DutyEnded(id=end.pk, duty=duty, how=end.how, ended_at=end.recorded_at))


def _item(line: DutyLine, group: str) -> DutyItem:
    return DutyItem(
        id=line.id,
        kind=line.kind,
        group=group,
        case=line.case_ref or None,
        due_at=line.due_at,
        level=shown.level(line.level),
        basis=shown.basis(line.basis),
        escalated=line.escalated,
        by_hand=line.kind in BY_HAND,
    )
