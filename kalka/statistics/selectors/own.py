"""Figures of cases the actor may open: exact, counted when asked, and of nobody else's."""

from collections.abc import Collection, Iterator
from datetime import datetime
from operator import itemgetter
from uuid import UUID

from django.utils.translation import gettext as _

from kalka.core.actors import Actor
from kalka.core.clock import day_of
from kalka.core.errors import DomainError
from kalka.core.extract import Extract
from kalka.places.facts import Tree
from kalka.statistics import indicators as catalogue
from kalka.statistics.counting import YEAR, Counted, Key, Tally, count
from kalka.statistics.dimensions import DIMENSIONS, PLACE, label
from kalka.statistics.gathering import exact, gather
from kalka.statistics.indicators import Indicator
from kalka.statistics.making import month_is_known
from kalka.statistics.reading import by_title, lang, names, period_title, said
from kalka.statistics.rules import TOTAL, Figure, Line, Passport, Period, State, Table, complete

NOWHERE = Tree({}, "")  # the aimak itself is the line: what it lies in is not asked


def own(
    actor: Actor, indicator: str, subjects: Collection[UUID], *, period: Period, by: str = PLACE, now: datetime
) -> Table:
    """Exact and unprotected: the caller obtains the subjects from `access.visible`. By place the lines are aimaks.

    Refuses `statistics.unknown_indicator`, `unknown_breakdown`, and `too_many_subjects` beyond 5,000.
    """
    one = catalogue.get(indicator)
    if by not in one.breakdowns:
        raise DomainError("statistics.unknown_breakdown", field="by")
    extract = exact(subjects, period=period, now=now)
    tally = count(one, sorted(_lines(one, extract, period), key=itemgetter(0)))
    why = catalogue.why_not(one, by)
    return Table(
        indicator=one.code,
        title=said(one.title),
        by=by,
        by_title=by_title(by),
        period=period,
        place=TOTAL,
        passport=_passport(one, period, now),
        total=_exact(tally, Key(YEAR, TOTAL)),
        total_before=None,
        lines=_places(tally) if by == PLACE else _codes(tally, by),
        adds_up=why is None,
        why_not=said(why) if why else "",
        complete=complete(period, day_of(now)),
        how=tuple(said(words) for words in one.how),
    )


def _lines(one: Indicator, extract: Extract, period: Period) -> Iterator[Counted]:
    """Each as a line of the whole span asked for, in its aimak."""
    for batch in gather(one.of, extract, NOWHERE):
        for row in batch.rows:
            if row.on >= period.first and (period.month is None or month_is_known(row.codes)):
                yield Counted(row.who, YEAR, row.place, "", row.agency, row.codes)


def _exact(tally: Tally, key: Key) -> Figure:
    return Figure(State.SHOWN, tally.n[key])


def _places(tally: Tally) -> tuple[Line, ...]:
    found = [key for key in tally.n if key.place and not key.by and not key.place.endswith("-")]
    titles = names([key.place for key in found], _("Place not known"))
    found.sort(key=lambda key: (titles.of(key.place), key.place))
    unknown = [key for key in tally.n if key == Key(YEAR, "-")]
    return tuple(Line(key.place, titles.of(key.place), _exact(tally, key)) for key in (*found, *unknown))


def _codes(tally: Tally, by: str) -> tuple[Line, ...]:
    codes = DIMENSIONS[by].codes()
    return tuple(Line(code, label(by, code, lang()), _exact(tally, Key(YEAR, TOTAL, by, code))) for code in codes)


def _passport(one: Indicator, period: Period, now: datetime) -> Passport:
    return Passport(
        unit=said(one.unit),
        stage=said(one.stage),
        agency=said(one.agency),
        period=period_title(period),
        place=_("Cases you may open"),
        vintage="",
        extracted_on=day_of(now),
        release="",
    )
