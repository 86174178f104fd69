"""What the fourteen committees did beside their families: sittings, meetings, a handbook, reports of a quarter.

Each by the ordinary command of whoever keeps the committee, at the time it tells of.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid5

from kalka.committees import selectors as committees
from kalka.core.actors import Actor
from kalka.core.clock import BISHKEK, day_of
from kalka.core.datafile import read
from kalka.demo.founding import COORDINATOR, found_committees, secretary_of
from kalka.demo.reading import WORLD
from kalka.library import services as library
from kalka.library.rules import NewHanding, NewVersion
from kalka.prevention import services as prevention
from kalka.prevention.rules import NewEvent
from kalka.results import services as results
from kalka.results.rules import over_quarters
from kalka.sittings import selectors as seats
from kalka.sittings import services as sittings
from kalka.sittings.rules import NewItem, NewSitting

FILE = Path(__file__).parent / "local.yaml"
CAME = 9  # of the members, at each sitting


def secretaries(now: datetime) -> list[Actor]:
    """Of the fourteen, in the order of their places, once each committee is written down."""
    found_committees(now)
    return [secretary_of(one.organisation_id, day_of(now)) for one in committees.committees(COORDINATOR)]


def gathered(kept: list[Actor], coordinator: Actor, now: datetime) -> Iterator[str]:
    told: Any = read(FILE)
    for number, one in enumerate(told["sittings"]):
        yield _sitting(kept[one["at"]], f"sitting {number}", one["day"])
    for number, one in enumerate(told["events"]):
        yield _event(kept[one["at"]], f"event {number}", one)
    yield from _handbook(kept, coordinator, told["handbook"])
    quarter = over_quarters(day_of(now), back=1)[0]
    for at in told["reported"]:
        id = uuid5(WORLD, f"report {at}")
        sent = results.send_report(kept[at], id=id, quarter=quarter, now=now - timedelta(days=2))
        if at in told["read"]:
            seen = now - timedelta(days=1)
            results.acknowledge_report(coordinator, id=uuid5(id, "read"), report_id=sent.pk, now=seen)
        yield str(id)


def _sitting(by: Actor, key: str, on: date) -> str:
    """Called a week before, held, spoken of what was decided earlier, and closed."""
    id, at = uuid5(WORLD, key), datetime.combine(on, time(14), tzinfo=BISHKEK)
    sittings.plan_sitting(by, id=id, told=NewSitting("violence", at), now=at - timedelta(days=7))
    item = NewItem("before")
    sittings.put_item(by, id=uuid5(id, "item"), sitting_id=id, told=item, now=at - timedelta(days=1))
    members = [one.holding_id for one in seats.members(by, by.organisation_id or 0, on)]
    sittings.hold_sitting(by, id=uuid5(id, "came"), sitting_id=id, came=members[:CAME], now=at)
    sittings.pass_over(by, id=uuid5(id, "passed"), item_id=uuid5(id, "item"), now=at + timedelta(minutes=40))
    sittings.end_sitting(by, id=uuid5(id, "end"), sitting_id=id, how="held", now=at + timedelta(hours=1))
    return str(id)


def _event(by: Actor, key: str, one: dict[str, Any]) -> str:
    bound = "over" if one.get("over") else ""
    told = NewEvent(
        kind=one["kind"],
        on=one["day"],
        place=by.place,
        times=one.get("times", 1),
        times_bound=bound,
        people=one["people"],
        people_bound=bound,
        topics=one.get("topics", {}),
        grades=tuple(one.get("grades", ())),
    )
    at = datetime.combine(one["day"], time(17), tzinfo=BISHKEK)
    return str(prevention.record_event(by, id=uuid5(WORLD, key), told=told, now=at).pk)


def _handbook(kept: list[Actor], by: Actor, one: dict[str, Any]) -> Iterator[str]:
    """To each committee as many as it has members."""
    at = datetime.combine(one["day"], time(12), tzinfo=BISHKEK)
    first = NewVersion(one["language"], one["day"], address=one["address"])
    id = uuid5(WORLD, "handbook")
    library.publish(by, id=id, kind="handbook", audience="members", name=one["name"], first=first, now=at)
    for secretary in kept:
        copies = len(seats.members(secretary, secretary.organisation_id or 0, one["day"]))
        told = NewHanding("members", one["to"], secretary.place, copies, one["day"])
        handed = uuid5(id, f"to {secretary.place}")
        yield str(library.hand_over(by, id=handed, version_id=uuid5(id, "1"), told=told, now=at).pk)
