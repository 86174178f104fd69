"""The job of a release: copy, count and protect, publish. Every step holds by itself and can be done again."""

from collections.abc import Callable, Iterator
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Min

from kalka.access import sets
from kalka.core import clock, sight
from kalka.core.actors import Actor
from kalka.core.errors import DomainError
from kalka.core.extract import Extract
from kalka.core.permissions import Permission
from kalka.core.refs import new_id
from kalka.jobs.kinds import job
from kalka.jobs.run import Cancelled, Run
from kalka.places import facts as places
from kalka.statistics import services
from kalka.statistics.gathering import SOURCES, Gathered, gather
from kalka.statistics.indicators import indicators
from kalka.statistics.inserting import insert
from kalka.statistics.making import FIGURE_COLUMNS, ground, make_sheet
from kalka.statistics.models import Fact, Published, Release, Sheet
from kalka.statistics.rules import OLDEST_YEARS, ReleaseState

COPY, COUNT = "copy", "count"
FACT_COLUMNS = ("release_id", "kind", "on", "place", "raion", "oblast", "agency", "codes", "who")
COPIED = 40  # of a hundred
Step = Callable[[int, str], None]  # done of a hundred, the cursor to go on from


@job("statistics.release", needs=Permission.STATISTICS_RELEASE)
def release(run: Run) -> str:
    release_id = run.uuid("release")

    def step(done: int, cursor: str) -> None:
        _beat(release_id, done, run.now)
        run.step(done, total=100, cursor=cursor)

    try:
        with sight.whole():
            _make(release_id, run.cursor, step)
        services.publish(run.actor, release_id=release_id, now=run.now)
    except Cancelled:
        services.give_up(run.actor, release_id=release_id, now=run.now)
        raise
    return str(release_id)


def release_now(actor: Actor, *, now: datetime, progress: Callable[[int, int], None] | None = None) -> str:
    """Make and publish a release at once, for the console and the demo. Returns its code. Refuses as `make_release`."""
    made = services.begin_release(actor, id=new_id(), now=now)

    def step(done: int, cursor: str) -> None:
        _beat(made.pk, done, clock.now())
        if progress is not None:
            progress(done, 100)

    try:
        with sight.whole():
            _make(made.pk, "", step)
        services.publish(actor, release_id=made.pk, now=now)
    except BaseException:
        services.give_up(actor, release_id=made.pk, now=now)
        raise
    if progress is not None:
        progress(100, 100)
    return made.code


def _beat(release_id: UUID, done: int, now: datetime) -> None:
    """In the transaction of the step: whoever was given up meanwhile writes nothing more."""
    making = Release.objects.filter(pk=release_id, state=ReleaseState.MAKING)
    if not making.update(done=done, total=100, beat_at=now):
        raise DomainError("statistics.release_given_up")


def _make(release_id: UUID, cursor: str, step: Step) -> None:
    release = Release.objects.get(pk=release_id)
    if release.state != ReleaseState.MAKING:
        raise DomainError("statistics.release_given_up")
    phase, _, at = cursor.partition(":")
    if phase != COUNT:
        _copy(release, at, step)
        at = "0"
    _count(release, int(at), step)


def _copy(release: Release, at: str, step: Step) -> None:
    """Batch by batch, each with the cursor after it in one transaction: none is lost and none is copied twice."""
    begun, _, after = at.partition(":")
    first = int(begun or 0)
    tree = places.tree()
    for number, kind in enumerate(SOURCES):
        if number < first:
            continue
        extract = Extract(
            before=release.started_at,
            until=release.until,
            salt=bytes(release.salt),
            after=after if number == first else "",
            without=sets.subjects(sets.BAIT),
        )
        for batch in gather(kind, extract, tree):
            with transaction.atomic():
                insert(Fact, FACT_COLUMNS, (_columns(release, kind, row) for row in batch.rows))
                step(COPIED * number // len(SOURCES), f"{COPY}:{number}:{batch.cursor}")
    step(COPIED, f"{COUNT}:0")


def _columns(release: Release, kind: str, row: Gathered) -> tuple[str, ...]:
    on = row.on.isoformat()
    return release.pk.hex, kind, on, row.place, row.raion, row.oblast, row.agency, row.codes, row.who


def _count(release: Release, first: int, step: Step) -> None:
    """Sheet by sheet: an indicator and a year at a time."""
    earlier = Release.objects.filter(state=ReleaseState.PUBLISHED).order_by("-published_at", "-code").first()
    base = ground(release, earlier)
    sheets = list(_sheets(release))
    for number, (indicator, year) in enumerate(sheets):
        if number < first:
            continue
        sheet, figures = make_sheet(base, indicators()[indicator], year)  # long: nobody's write waits for it
        with transaction.atomic():
            Published.objects.filter(release=release, indicator=indicator, year=year).delete()
            Sheet.objects.filter(release=release, indicator=indicator, year=year).delete()
            sheet.save(force_insert=True)
            insert(Published, FIGURE_COLUMNS, figures)
            done = COPIED + (99 - COPIED) * (number + 1) // len(sheets)
            step(done, f"{COUNT}:{number + 1}")


def _sheets(release: Release) -> Iterator[tuple[str, int]]:
    """The same years for every indicator: from the first line of any until the last whole month."""
    last = release.until.year if release.until.month > 1 else release.until.year - 1
    span = Fact.objects.filter(release=release).aggregate(first=Min("on"))
    first = max(span["first"].year, last - OLDEST_YEARS + 1) if span["first"] else last
    for indicator in indicators():
        for year in range(min(first, last), last + 1):
            yield indicator, year
