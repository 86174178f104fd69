"""One sheet of a release: the figures of an indicator in a year, counted, protected and held against the ledger."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from kalka.directory import facts as directory
from kalka.places import facts as places
from kalka.statistics import covering, indicators, ledger
from kalka.statistics.counting import YEAR, Counted, Key, Tally, cells, count
from kalka.statistics.covering import Cover
from kalka.statistics.indicators import Indicator
from kalka.statistics.models import Fact, Release, Sheet
from kalka.statistics.rules import TOTAL, Period, State, months_of
from kalka.statistics.withholding import Hidden, withheld
from kalka.vault.keys import fingerprint

FIGURE_COLUMNS = ("release_id", "indicator", "year", "period", "place", "above", "by", "code", "state", "n")
Figures = tuple[str | int | None, ...]


@dataclass(frozen=True, slots=True)
class Ground:
    """What every sheet of a release stands on, read once."""

    release: Release
    earlier: Release | None  # published before; its lines are still there
    tree: places.Tree
    covers: Mapping[str, Cover]  # by indicator


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
    hidden = withheld(indicator, keys, tally, above, absent, ledger.past(indicator.code, year))
    sheet.hidden = ledger.sealed(base.release.pk, indicator.code, year, hidden)
    return sheet, [_row(base.release, indicator, year, key, tally, above, absent, hidden) for key in keys]


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


def _row(
    release: Release,
    indicator: Indicator,
    year: int,
    key: Key,
    tally: Tally,
    above: Mapping[str, str],
    absent: set[Key],
    hidden: Mapping[Key, Hidden],
) -> Figures:
    state = State.NONE if key in absent else State.HIDDEN if key in hidden else State.SHOWN
    n = tally.n[key] if state is State.SHOWN else None
    period = Period(year, key.month or None).code
    lies_in = above.get(key.place, TOTAL)
    return release.pk.hex, indicator.code, year, period, key.place, lies_in, key.by, key.code, str(state), n
