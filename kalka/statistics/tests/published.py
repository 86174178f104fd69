"""A release as it stands once it is published: every indicator, every territory there is, invented figures."""

from datetime import UTC, date, datetime
from uuid import UUID

from kalka.core.refs import new_id
from kalka.places import facts as places
from kalka.statistics import indicators as catalogue
from kalka.statistics.dimensions import DIMENSIONS
from kalka.statistics.models import Published, Release, Sheet
from kalka.statistics.rules import Period, ReleaseState, State, unknown_in

FIRST = 2021


def release(until: date = date(2026, 11, 1), *, first: int = FIRST, indicators: tuple[str, ...] = ()) -> Release:
    """All of it in four statements, so that a test can have as many figures as the republic."""
    at = datetime(until.year, until.month, 1, 3, tzinfo=UTC)
    made = Release.objects.create(
        id=new_id(),
        code=f"{until.year}-{until.month - 1:02d}",
        until=until,
        state=ReleaseState.PUBLISHED,
        vintage="2021-04",
        salt=b"",
        started_at=at,
        extracted_on=until,
        published_at=at,
        beat_at=at,
    )
    chosen = indicators or tuple(catalogue.indicators())
    years = range(first, until.year + 1)
    Sheet.objects.bulk_create(
        Sheet(release=made, indicator=code, year=year, source=made, digest=b"") for code in chosen for year in years
    )
    rows = [row for code in chosen for year in years for row in _year(made.pk, code, year, until)]
    Published.objects.bulk_create(rows, batch_size=1_000)
    return made


def _year(release_id: UUID, indicator: str, year: int, until: date) -> list[Published]:
    months = [Period(year, month) for month in range(1, 13) if Period(year, month).after <= until]
    rows = []
    for number, (place, above) in enumerate(_territory()):
        of_year = 0
        for month in months:
            n = _invented(number, above, month)
            of_year += n
            rows.append(_row(release_id, indicator, year, month.code, place, above, "", "", n))
        rows.append(_row(release_id, indicator, year, str(year), place, above, "", "", of_year))
        if not above:
            for by in catalogue.indicators()[indicator].by:
                for at, code in enumerate(DIMENSIONS[by].codes()):
                    n = of_year // (at + 2)
                    rows.append(_row(release_id, indicator, year, str(year), place, above, by, code, n))
    return rows


def _territory() -> list[tuple[str, str]]:
    """(code, what it lies in): the country, its units, what could not be placed, and the raions of each."""
    found = [("", "")]
    day = date(2026, 1, 1)
    tree = places.tree()
    for oblast in tree.oblasts(day, day.replace(year=2027)):
        found.append((oblast, ""))
        found += [(raion, oblast) for raion in tree.raions(oblast, day, day.replace(year=2027))]
    return [*found, (unknown_in(""), "")]


def _invented(number: int, above: str, month: Period) -> int:
    """Grows over the years, less in winter; small places have small figures."""
    trend = (month.year - FIRST) * 12 + (month.month or 1)
    size = 3 + 7 * number % 11 if above else 600 if number == 0 else 40 + 17 * number % 60
    return size * (60 + trend + (month.month or 1) % 5) // 90


def _row(
    release_id: UUID, indicator: str, year: int, period: str, place: str, above: str, by: str, code: str, n: int
) -> Published:
    state = State.HIDDEN if 0 < n < 5 else State.NONE if place.endswith("-") else State.SHOWN
    return Published(
        release_id=release_id,
        indicator=indicator,
        year=year,
        period=period,
        place=place,
        above=above,
        by=by,
        code=code,
        state=state,
        n=n if state is State.SHOWN else None,
    )
