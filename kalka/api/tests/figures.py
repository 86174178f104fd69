"""A published release with a shown, a hidden and a missing figure in it."""

from datetime import date

from kalka.cases.tests.factories import DAY, NOW
from kalka.core.refs import new_id
from kalka.statistics.models import Published, Release, Sheet
from kalka.statistics.rules import ReleaseState, State

CHUI, OSH = "41708000000000", "41706000000000"


def released() -> Release:
    """Reports and cases of 2024 and 2025; from Osh nobody reported in 2025, and in Chui there were too few."""
    release = Release.objects.create(
        id=new_id(),
        code="2026-10",
        until=date(2026, 11, 1),
        state=ReleaseState.PUBLISHED,
        vintage="2021-04",
        salt=b"",
        started_at=NOW - DAY,
        extracted_on=(NOW - DAY).date(),
        published_at=NOW - DAY,
        beat_at=NOW - DAY,
    )
    for indicator in ("reports", "cases"):
        for year, total, far in ((2024, 40, 12), (2025, 57, None)):
            Sheet.objects.create(release=release, indicator=indicator, year=year, source=release, digest=b"")
            _figure(release, indicator, year, n=total)
            _figure(release, indicator, year, place=CHUI, state=State.HIDDEN)
            _figure(release, indicator, year, place=OSH, n=far, state=State.NONE if far is None else State.SHOWN)
            _figure(release, indicator, year, month=12, n=0)
    return release


def _figure(
    release: Release,
    indicator: str,
    year: int,
    *,
    month: int = 0,
    place: str = "",
    n: int | None = None,
    state: State = State.SHOWN,
) -> None:
    period = f"{year}-{month:02d}" if month else str(year)
    which = {"release": release, "indicator": indicator, "year": year, "period": period, "place": place}
    Published.objects.create(**which, state=state, n=n)
