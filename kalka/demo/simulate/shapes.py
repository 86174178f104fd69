"""The courses a case may take, read strictly from shapes.yaml."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kalka.core import datafile
from kalka.core.datafile import Fields, refuse

FILE = Path(__file__).with_name("shapes.yaml")
_AT = re.compile(r"(\d+) (\d\d:\d\d)")


@dataclass(frozen=True, slots=True, eq=False)
class Move:
    """One step: who does what, so many days after the first one, at an hour in Bishkek."""

    do: str
    by: str
    day: int
    hour: str
    label: str
    told: dict[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    key: str
    weight: float
    law: str  # "short" or "long": under orders of 3 or of 30 days alone; empty: always
    standing: tuple[int, int] | None  # began so many days ago, from and to, and is still worked on
    moves: tuple[Move, ...]

    @property
    def length(self) -> int:
        """Days from the first step to the last."""
        return self.moves[-1].day

    @property
    def people(self) -> frozenset[str]:
        """Without whom it cannot be played."""
        moves = [move for move in self.moves if move.do not in ("referral", "depart")]  # these go to no post
        named = {move.told[key] for move in moves for key in ("who", "to") if isinstance(move.told.get(key), str)}
        return frozenset({move.by for move in self.moves} | {one for one in named if not one.startswith("$")})

    @property
    def in_laws(self) -> bool:
        return any(move.label == "mother" for move in self.moves)


@cache
def shapes() -> tuple[Shape, ...]:
    body = datafile.read(FILE)
    if not isinstance(body, list):
        refuse(FILE.name, "expected a list of shapes")
    found = tuple(_shape(one) for one in body)
    if len({one.key for one in found}) < len(found):
        refuse(FILE.name, "a key twice")
    return found


def shape(key: str) -> Shape:
    return next(one for one in shapes() if one.key == key)


def _shape(body: object) -> Shape:
    fields = Fields(body, FILE.name)
    key, weight = fields.take("key", str), fields.take("weight", int)
    law = fields.one_of("law", ("short", "long")) if "law" in fields else ""
    standing = fields.take("standing", list) if "standing" in fields else None
    moves = tuple(_moves(fields.take("steps", list), f"{FILE.name}: {key}"))
    fields.close()
    days = [move.day for move in moves]
    if weight < 1 or days != sorted(days) or not days or days[0]:
        refuse(key, "a weight above 0, and steps from day 0 on, in order")
    if standing and not (len(standing) == 2 and days[-1] < standing[0] <= standing[1]):
        refuse(key, "standing must be two numbers, from after the last step")
    return Shape(key, float(weight), law, (standing[0], standing[1]) if standing else None, moves)


def _moves(listed: list[Any], where: str) -> Iterator[Move]:
    for one in listed:
        fields = Fields(one, where)
        do, by, at = fields.take("do", str), fields.take("by", str), fields.take("at", str)
        label = fields.maybe("as", str) or ""
        match = _AT.fullmatch(at)
        if match is None:
            refuse(where, f"at: {at!r} is not a day and an hour")
        yield Move(do, by, int(match[1]), match[2], label, {key: fields.raw(key) for key in fields.names()})
