"""What help there is, for whom, in which languages: read once from data. An unknown key stops the start."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kalka.core.datafile import Fields, read, refuse

PATH = Path(__file__).with_name("taxonomy.yaml")
Titles = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Need:
    code: str
    number: int  # what stands for it in an address, which must not tell
    titles: Titles


@dataclass(frozen=True, slots=True)
class Taxonomy:
    confirm_days: int
    room_days: int
    needs: Mapping[str, Need]
    serves: Mapping[str, Titles]
    languages: Mapping[str, Titles]
    costs: Mapping[str, Titles]
    rooms: Mapping[str, Titles]

    def need_of(self, number: str) -> Need | None:
        return next((need for need in self.needs.values() if str(need.number) == number), None)


def _read() -> Taxonomy:
    body = Fields(read(PATH), PATH.name)
    days, room = body.take("confirm_days", int), body.take("room_days", int)
    parts = ("serves", "languages", "costs", "rooms")
    found = Taxonomy(days, room, _needs(body.raw("needs")), *(_titles(body.raw(part), part) for part in parts))
    body.close()
    if min(days, room) < 1 or len({need.number for need in found.needs.values()}) < len(found.needs):
        refuse(PATH.name, "days above zero, and each number once")
    return found


def _needs(raw: object) -> dict[str, Need]:
    part, needs = Fields(raw, f"{PATH.name}: needs"), {}
    for code in part.names():
        fields = Fields(part.raw(code), f"{PATH.name}: {code}")
        needs[code] = Need(code, fields.take("number", int), fields.words("title"))
        fields.close()
    return needs


def _titles(raw: object, name: str) -> dict[str, Titles]:
    part = Fields(raw, f"{PATH.name}: {name}")
    found: dict[str, Titles] = {}
    for code in part.names():
        fields = Fields(part.raw(code), f"{PATH.name}: {code}")
        found[code] = fields.words("title")
        fields.close()
    return found


TAXONOMY = _read()
