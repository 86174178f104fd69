"""The sittings of the committee of Uchkun for the browser: one that was held, and one that is going on."""

from datetime import timedelta
from typing import Any

from kalka.core.clock import day_of
from kalka.core.refs import new_id
from kalka.demo.staffing import PASSWORD, found, seat
from kalka.sittings import selectors, services
from kalka.sittings.rules import NewDecision, NewItem, NewSitting

DAY = timedelta(days=1)
PLACE = "417D1110100000"
NAME = {"ky": "№ 7 МАБнын жергиликтүү комитети", "ru": "Местный комитет МТУ № 7", "en": "Local committee, unit 7"}


def sittings(town: Any, families: dict[str, Any]) -> dict[str, Any]:
    by, ref = town.katchy, families["ref"]
    then, today = town.now - 9 * DAY, day_of(town.now)
    seats = {one.user_id: one.holding_id for one in selectors.members(by, by.organisation_id or 0, day_of(then))}
    mine, theirs = seats[by.user_id], seats[town.mucho.user_id]
    held = _called(by, "violence", then, then)
    about = services.put_item(
        by, id=new_id(), sitting_id=held, told=NewItem("help", ref), agreed_until=today + 90 * DAY, now=then
    )
    own = services.put_item(
        by, id=new_id(), sitting_id=held, told=NewItem("other", words="Күздөгү жолугушуу"), now=then
    )
    services.hold_sitting(by, id=new_id(), sitting_id=held, came=[mine, theirs], now=then)
    _decided(by, about.pk, NewDecision("doctor", mine, today + 12 * DAY), then)
    _decided(by, about.pk, NewDecision("passport", theirs, day_of(then) + 5 * DAY), then)
    aid = _decided(by, about.pk, NewDecision("money", theirs, today + 8 * DAY, som=5_000), then)
    talk = _decided(by, own.pk, NewDecision("classes", mine, today), then)
    services.end_sitting(by, id=new_id(), sitting_id=held, how="held", now=then)
    services.carry_out(by, id=new_id(), decision_id=talk, how="done", on=today - DAY, now=town.now)
    services.add_addendum(by, id=new_id(), decision_id=aid, change="term", by=today + 20 * DAY, now=town.now)
    going = _called(by, "prevention", town.now - timedelta(hours=1), town.now)
    services.put_item(by, id=new_id(), sitting_id=going, told=NewItem("before"), now=town.now)
    item = services.put_item(by, id=new_id(), sitting_id=going, told=NewItem("again", ref), now=town.now)
    services.put_item(by, id=new_id(), sitting_id=going, told=NewItem("schools"), now=town.now)
    services.hold_sitting(by, id=new_id(), sitting_id=going, came=[mine, theirs], now=town.now)
    away = [one for one in seats.values() if one not in (mine, theirs)]
    if away:
        services.declare_conflict(by, id=new_id(), item_id=item.pk, holding_id=away[0], now=town.now)
    _called(by, "planning", town.now + 30 * DAY, town.now)
    return {"held": str(held), "going": str(going), "item": str(item.pk), "decision": str(aid)}


def empty(now: Any) -> str:
    """A part of Bishkek that has a secretary and nothing else: the sign-in."""
    body = found(kind="committee", name=NAME, place=PLACE, now=now)
    login, name = "katchy-jany", "Сайкал Ысманова"
    seat(body, role="committee_secretary", place=PLACE, login=login, name=name, leads=True, password=PASSWORD, now=now)
    return login


def _called(by: Any, kind: str, at: Any, now: Any) -> Any:
    return services.plan_sitting(by, id=new_id(), told=NewSitting(kind, at), now=now).pk


def _decided(by: Any, item: Any, told: NewDecision, now: Any) -> Any:
    return services.decide(by, id=new_id(), item_id=item, told=told, now=now).pk
