"""Stories as they stand in stories/*.yaml: who did what how long ago. Read strictly; nothing is written here."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from kalka.core import datafile
from kalka.core.clock import BISHKEK, day_of
from kalka.core.datafile import Fields, refuse

FOLDER = Path(__file__).parent
WORLD = uuid5(NAMESPACE_URL, "kalka:demo")
_AGO = re.compile(r"-(\d+)([hm])")
_UNITS = {"h": timedelta(hours=1), "m": timedelta(minutes=1)}
_DAYS = re.compile(r"-(\d+)(?: (\d\d:\d\d))?")


@dataclass(frozen=True, slots=True)
class Step:
    """One act of one person of the staff. `label` names what it makes, for later steps of the same story."""

    do: str
    by: str  # login
    at: str
    label: str
    told: Fields


@dataclass(frozen=True, slots=True)
class Story:
    key: str
    place: str  # territory code
    steps: tuple[Step, ...]

    def id(self, what: str) -> UUID:
        """The same in every installation and on every day."""
        return uuid5(WORLD, f"{self.key}/{what}")


def stories() -> tuple[Story, ...]:
    """All of them, by file and in the order written. A key used twice is refused."""
    found = [_story(one, path.name) for path in sorted((FOLDER / "stories").glob("*.yaml")) for one in _listed(path)]
    if len({story.key for story in found}) < len(found):
        refuse("stories", "a key twice")
    return tuple(found)


def moment(text: str, now: datetime) -> datetime:
    """«-12 09:30»: twelve days ago at that hour in Bishkek. «-3h», «-40m»: before now. Else the very time, in ISO."""
    if ago := _AGO.fullmatch(text):
        return now - int(ago[1]) * _UNITS[ago[2]]
    if back := _DAYS.fullmatch(text):
        at = time.fromisoformat(back[2] or "12:00")
        return datetime.combine(day_of(now) - timedelta(days=int(back[1])), at, tzinfo=BISHKEK)
    return datetime.fromisoformat(text).replace(tzinfo=BISHKEK)


def day(text: str, now: datetime) -> date:
    """«-13»: thirteen days ago, counted in Bishkek. Else the very day, in ISO."""
    return day_of(moment(text, now)) if text.startswith("-") else date.fromisoformat(text)


@cache
def places() -> dict[str, str]:
    body = Fields(datafile.read(FOLDER / "places.yaml"), "places.yaml")
    return {name: body.take(name, str) for name in body.names()}


def _listed(path: Path) -> list[Any]:
    body = datafile.read(path)
    if not isinstance(body, list):
        refuse(path.name, "expected a list of stories")
    return body


def _story(body: object, where: str) -> Story:
    fields = Fields(body, where)
    key = fields.take("key", str)
    place = places()[fields.one_of("place", places())]
    steps = tuple(_step(one, f"{where}: {key}") for one in fields.take("steps", list))
    fields.close()
    return Story(key, place, steps)


def _step(body: object, where: str) -> Step:
    fields = Fields(body, where)
    return Step(
        do=fields.take("do", str),
        by=fields.take("by", str),
        at=fields.take("at", str),
        label=fields.maybe("as", str) or "",
        told=fields,
    )
