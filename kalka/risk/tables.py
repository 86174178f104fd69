"""The internal rules of risk, read strictly from the files beside this one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from kalka.core import datafile
from kalka.core.datafile import Fields, refuse
from kalka.core.errors import DomainError
from kalka.history.rules import EventKind
from kalka.instruments import editions
from kalka.risk.rules import Place, place

FOLDER = Path(__file__).parent
SCALES = ("2", "3", "4", "5")
MEASURES = (
    "daily_contact",
    "offer_shelter",
    "check_weapon",
    "medical_referral",
    "safety_alert",
    "company",
    "leaflet",
    "see_in_person",
    "hand_over",
)


@dataclass(frozen=True, slots=True)
class Measure:
    kind: str  # of a duty
    within_hours: int
    lowest: Mapping[int, int]  # the number of levels → the lowest that asks for it; empty: whatever the level
    on_rise: bool = False  # only where the level is the first one or higher than before

    def asked_at(self, level: Place, *, rose: bool) -> bool:
        return level.at >= self.lowest[level.of] and (rose or not self.on_rise)


@dataclass(frozen=True, slots=True)
class Measures:
    by_level: tuple[Measure, ...]
    alerts: Mapping[str, Measure]
    not_alone: Place
    not_alone_again_within_hours: int
    redo_within_hours: int
    countersign_within_hours: int

    def at(self, level: Place, *, rose: bool = True) -> tuple[Measure, ...]:
        return tuple(measure for measure in self.by_level if measure.asked_at(level, rose=rose))

    def more_at(self, level: Place, before: Place | None) -> tuple[Measure, ...]:
        """What a lifted level asks for beyond the one before it."""
        asked = self.at(before, rose=False) if before else ()
        return tuple(measure for measure in self.at(level) if measure not in asked)


@dataclass(frozen=True, slots=True)
class TriggerKind:
    code: str
    hours: int | None
    hours_before: int | None
    floor: Place | None
    title: Mapping[str, str]
    by_hand: bool  # somebody of the team may say so; every other one is its step's alone
    also: Measure | None  # what is to be done at once beside the assessment
    quiet: bool  # about an officer's own work: it stands in no timeline
    covers: str  # another one that it says more than

    def due(self, now: datetime, event_at: datetime | None) -> datetime:
        """Never in the past: what is asked for now cannot be late already."""
        if self.hours is not None:
            return now + timedelta(hours=self.hours)
        return max(now, (event_at or now) - timedelta(hours=self.hours_before or 0))


@cache
def measures() -> Measures:
    body = _internal("measures.yaml")
    alerts = Fields(body.raw("alerts"), "alerts")
    found = Measures(
        by_level=tuple(_measure(Fields(row, "measures")) for row in body.take("measures", list)),
        alerts={name: _measure(Fields(alerts.raw(name), name), any_level=True) for name in alerts.names()},
        not_alone=place(body.take("not_alone", str)),
        not_alone_again_within_hours=body.take("not_alone_again_within_hours", int),
        redo_within_hours=body.take("redo_within_hours", int),
        countersign_within_hours=body.take("countersign_within_hours", int),
    )
    body.close()
    return found


def _measure(row: Fields, *, any_level: bool = False) -> Measure:
    kind = row.one_of("kind", [f"measure.{name}" for name in MEASURES])
    hours = row.take("within_hours", int)
    lowest = {} if any_level else _lowest(Fields(row.raw("from"), kind))
    on_rise = row.maybe("on_rise", bool) or False
    row.close()
    return Measure(kind, hours, lowest, on_rise)


def _lowest(row: Fields) -> dict[int, int]:
    if row.names() != SCALES:
        refuse(row.where, "from must hold the scales 2, 3, 4 and 5")
    found = {int(scale): row.take(scale, int) for scale in SCALES}
    if any(not 1 <= level <= scale for scale, level in found.items()):
        refuse(row.where, "a level that the scale does not have")
    return found


@dataclass(frozen=True, slots=True)
class Triggers:
    kinds: Mapping[str, TriggerKind]
    of_history: Mapping[str, str]  # what happened → the trigger it is


@cache
def triggers() -> Triggers:
    body = _internal("triggers.yaml")
    rows = Fields(body.raw("triggers"), "triggers")
    kinds = {code: _trigger(code, Fields(rows.raw(code), code)) for code in rows.names()}
    events = Fields(body.raw("history"), "history")
    body.close()
    if set(events.names()) - set(EventKind):
        refuse(events.where, "names something that is no event")
    return Triggers(kinds, {event: events.one_of(event, kinds) for event in events.names()})


def trigger(code: str) -> TriggerKind:
    """Refuses with `risk.no_such_trigger`."""
    found = triggers().kinds.get(code)
    if found is None:
        raise DomainError("risk.no_such_trigger", trigger=code)
    return found


def _trigger(code: str, row: Fields) -> TriggerKind:
    floor = row.maybe("floor", str)
    found = TriggerKind(
        code=code,
        hours=row.maybe("hours", int),
        hours_before=row.maybe("hours_before", int),
        floor=place(floor) if floor else None,
        title=row.words("title"),
        by_hand=row.maybe("by_hand", bool) or False,
        also=_measure(Fields(row.raw("also"), code), any_level=True) if "also" in row else None,
        quiet=row.maybe("quiet", bool) or False,
        covers=row.maybe("covers", str) or "",
    )
    row.close()
    if (found.hours is None) == (found.hours_before is None):
        refuse(code, "either hours or hours_before")
    return found


@cache
def registered() -> Mapping[str, Mapping[str, Mapping[str, int]]]:
    """Instrument → item → event → how often it must have been counted."""
    body = Fields(datafile.read(FOLDER / "register.yaml"), "register.yaml")
    found = {name: _items(name, Fields(body.raw(name), name)) for name in body.names()}
    body.close()
    return found


def _items(instrument: str, row: Fields) -> dict[str, dict[str, int]]:
    asked = editions.latest(instrument).items
    found = {}
    for code in row.names():
        if code not in asked or not asked[code].auto_filled:
            refuse(instrument, f"{code} is no item that a register fills in")
        events = Fields(row.raw(code), code)
        if set(events.names()) - set(EventKind):
            refuse(code, "names something that is no event")
        found[code] = {event: events.take(event, int) for event in events.names()}
    return found


def _internal(name: str) -> Fields:
    body = Fields(datafile.read(FOLDER / name), name)
    body.one_of("standing", ("internal",))
    return body
