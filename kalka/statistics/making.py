"""One sheet of a release: the figures of an indicator in a year, counted, protected and held against the ledger."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from kalka.directory import facts as directory
from kalka.places import facts as places
from kalka.statistics import covering, indicators
from kalka.statistics.counting import YEAR, Bond, Counted, Key, Tally, bonds, cells, count
from kalka.statistics.covering import Cover
from kalka.statistics.dimensions import DIMENSIONS
from kalka.statistics.indicators import Indicator
from kalka.statistics.models import Fact, Published, Release, Sheet
from kalka.statistics.protecting import Cell, hide
from kalka.statistics.rules import TOTAL, K, Period, State, months_of, read_period
from kalka.statistics.solving import Row
from kalka.vault.keys import fingerprint

FIGURE_COLUMNS = ("release_id", "indicator", "year", "period", "place", "above", "by", "code", "state", "n")
Figures = tuple[str | int | None, ...]
SMALL_ROW = 2 * K  # of fewer a telling breakdown is hidden whole: a nought would say something of everybody else
UNCHANGED, CHANGED, NEW, HIDDEN_BEFORE = 30, 20, 10, 0  # what was shown and stays the same is hidden last


@dataclass(frozen=True, slots=True)
class Ground:
    """What every sheet of a release stands on, read once."""

    release: Release
    earlier: Release | None  # published before; its lines are still there
    tree: places.Tree
    covers: Mapping[str, Cover]  # by indicator


@dataclass(frozen=True, slots=True)
class Before:
    """What was published of an indicator and year. `n` of hidden figures is counted again from the lines of then."""

    shown: Mapping[Key, int]  # the last value ever shown
    states: Mapping[Key, State]  # of the last release
    n: Mapping[Key, int]
    above: Mapping[str, str]


def ground(release: Release, earlier: Release | None) -> Ground:
    tree = places.tree()
    permissions = {one.recorded_by for one in indicators.indicators().values()}
    by_permission = {p: covering.cover(directory.recorders(p), tree) for p in permissions}
    covers = {one.code: by_permission[one.recorded_by] for one in indicators.indicators().values()}
    return Ground(release, earlier, tree, covers)


def make_sheet(base: Ground, indicator: Indicator, year: int) -> tuple[Sheet, list[Figures]]:
    """The rows to write. Where nothing has changed there are none: the figures of an earlier release stand."""
    tally = count(indicator, _lines(base.release, indicator.of, year))
    land = covering.land(base.tree, year, tally)
    months = len(months_of(year, base.release.until))
    keys = cells(indicator, months, land, tally)
    absent = _absent(base.covers[indicator.code], year, keys, tally)
    said = [[*key, tally.n[key], key in absent] for key in sorted(keys)]
    sheet = Sheet(release=base.release, indicator=indicator.code, year=year, source=base.release)
    sheet.digest = fingerprint(f"{indicator.code} {year}", said)
    last = _last_sheet(base, indicator, year)
    if last is not None and bytes(last.digest) == sheet.digest:
        sheet.source = last.source
        return sheet, []
    above = land.above()
    hidden = protect(indicator, keys, tally, above, absent, _before(indicator, year, last))
    return sheet, [_row(base.release, indicator, year, key, tally, above, absent, hidden) for key in keys]


def protect(
    indicator: Indicator,
    keys: list[Key],
    tally: Tally,
    above: Mapping[str, str],
    absent: set[Key],
    before: Before | None = None,
) -> set[Key]:
    """The cells to hide, as one set with everything published of them before."""
    made = {key: _cell(key, tally, key in absent, before) for key in keys}
    places, all_cells = {key: number for number, key in enumerate(keys)}, list(made.values())
    past, old = ({}, []) if before is None else _past(before, len(keys))
    all_cells += old
    if not any(cell.hidden for cell in all_cells):
        return set()
    rows = list(_rows(bonds(indicator, keys, above), places))
    if before is not None:
        rows += _rows(bonds(indicator, past, before.above), past)
        kept = [key for key in past if key in places and before.n.get(key, 0) <= tally.n[key]]
        rows += [Row(((past[key], 1), (places[key], -1)), equal=False) for key in kept]
    hide(all_cells, rows)
    return {key for key, cell in made.items() if cell.hidden}


def _past(before: Before, first: int) -> tuple[dict[Key, int], list[Cell]]:
    """The figures of the release before, numbered on; none where its lines do not give them again."""
    if not before.n:
        return {}, []
    cells = []
    for key, state in before.states.items():
        n, hidden = before.n.get(key, 0), state is State.HIDDEN
        cells.append(Cell(n, sensitive=hidden and 1 <= n < K, given=state is State.NONE, past=True, hidden=hidden))
    return {key: first + number for number, key in enumerate(before.states)}, cells


def _cell(key: Key, tally: Tally, absent: bool, before: Before | None) -> Cell:
    n, shown = tally.n[key], before.shown.get(key) if before else None
    row = tally.n[Key(key.month, key.place)]
    sensitive = (
        1 <= n < K
        or 0 < tally.behind[key] < K
        or (shown is not None and 1 <= abs(n - shown) < K)
        or (key.by != TOTAL and DIMENSIONS[key.by].telling and 0 < row < SMALL_ROW)
    )
    return Cell(n, sensitive=sensitive, floor=shown or 0, cost=_cost(key, n, before), given=absent)


def _cost(key: Key, n: int, before: Before | None) -> int:
    """How much is lost with it: of the country and of years more than of raions and months."""
    worth = 1 + 20 * (key.by == TOTAL) + 4 * (key.place == TOTAL) + (key.month == YEAR)
    if before is None or key not in before.states:
        return NEW + worth
    if before.states[key] is not State.SHOWN:
        return HIDDEN_BEFORE + worth
    return (UNCHANGED if before.shown.get(key) == n else CHANGED) + worth


def _rows(ties: Iterable[Bond], places: Mapping[Key, int]) -> Iterator[Row]:
    for tie in ties:
        if tie.total not in places:
            continue
        total, parts = places[tie.total], [places[part] for part in tie.parts]
        if tie.kind == "sum":
            yield Row(((total, 1), *((part, -1) for part in parts)), equal=True)
        elif tie.kind == "some":
            yield Row(((total, -1), *((part, 1) for part in parts)), equal=False)
        else:
            yield Row(((total, 1), *((part, -1) for part in parts)), equal=False)
            yield from (Row(((part, 1), (total, -1)), equal=False) for part in parts)


def _absent(cover: Cover, year: int, keys: list[Key], tally: Tally) -> set[Key]:
    """Cells without data: nobody could have written anything down there then, and nobody did."""
    found = {}
    for key in keys:
        here = (key.month, key.place)
        if here not in found:
            period = Period(year, key.month or None)
            found[here] = not tally.n[Key(*here)] and not cover.reaches(key.place, period)
    return {key for key in keys if found[key.month, key.place]}


def _lines(release: Release, kind: str, year: int) -> Iterator[Counted]:
    rows = Fact.objects.filter(release=release, kind=kind, on__gte=date(year, 1, 1), on__lt=date(year + 1, 1, 1))
    columns = ("who", "on", "oblast", "raion", "agency", "codes")
    for who, on, oblast, raion, agency, codes in rows.order_by("who").values_list(*columns).iterator(5_000):
        yield Counted(who, on.month if month_is_known(codes) else YEAR, oblast, raion, agency, codes)


def month_is_known(codes: str) -> bool:
    return '"precision":"year"' not in codes


def _last_sheet(base: Ground, indicator: Indicator, year: int) -> Sheet | None:
    if base.earlier is None:
        return None
    rows = Sheet.objects.filter(release=base.earlier, indicator=indicator.code, year=year)
    return rows.select_related("source").first()


def _before(indicator: Indicator, year: int, last: Sheet | None) -> Before | None:
    rows = Published.objects.filter(indicator=indicator.code, year=year, release__published_at__isnull=False)
    shown: dict[Key, int] = {}
    told = rows.filter(state=State.SHOWN).order_by("release__published_at")
    for *key, n in told.values_list("period", "place", "by", "code", "n"):
        shown[_key(*key)] = n or 0
    if last is None:
        return Before(shown, {}, {}, {}) if shown else None
    states: dict[Key, State] = {}
    above: dict[str, str] = {}
    made = rows.filter(release=last.source)
    for *key, state, lies_in in made.values_list("period", "place", "by", "code", "state", "above"):
        states[_key(*key)] = State(state)
        if lies_in:
            above[key[1]] = lies_in
    then = count(indicator, _lines(last.release, indicator.of, year)).n
    true = all(then[key] == shown.get(key) for key, state in states.items() if state is State.SHOWN)
    return Before(shown, states, then if true else {}, above)


def _key(period: str, place: str, by: str, code: str) -> Key:
    return Key(read_period(period).month or YEAR, place, by, code)


def _row(
    release: Release,
    indicator: Indicator,
    year: int,
    key: Key,
    tally: Tally,
    above: Mapping[str, str],
    absent: set[Key],
    hidden: set[Key],
) -> Figures:
    state = State.NONE if key in absent else State.HIDDEN if key in hidden else State.SHOWN
    n = tally.n[key] if state is State.SHOWN else None
    period = Period(year, key.month or None).code
    lies_in = above.get(key.place, TOTAL)
    return release.pk.hex, indicator.code, year, period, key.place, lies_in, key.by, key.code, str(state), n
