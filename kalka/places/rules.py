"""What a list of territory must be, and what loading it would change. Decided before anything is written."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from kalka.core.errors import DomainError

# A unit lies in a unit of a higher rank, whatever its name; so no chain can be longer than the ranks.
RANK = {
    "country": 0,
    "oblast": 1,
    "republican_city": 1,
    "raion": 2,
    "city": 2,
    "city_district": 3,
    "ayil_aimak": 4,
    "raion_city": 4,
    "urban_settlement": 4,
    "territorial_unit": 4,  # a part of a city with an office of its own (МТУ)
    "city_village": 5,
    "village": 5,
}
LEVELS = tuple(RANK)
# What statistics count by: in a village its aimak, in a city the city, or the part of it that has an office.
COUNTED = frozenset(
    {
        "ayil_aimak",
        "territorial_unit",
        "raion_city",
        "urban_settlement",
        "city",
        "city_district",
        "republican_city",
    }
)
ISO = re.compile(r"[A-Z]{2}(?:-[A-Z0-9]{1,3})?")
BUILT_IN = ""  # older than every list
INVENTED = "demo"  # the demo's own territory: no list ends it
GIVEN, MISSING = "given", "missing"
_VINTAGE = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")


@dataclass(frozen=True, slots=True)
class Listed:
    """One row of a list. `row` is its number in the file; days are None where the list does not say."""

    row: int
    code: str
    level: str
    parent: str
    ky: str
    ru: str
    en: str
    iso: str = ""
    note: str = ""
    status: str = GIVEN
    valid_from: date | None = None
    valid_to: date | None = None
    predecessors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unit:
    """A place as it is stored."""

    code: str
    level: str
    parent: str
    ky: str
    ru: str
    en: str
    iso: str
    note: str
    status: str
    valid_from: date | None
    valid_to: date | None
    vintage: str


@dataclass(frozen=True, slots=True)
class Fault:
    row: int
    column: str
    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    """What loading would do. With faults it does nothing."""

    create: tuple[Unit, ...] = ()
    change: tuple[Unit, ...] = ()
    end: tuple[Unit, ...] = ()
    same: int = 0
    successions: tuple[tuple[str, str, date], ...] = ()  # before, after, on
    faults: tuple[Fault, ...] = ()


def is_invented(code: str) -> bool:
    """A code of the state classifier has figures alone."""
    return "D" in code


def is_draft(status: str) -> bool:
    """A Kyrgyz name that no speaker has reviewed is not shown: the Russian name stands in for it."""
    return status == MISSING or status.startswith("draft")


def shown_name(names: Mapping[str, str], status: str, lang: str) -> str:
    """The name in a language. Unreviewed Kyrgyz and missing English fall back to Russian, the classifier's own."""
    own = names.get(lang, "")
    if lang == "ky" and is_draft(status):
        own = ""
    return own or names.get("ru") or names.get("ky") or names.get("en") or ""


_AFTER = str.maketrans({"ё": "е\uffff", "ң": "н\uffff", "ө": "о\uffff", "ү": "у\uffff"})


def alphabetical(text: str) -> str:
    """Sorts ё, ң, ө, ү where the Kyrgyz alphabet has them: after е, н, о, у."""
    return text.casefold().translate(_AFTER)


def first_day(vintage: str) -> date | None:
    """The day a list is of: the first of its month where it names no day. None when it is no vintage."""
    found = _VINTAGE.fullmatch(vintage)
    if not found:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3] or 1))
    except ValueError:
        return None


def counted_in(chain: Sequence[tuple[str, str]]) -> str:
    """The unit statistics count a place in. `chain` is (code, level) from the place up to the country.

    A village of a town whose list names only the raion is counted in the raion; what lies above stays itself.
    """
    for code, level in chain:
        if level in COUNTED:
            return code
    for code, level in chain:
        if level == "raion":
            return code
    return chain[0][0] if chain else ""


