"""The territory as statistics count by it: the whole tree in one statement, and the oblast and raion of a place."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from kalka.core import memory
from kalka.places import rules
from kalka.places.models import Place

OBLASTS = frozenset({"oblast", "republican_city"})


@dataclass(frozen=True, slots=True)
class Unit:
    code: str
    level: str
    parent: str
    names: Mapping[str, str]
    status: str
    iso: str
    valid_from: date | None
    valid_to: date | None

    def name(self, lang: str) -> str:
        return rules.shown_name(self.names, self.status, lang)

    def stands(self, first: date, after: date) -> bool:
        """On any day from `first` until the day before `after`."""
        return (self.valid_from is None or self.valid_from < after) and (self.valid_to is None or first < self.valid_to)


@dataclass(frozen=True, slots=True)
class Tree:
    """Every unit that ever stood: a line keeps the code of its day, and what that code lay in, whatever became of it.

    `vintage` is that of the newest list of territories.
    """

    units: Mapping[str, Unit]
    vintage: str

    def above(self, code: str) -> list[Unit]:
        """The place itself, what it lies in, … the country."""
        chain: list[Unit] = []
        while code in self.units and self.units[code] not in chain:
            chain.append(self.units[code])
            code = chain[-1].parent
        return chain

    def area(self, code: str) -> tuple[str, str]:
        """The oblast a place lies in, and the raion, city or city district right below it; empty where it has none."""
        below = ""
        for unit in self.above(code):
            if unit.level in OBLASTS:
                return unit.code, below
            below = unit.code
        return "", ""

    def oblasts(self, first: date, after: date) -> list[str]:
        return sorted(u.code for u in self.units.values() if u.level in OBLASTS and u.stands(first, after))

    def raions(self, oblast: str, first: date, after: date) -> list[str]:
        return sorted(u.code for u in self.units.values() if u.parent == oblast and u.stands(first, after))

    def name(self, code: str, lang: str) -> str:
        """The code itself when nobody knows it."""
        return self.units[code].name(lang) if code in self.units else code


def named(codes: Collection[str]) -> dict[str, Unit]:
    """Of these codes those that are known, and the country."""
    wanted = set(codes)
    return {code: unit for code, unit in _tree().units.items() if code in wanted or unit.level == "country"}


def oblasts() -> list[Unit]:
    """Every oblast and city of that rank there is or was, by code."""
    return list(_units(Place.objects.filter(level__in=OBLASTS).order_by("code"))[0].values())


def tree() -> Tree:
    return _tree()


def _units(places: QuerySet[Place]) -> tuple[dict[str, Unit], str]:
    columns = ("code", "level", "parent_id", "names", "name_status", "iso", "valid_from", "valid_to")
    units, vintage = {}, ""
    for listed, code, level, parent, *rest in places.values_list("vintage", *columns):
        units[code] = Unit(code, level, parent or "", *rest)
        vintage = max(vintage, listed if rules.first_day(listed) else "")
    return units, vintage


_tree = memory.Kept(lambda: Tree(*_units(Place.objects.all())))  # every figure asks for it
