"""Published figures. Whoever may see statistics sees all of them: what would give somebody away is not in them."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from kalka.core.actors import Actor
from kalka.core.errors import DomainError
from kalka.places import facts as places
from kalka.statistics import indicators as catalogue
from kalka.statistics import reading
from kalka.statistics.dimensions import DIMENSIONS, PLACE, label
from kalka.statistics.indicators import Indicator
from kalka.statistics.models import Release
from kalka.statistics.reading import Cell, Names, by_title, period_title, said
from kalka.statistics.rules import (
    LOST_AFTER,
    TOTAL,
    Asked,
    Choices,
    Figure,
    FigureRow,
    Line,
    Passport,
    Period,
    ReleaseInfo,
    ReleaseState,
    State,
    Summary,
    Table,
    before,
    complete,
    months_of,
    read_period,
    unknown_in,
)

MONTHS_SHOWN = 24
NO_DATA = Figure(State.NONE)


def table(actor: Actor, indicator: str, asked: Asked, *, now: datetime) -> Table:
    """One indicator by one breakdown in the country or an oblast, for a year or a month.

    Refuses `statistics.unknown_indicator`, `unknown_breakdown`, `unknown_place`, `unknown_period`, `no_release`, and
    `only_by_year` for a breakdown within an oblast by month: that many small figures would protect nobody.
    """
    one, release = catalogue.get(indicator), reading.newest()
    period = _period(release, one, asked)
    if asked.by not in one.breakdowns:
        raise DomainError("statistics.unknown_breakdown", field="by")
    if asked.by != PLACE and asked.place and not (period.month is None and complete(period, release.until)):
        raise DomainError("statistics.only_by_year", field="period")
    periods = (period.code, before(period).code)
    rows = reading.of_release(release, indicator=indicator, period__in=periods)
    if asked.by == PLACE:
        found = reading.cells(rows.filter(Q(place=asked.place) | Q(above=asked.place), by=TOTAL))
    else:
        found = reading.cells(rows.filter(by__in=(TOTAL, asked.by), place=asked.place))
    if (period.code, asked.place, TOTAL, TOTAL) not in found:
        raise DomainError("statistics.unknown_place", field="place")
    names = _names({place for _, place, _, _ in found} | {asked.place})
    return _table(one, release, asked, period, found, names)


def _period(release: Release, one: Indicator, asked: Asked) -> Period:
    """What was asked for, or else the last year that is whole, or else the last one."""
    years = reading.years(release, one.code)
    if asked.period is None:
        whole = [year for year in years if complete(Period(year), release.until)]
        if not years:
            raise DomainError("statistics.unknown_period", field="period")
        return Period((whole or years)[-1])
    known = asked.period.year in years
    if not known or (asked.period.month and not complete(asked.period, release.until)):
        raise DomainError("statistics.unknown_period", field="period")
    return asked.period


def _table(
    one: Indicator, release: Release, asked: Asked, period: Period, found: dict[Cell, Figure], names: Names
) -> Table:
    why = catalogue.why_not(one, asked.by)
    total = (asked.place, TOTAL, TOTAL)
    return Table(
        indicator=one.code,
        title=said(one.title),
        by=asked.by,
        by_title=by_title(asked.by),
        period=period,
        place=asked.place,
        passport=_passport(one, release, period, names.of(asked.place)),
        total=found[(period.code, *total)],
        total_before=found.get((before(period).code, *total)),
        lines=_lines(asked, period, found, names),
        adds_up=why is None,
        why_not=said(why) if why else "",
        complete=complete(period, release.until),
        how=tuple(said(words) for words in one.how),
    )


def _lines(asked: Asked, period: Period, found: dict[Cell, Figure], names: Names) -> tuple[Line, ...]:
    if asked.by == PLACE:
        codes = {place for _, place, _, _ in found if place != asked.place}
        last = unknown_in(asked.place)
        ordered = sorted(codes, key=lambda code: (code == last, names.of(code), code))
        keys = [(code, names.of(code), (code, TOTAL, TOTAL)) for code in ordered]
    else:
        listed = DIMENSIONS[asked.by].codes()
        keys = [(code, label(asked.by, code, reading.lang()), (asked.place, asked.by, code)) for code in listed]
    return tuple(
        Line(code, title, found.get((period.code, *key), NO_DATA), found.get((before(period).code, *key)))
        for code, title, key in keys
    )


def summaries(actor: Actor, *, place: str = TOTAL, now: datetime) -> tuple[Summary, ...]:
    """Every indicator for the country or an oblast: the last whole year, else this one, and the last 24 months."""
    release = reading.newest()
    last = Period(release.until.year - 1)
    months = _last_months(release)
    wanted = [last.code, str(release.until.year), *(month.code for month in months)]
    rows = reading.of_release(release, by=TOTAL, place=place, period__in=wanted)
    found = {
        (indicator, period): reading.figure(state, n)
        for indicator, period, state, n in rows.values_list("indicator", "period", "state", "n")
    }
    if not found:
        raise DomainError("statistics.unknown_place", field="place")
    name = _names({place}).of(place)
    return tuple(_summary(one, release, name, months, found) for one in catalogue.indicators().values())


def _last_months(release: Release) -> list[Period]:
    year = release.until.year
    all_of = [month for number in range(year - 2, year + 1) for month in months_of(number, release.until)]
    return all_of[-MONTHS_SHOWN:]


def _summary(
    one: Indicator, release: Release, place: str, months: list[Period], found: dict[tuple[str, str], Figure]
) -> Summary:
    last = Period(release.until.year - 1)
    period = last if (one.code, last.code) in found else Period(release.until.year)
    return Summary(
        indicator=one.code,
        title=said(one.title),
        passport=_passport(one, release, period, place),
        figure=found.get((one.code, period.code), NO_DATA),
        months=tuple(
            Line(month.code, period_title(month), found.get((one.code, month.code), NO_DATA)) for month in months
        ),
    )


def months(actor: Actor, indicator: str, *, place: str = TOTAL, now: datetime) -> tuple[Line, ...]:
    """The whole monthly series of the country, an oblast or a raion."""
    catalogue.get(indicator)
    series = _series(indicator, place=place)
    if place not in series:
        raise DomainError("statistics.unknown_place", field="place")
    return series[place]


def small_multiples(actor: Actor, indicator: str, *, now: datetime) -> tuple[tuple[str, str, tuple[Line, ...]], ...]:
    """(oblast, its name, its monthly series)."""
    catalogue.get(indicator)
    series = _series(indicator, above=TOTAL)
    names = _names(series)
    listed = sorted((code for code in series if code and code != unknown_in(TOTAL)), key=lambda c: (names.of(c), c))
    return tuple((code, names.of(code), series[code]) for code in listed)


def _series(indicator: str, **which: object) -> dict[str, tuple[Line, ...]]:
    rows = reading.of_release(reading.newest(), indicator=indicator, by=TOTAL, period__contains="-", **which)
    found: dict[str, dict[str, Figure]] = {}
    for place, period, state, n in rows.order_by("period").values_list("place", "period", "state", "n"):
        found.setdefault(place, {})[period] = reading.figure(state, n)
    return {
        place: tuple(
            Line(code, period_title(read_period(code)), one, points.get(before(read_period(code)).code))
            for code, one in points.items()
        )
        for place, points in found.items()
    }


def choices(actor: Actor, indicator: str, *, now: datetime) -> Choices:
    one, release = catalogue.get(indicator), reading.newest()
    years = reading.years(release, indicator)[::-1]
    months = [month for year in years for month in reversed(months_of(year, release.until))]
    periods = [*map(Period, years), *months]
    oblasts = sorted((unit.name(reading.lang()), unit.code) for unit in places.oblasts())
    return Choices(
        periods=tuple((period.code, period_title(period)) for period in periods),
        places=((TOTAL, _names(()).of(TOTAL)), *((code, name) for name, code in oblasts)),
        breakdowns=tuple((by, by_title(by)) for by in one.breakdowns),
    )


def every_figure(actor: Actor, *, indicator: str = "", now: datetime) -> Iterator[FigureRow]:
    """Streamed, whatever their number, in the order of indicator, period, breakdown and territory."""
    release = reading.newest()
    which = {"indicator": catalogue.get(indicator).code} if indicator else {}
    rows = reading.of_release(release, **which).order_by("indicator", "period", "by", "place", "code")
    tree = Names(places.tree().units, _("Place not known"))
    columns = ("indicator", "period", "place", "by", "code", "state", "n")
    for code, period, place, by, value, state, n in rows.values_list(*columns).iterator(chunk_size=5_000):
        one = catalogue.indicators().get(code)
        if one is None:  # of an indicator that is no longer counted
            continue
        yield FigureRow(
            indicator=code,
            title=said(one.title),
            unit=said(one.unit),
            stage=said(one.stage),
            agency=said(one.agency),
            period=period,
            place=place,
            place_title=tree.of(place),
            by=by,
            code=value,
            code_title=label(by, value, reading.lang()),
            state=State(state),
            n=n,
            release=release.code,
            extracted_on=release.extracted_on,
            vintage=release.vintage,
        )


def releases(actor: Actor, *, now: datetime) -> tuple[ReleaseInfo, ...]:
    """The newest first."""
    return tuple(
        ReleaseInfo(
            code=row.code,
            state=_state(row, now),
            started_at=row.started_at,
            extracted_on=row.extracted_on,
            published_at=row.published_at,
            done=row.done,
            total=row.total,
        )
        for row in Release.objects.order_by("-started_at", "-code")
    )


def _state(row: Release, now: datetime) -> ReleaseState:
    """One that gave no sign for long has failed, whether anybody has noted it yet or not."""
    lost = row.state == ReleaseState.MAKING and row.beat_at < now - LOST_AFTER
    return ReleaseState.FAILED if lost else ReleaseState(row.state)


def _passport(one: Indicator, release: Release, period: Period, place: str) -> Passport:
    return Passport(
        unit=said(one.unit),
        stage=said(one.stage),
        agency=said(one.agency),
        period=period_title(period),
        place=place,
        vintage=release.vintage,
        extracted_on=release.extracted_on,
        release=release.code,
    )


def _names(codes: Iterable[str]) -> Names:
    return reading.names(tuple(codes), _("Place not known"))