def plan(listed: Sequence[Listed], stored: Iterable[Unit], *, vintage: str) -> Plan:
    """Pure; the order of the rows does not matter, and what was loaded once is not loaded again.

    Refuses a list older than what is known; what is wrong in its rows is in `Plan.faults`.
    """
    known = {unit.code: unit for unit in stored}
    newest = max((unit.vintage for unit in known.values() if first_day(unit.vintage)), default="")
    if newest > vintage:
        raise DomainError("places.vintage_older", newest=newest)
    if faults := find_faults(listed, known):
        return Plan(faults=faults)
    create, change, same = [], [], 0
    pairs: set[tuple[str, str, date]] = set()
    begun = first_day(vintage) or date.min
    covered = _covered(listed, known)
    later = any(first_day(unit.vintage) and unit.vintage < vintage for unit in covered)
    for row in sorted(listed, key=lambda row: (RANK[row.level], row.code)):
        before = known.get(row.code)
        unit = _unit(row, before, vintage, begun if later else None)
        pairs |= {(code, row.code, unit.valid_from or begun) for code in row.predecessors}
        if before is None:
            create.append(unit)
        elif before != unit:
            change.append(unit)
        else:
            same += 1
    here = {row.code for row in listed}
    ended = tuple(
        replace(unit, valid_to=max(begun, unit.valid_from or date.min))
        for unit in covered
        if unit.code not in here and unit.valid_to is None and first_day(unit.vintage) and unit.vintage < vintage
    )
    return Plan(tuple(create), tuple(change), ended, same, tuple(sorted(pairs)))


def _covered(listed: Sequence[Listed], known: Mapping[str, Unit]) -> list[Unit]:
    """What is known of the territory the file is about: a file of one oblast says nothing of another."""
    here = {row.code for row in listed}
    roots = {row.code for row in listed if row.parent not in here}
    parents = {unit.code: unit.parent for unit in known.values()}
    return [known[code] for code in sorted(known) if roots.intersection(climb(code, parents))]


def _unit(row: Listed, before: Unit | None, vintage: str, appeared: date | None) -> Unit:
    """A place of the first list has stood since nobody knows when; one that appears later, since that list."""
    return Unit(
        code=row.code,
        level=row.level,
        parent=row.parent,
        ky=row.ky,
        ru=row.ru,
        en=row.en,
        iso=row.iso,
        note=row.note,
        status=row.status if row.ky else MISSING,
        valid_from=row.valid_from or (before.valid_from if before else appeared),
        valid_to=row.valid_to,
        vintage=vintage,
    )


def climb(code: str, parents: Mapping[str, str]) -> list[str]:
    """From a code up to its root; stops where a code comes again."""
    chain: list[str] = []
    while code and code not in chain:
        chain.append(code)
        code = parents.get(code, "")
    return chain


def find_faults(listed: Sequence[Listed], known: Mapping[str, Unit]) -> tuple[Fault, ...]:
    """Every fault of every row, in the order of the file."""
    first: dict[str, Listed] = {}
    faults: list[Fault] = []
    for row in sorted(listed, key=lambda row: row.row):
        if row.code in first:
            faults.append(Fault(row.row, "code", "places.code_twice", {"code": row.code, "other": first[row.code].row}))
        first.setdefault(row.code, row)
    levels = {code: unit.level for code, unit in known.items()} | {row.code: row.level for row in listed}
    parents = {code: unit.parent for code, unit in known.items()} | {row.code: row.parent for row in listed}
    for row in listed:
        faults += [*_parent_faults(row, levels, parents, first), *_other_faults(row, levels)]
    return tuple(sorted(faults, key=lambda fault: (fault.row, fault.column, fault.code)))


def _parent_faults(
    row: Listed, levels: Mapping[str, str], parents: Mapping[str, str], here: Mapping[str, Listed]
) -> list[Fault]:
    def fault(code: str, **facts: object) -> list[Fault]:
        return [Fault(row.row, "parent", code, facts)]

    if not row.parent or row.level == "country":
        return fault("places.country_alone") if row.parent or row.level != "country" else []
    if row.parent not in levels:
        return fault("places.parent_unknown", parent=row.parent)
    above = climb(row.parent, parents)
    if row.code in above:
        return fault("places.cycle", parent=row.parent)
    if RANK[levels[row.parent]] >= RANK[row.level]:
        return fault("places.parent_too_low", parent=row.parent)
    if row.parent not in here and any(code in here for code in above):
        return fault("places.parent_not_listed", parent=row.parent)
    return []


def _other_faults(row: Listed, levels: Mapping[str, str]) -> list[Fault]:
    faults = [
        Fault(row.row, "predecessors", "places.predecessor_unknown", {"code": code})
        for code in row.predecessors
        if code not in levels or code == row.code
    ]
    if row.iso and not ISO.fullmatch(row.iso):
        faults.append(Fault(row.row, "iso_3166_2", "places.iso_unreadable"))
    if row.valid_from and row.valid_to and row.valid_to < row.valid_from:
        faults.append(Fault(row.row, "valid_to", "places.ends_before_it_begins"))
    return faults
