"""The committee of Uchkun for the browser: written down, with a member who has no device and has a task."""

from datetime import timedelta
from typing import Any

from kalka.committees import selectors, services
from kalka.committees.rules import Card, Known, NewMember
from kalka.core.actors import SYSTEM
from kalka.core.clock import day_of
from kalka.core.commands import command
from kalka.core.permissions import Permission
from kalka.core.refs import new_id
from kalka.demo.founding import committee_id, found_committees
from kalka.duties import services as duties

TASK = "cases.notify_child_protection"


def committee(town: Any, case: dict[str, Any]) -> dict[str, Any]:
    found_committees(town.now)
    secretary, since = town.katchy, day_of(town.now) - timedelta(days=20)
    told = (
        NewMember("Жусупова Айгүл", "health", since, "deputy", Card(phone="+996555000111")),
        NewMember("Мамытов Кубанычбек", "councils", since, "member", Card(on_paper=True, channel="person")),
        NewMember("Сатыбалдиева Нургүл", "education", since),
    )
    cards = [services.add_member(secretary, id=new_id(), told=one, now=town.now) for one in told]
    known = Known("Абдыраимов Нурбек", "+996555000222")
    services.name_contact(secretary, id=new_id(), subject="internal_affairs", told=known, now=town.now)
    post = selectors.member(secretary, cards[1].holding_id, now=town.now).post_id
    _give(SYSTEM, post=post, ref=case["ref"], now=town.now)
    return {"id": str(committee_id(secretary.place)), "member": cards[0].holding_id, "on_paper": cards[1].holding_id}


@command("browser.give_task", needs=Permission.SYSTEM)
def _give(actor: Any, *, post: int, ref: str, now: Any) -> Any:
    due = now + timedelta(days=5)
    return duties.assign(TASK, subject_id=new_id(), post_id=post, due_at=due, basis=None, now=now, about=ref)
