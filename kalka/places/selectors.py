"""Reads of the territory. Public reference data: no actor. Every question takes a constant number of statements."""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from kalka.places import rules
from kalka.places.listing import LEVEL_TITLES
from kalka.places.models import Place, Succession

_SQL = Path(__file__).parent / "sql"
_CHAIN, _WITHIN = (_SQL / "chain.sql").read_text(), (_SQL / "within.sql").read_text()
_VILLAGES = ("village", "city_village")
_COLUMNS = ("code", "level", "parent_id", "names", "name_status", "iso", "valid_from", "valid_to")


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


def get(code: str) -> PlaceInfo | None:
    return infos([code]).get(code)


def infos(codes: Iterable[str]) -> dict[str, PlaceInfo]:
    """Those that are known, in one statement."""
    return {info.code: info for info in _infos(Place.objects.filter(code__in=set(codes)))}


def chain(code: str) -> list[str]:
    """The place itself, what it lies in, … the country. Empty for an unknown code."""
    return [info.code for info in chains([code]).get(code, [])]


def chains(codes: Iterable[str]) -> dict[str, list[PlaceInfo]]:
    """For each known code the chain up to the country, in one statement."""
    asked = sorted(set(codes))
    found: dict[str, list[PlaceInfo]] = {}
    if not asked:
        return found
    with connection.cursor() as cursor:
        cursor.execute(_CHAIN.replace("%s", ", ".join(["%s"] * len(asked))), asked)
        for start, code, level, parent, names, status, iso, since, until in cursor.fetchall():
            info = PlaceInfo(code, level, parent or "", _json(names), status, iso, _day(since), _day(until))
            found.setdefault(start, []).append(info)
    return found


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
) -> list[tuple[str, str]]:
    """What may be chosen: (code, label), `under` included. Without a level everything but villages, as a tree.

    Only what stands `on` the day, else what has not ended. A name that repeats is shown with its raion.
    """
    levels = {level} if isinstance(level, str) else set(level) if level else set(rules.LEVELS) - set(_VILLAGES)
    found = _infos(_standing(Place.objects.filter(level__in=levels), on))
    if under:
        inside = within(under)
        found = [info for info in found if info.code in inside]
    labels = _labels(found, lang)
    if level:
        found.sort(key=lambda info: (rules.alphabetical(labels[info.code]), info.code))
    else:
        found = _as_tree(found, labels)
    return [(info.code, labels[info.code]) for info in found]


def children(code: str, *, on: date | None = None, lang: str | None = None) -> list[tuple[str, str]]:
    found = _infos(_standing(Place.objects.filter(parent_id=code), on))
    labels = _labels(found, lang)
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
    with connection.cursor() as cursor:
        cursor.execute(_WITHIN, [code])
        return {found for (found,) in cursor.fetchall()}


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


def _standing(places: QuerySet[Place], on: date | None) -> QuerySet[Place]:
    if on is None:
        return places.filter(valid_to=None)
    return places.filter(Q(valid_from=None) | Q(valid_from__lte=on), Q(valid_to=None) | Q(valid_to__gt=on))


def _infos(places: QuerySet[Place]) -> list[PlaceInfo]:
    return [
        PlaceInfo(code, level, parent or "", names, status, iso, since, until)
        for code, level, parent, names, status, iso, since, until in places.order_by("code").values_list(*_COLUMNS)
    ]


def _labels(found: Collection[PlaceInfo], lang: str | None) -> dict[str, str]:
    labels = {info.code: info.name(lang) for info in found}
    repeated = _repeated(labels)
    for code, above in chains(repeated).items():
        raion = next((info for info in above[1:] if info.level == "raion"), above[1] if above[1:] else None)
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


def _json(value: object) -> Mapping[str, str]:
    read: Mapping[str, str] = json.loads(value) if isinstance(value, str) else value  # type: ignore[assignment]  # as stored
    return read


def _day(value: object) -> date | None:
    """SQLite answers a raw question with text."""
    return date.fromisoformat(value) if isinstance(value, str) else value  # type: ignore[return-value]  # a date or None
