from dataclasses import fields

from ninja import Router

from kalka.api import shown
from kalka.api.routers import answers
from kalka.api.schemas import Duties, DutyItem
from kalka.duties import selectors as duties
from kalka.duties.lines import DutyLine, Today
from kalka.ui.http import Request

router = Router(tags=["duties"])
GROUPS = [field.name for field in fields(Today) if field.name != "whole"]


@router.get("", response=answers(Duties), url_name="duties", operation_id="list_duties", summary="What is to be done")
def list_duties(request: Request) -> Duties:
    """The duties of the post: who must do what by when, and on what article."""
    today = duties.today(request.actor, now=request.now)
    return Duties(items=[_item(line, group) for group in GROUPS for line in getattr(today, group)], more=today.more)


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
    )
