"""Reads of the territory. Public reference data: no actor. A process keeps it in memory until a row of it changes."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import get_language

from kalka.core.memory import Kept
from kalka.places import rules
from kalka.places.listing import LEVEL_TITLES
from kalka.places.models import Place, Succession

_VILLAGES = ("village", "city_village")
_COLUMNS = ("code", "level", "parent_id", "names", "name_status", "iso", "valid_from", "valid_to")
_DEEPEST = 13  # a ring in the rows must end somewhere
Pairs = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class PlaceInfo:
    code: str
    level: str
    parent: str
    names: Mapping[str, str]
    status: str = rules.GIVEN
    iso: str = ""
    valid_from: date | None = None
    valid_to: date | None = None

    def name(self, lang: str | None = None) -> str:
        """In the language asked for, else of the page. An unreviewed Kyrgyz name is not shown: Russian stands in."""
        return rules.shown_name(self.names, self.status, lang or _language())

    @property
    def draft(self) -> bool:
        return rules.is_draft(self.status)

    def stands(self, on: date) -> bool:
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on < self.valid_to)


@dataclass(frozen=True, slots=True)
class _Territory:
    """Every place by its code, in the order of the codes; what lies directly in each; lists that were asked for."""

    places: Mapping[str, PlaceInfo]
    inside: Mapping[str, tuple[str, ...]]
    listed: dict[tuple[str, frozenset[str], str], tuple[tuple[str, str], ...]] = field(default_factory=dict)

    def chain(self, code: str) -> list[PlaceInfo]:
        found: list[PlaceInfo] = []
        while (here := self.places.get(code)) is not None and len(found) < _DEEPEST:
            found.append(here)
            code = here.parent
        return found

    def within(self, code: str) -> set[str]:
        found: set[str] = set()
        waiting = [code] if code in self.places else []
        while waiting:
            here = waiting.pop()
            if here not in found:
                found.add(here)
                waiting += self.inside.get(here, ())
        return found


def get(code: str) -> PlaceInfo | None:
    return infos([code]).get(code)


def infos(codes: Iterable[str]) -> dict[str, PlaceInfo]:
    """Those that are known."""
    known = _territory().places
    return {code: known[code] for code in sorted(set(codes)) if code in known}


def chain(code: str) -> list[str]:
    """The place itself, what it lies in, … the country. Empty for an unknown code."""
    return [info.code for info in chains([code]).get(code, [])]


def chains(codes: Iterable[str]) -> dict[str, list[PlaceInfo]]:
    """For each known code the chain up to the country."""
    territory = _territory()
    return {code: territory.chain(code) for code in sorted(set(codes)) if code in territory.places}


def name(code: str, lang: str | None = None) -> str:
    """The code itself when nobody knows it."""
    return names([code], lang)[code]


def names(codes: Iterable[str], lang: str | None = None) -> dict[str, str]:
    asked = set(codes)
    known = infos(asked)
    return {code: known[code].name(lang) if code in known else code for code in asked}


def full_name(code: str, lang: str | None = None) -> str:
    """With what it lies in, up to the oblast: «Учкун айыл аймагы, Нарын району, Нарын облусу»."""
    above = chains([code]).get(code, [])
    return ", ".join(info.name(lang) for info in above if info.level != "country" or len(above) == 1) or code


def choices(
    under: str = "", level: str | Collection[str] | None = None, *, on: date | None = None, lang: str | None = None
) -> Pairs:
    """What may be chosen: (code, label), `under` included. Without a level everything but villages, as a tree.

    Only what stands `on` the day, else what has not ended. A name that repeats is shown with its raion.
    """
    levels = frozenset({level} if isinstance(level, str) else level or set(rules.LEVELS) - set(_VILLAGES))
    territory, asked = _territory(), (under, levels if level else frozenset(), lang or _language())
    if on is not None:
        return _chosen(territory, under, levels, on, lang, tree=not level)
    if asked not in territory.listed:
        territory.listed[asked] = tuple(_chosen(territory, under, levels, None, lang, tree=not level))
    return list(territory.listed[asked])


def children(code: str, *, on: date | None = None, lang: str | None = None) -> Pairs:
    territory = _territory()
    labels = _labels(territory, territory.inside.get(code, ()), on, lang)
    return sorted(labels.items(), key=lambda item: (rules.alphabetical(item[1]), item[0]))


def aimak_of(code: str) -> str:
    """The aimak, town, city or part of a city that statistics count the place in; "" for an unknown code.

    What lies above all of these (a raion, an oblast) stays itself.
    """
    return rules.counted_in([(info.code, info.level) for info in chains([code]).get(code, [])])


def aimaks_of(codes: Iterable[str]) -> dict[str, str]:
    return {
        code: rules.counted_in([(info.code, info.level) for info in found]) for code, found in chains(codes).items()
    }


def within(code: str) -> set[str]:
    """The place and everything in it, whatever has ended included: cases keep the code of their day."""
    return _territory().within(code)


def level_title(level: str, lang: str | None = None) -> str:
    return LEVEL_TITLES[level].get(lang or _language()) or LEVEL_TITLES[level]["ru"]


def successors(code: str) -> list[tuple[str, date]]:
    """What it became, and when."""
    return list(Succession.objects.filter(before_id=code).order_by("on", "after_id").values_list("after_id", "on"))


def predecessors(code: str) -> list[tuple[str, date]]:
    return list(Succession.objects.filter(after_id=code).order_by("on", "before_id").values_list("before_id", "on"))


def vintages() -> list[str]:
    """The months of the lists that were loaded, newest first."""
    said = Place.objects.order_by().values_list("vintage", flat=True).distinct()
    return sorted((vintage for vintage in said if rules.first_day(vintage)), reverse=True)


def _read() -> _Territory:
    rows = Place.objects.order_by("code").values_list(*_COLUMNS)
    known = {code: PlaceInfo(code, level, parent or "", *rest) for code, level, parent, *rest in rows}
    inside: dict[str, tuple[str, ...]] = {}
    for info in known.values():
        inside[info.parent] = (*inside.get(info.parent, ()), info.code)
    return _Territory(known, inside)


_territory = Kept(_read)


def _chosen(
    territory: _Territory, under: str, levels: Collection[str], on: date | None, lang: str | None, *, tree: bool
) -> Pairs:
    inside = territory.within(under) if under else territory.places.keys()
    found = [code for code, info in territory.places.items() if info.level in levels and code in inside]
    labels = _labels(territory, found, on, lang)
    if tree:
        return [
            (info.code, labels[info.code]) for info in _as_tree([territory.places[code] for code in labels], labels)
        ]
    return sorted(labels.items(), key=lambda item: (rules.alphabetical(item[1]), item[0]))


def _labels(territory: _Territory, codes: Iterable[str], on: date | None, lang: str | None) -> dict[str, str]:
    """Of those that stand on the day, else of those that have not ended."""
    places = (territory.places[code] for code in codes)
    standing = (info for info in places if (info.stands(on) if on else info.valid_to is None))
    labels = {info.code: info.name(lang) for info in standing}
    for code in _repeated(labels):
        above = territory.chain(code)[1:]
        raion = next((info for info in above if info.level == "raion"), above[0] if above else None)
        if raion:
            labels[code] = f"{labels[code]}, {raion.name(lang)}"
    for code in _repeated(labels):
        labels[code] = f"{labels[code]} · {code}"
    return labels


def _repeated(labels: Mapping[str, str]) -> list[str]:
    often = Counter(labels.values())
    return [code for code, label in labels.items() if often[label] > 1]


def _as_tree(found: Collection[PlaceInfo], labels: Mapping[str, str]) -> list[PlaceInfo]:
    below: dict[str, list[PlaceInfo]] = {}
    here = {info.code for info in found}
    for info in sorted(
        found, key=lambda info: (rules.RANK[info.level], rules.alphabetical(labels[info.code]), info.code)
    ):
        below.setdefault(info.parent if info.parent in here else "", []).append(info)
    ordered: list[PlaceInfo] = []
    waiting = list(reversed(below.get("", [])))
    while waiting:
        info = waiting.pop()
        ordered.append(info)
        waiting += reversed(below.get(info.code, []))
    return ordered


def _language() -> str:
    return (get_language() or "ky")[:2]
