"""A sitting of a committee, with an item and what was decided on it; nothing of a family."""

from datetime import datetime
from uuid import UUID

from kalka.core import clock
from kalka.core.actors import Actor
from kalka.core.refs import new_id
from kalka.sittings import selectors
from kalka.sittings import services as sittings
from kalka.sittings.rules import NewDecision, NewItem, NewSitting


def sat(by: Actor, at: datetime) -> tuple[dict[str, object], list[UUID]]:
    today = clock.day_of(at)
    sitting = sittings.plan_sitting(by, id=new_id(), told=NewSitting("prevention", at), now=at)
    item = sittings.put_item(by, id=new_id(), sitting_id=sitting.pk, told=NewItem("schools"), now=at)
    seated = selectors.members(by, by.organisation_id or 0, today)
    mine = next(one.holding_id for one in seated if one.user_id == by.user_id)
    sittings.hold_sitting(by, id=new_id(), sitting_id=sitting.pk, came=[mine], now=at)
    told = NewDecision("classes", mine, today)
    decided = sittings.decide(by, id=new_id(), item_id=item.pk, told=told, now=at)
    parts = {"sitting": sitting.pk, "item": item.pk, "resolution": decided.pk, "sittings:minutes kind": "pdf"}
    return parts, [sitting.subject_id]
