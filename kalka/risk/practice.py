"""Practice packs: what an institution may take over by an act of its own. Practice, not law."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from kalka.core import datafile
from kalka.core.datafile import Fields, refuse
from kalka.core.errors import DomainError
from kalka.duties.rules import PRACTICE
from kalka.risk.rules import Place, place

FOLDER = Path(__file__).parent / "practices"
OF = 4  # the levels a pack speaks of
LONGEST_CITE = 200


@dataclass(frozen=True, slots=True)
class Pack:
    """`hours`: place among four levels → until the next assessment. `months`, `favourable`: how a case is closed."""

    id: str
    title: Mapping[str, str]
    hours: Mapping[int, int]
    months: int
    favourable: int

    def within(self, level: Place, worst: Place) -> int:
        """The shortest period of every level still possible."""
        return min(self.hours[at] for at in range(level.on(OF).at, worst.on(OF).at + 1))


@dataclass(frozen=True, slots=True)
class Running:
    """A pack that an institution works by, and the act it cites."""

    pack: Pack
    cite: str

    def as_json(self) -> dict[str, object]:
        return {"rule": PRACTICE, "pack": self.pack.id, "cite": self.cite}


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or its last one."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@cache
def packs() -> Mapping[str, Pack]:
    found = (parse(file.stem, datafile.read(file)) for file in sorted(FOLDER.glob("*.yaml")))
    return {one.id: one for one in found}


def pack(code: str) -> Pack:
    """Refuses with `risk.no_such_practice`."""
    if code not in packs():
        raise DomainError("risk.no_such_practice", field="pack")
    return packs()[code]


def parse(name: str, body: object) -> Pack:
    """Refuses with `datafile.refused`: a level without a period, a longer one for more danger."""
    top = Fields(body, name)
    top.one_of("standing", ("practice",))
    hours = Fields(top.raw("period_hours"), f"{name}: period_hours")
    closing = Fields(top.raw("closing"), f"{name}: closing")
    top.take("source", str)
    found = Pack(
        id=top.one_of("id", (name,)),
        title=top.words("title"),
        hours={place(level).at: hours.take(level, int) for level in hours.names()},
        months=closing.take("months", int),
        favourable=closing.take("favourable", int),
    )
    closing.close()
    top.close()
    spans = [found.hours.get(at, 0) for at in range(1, OF + 1)]
    if len(found.hours) != OF or sorted(spans, reverse=True) != spans or spans[-1] < 1:
        refuse(name, "four periods, none longer for more danger")
    return found
