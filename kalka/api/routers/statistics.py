from collections.abc import Iterable

from django.http import Http404
from ninja import Query, Router

from kalka.api.routers import answers
from kalka.api.schemas import (
    Choice,
    Figure,
    FigureChoices,
    FigureLine,
    FigureTable,
    Indicator,
    Indicators,
    IndicatorsAsked,
    Passport,
    ReleaseItem,
    Releases,
    TableAsked,
)
from kalka.core.errors import DomainError
from kalka.statistics import rules
from kalka.statistics import selectors as statistics
from kalka.ui.http import Request

router = Router(tags=["statistics"])


@router.get(
    "",
    response=answers(Indicators),
    url_name="statistics",
    operation_id="list_indicators",
    summary="What is counted, and how many",
)
def list_indicators(request: Request, asked: Query[IndicatorsAsked]) -> Indicators:
    """Every indicator of the newest release for the country or an oblast: the last whole year and the last months."""
    found = statistics.summaries(request.actor, place=asked.place, now=request.now)
    return Indicators(items=[_indicator(one) for one in found])


@router.get(
    "/releases",
    response=answers(Releases),
    url_name="statistics_releases",
    operation_id="list_releases",
    summary="The releases, newest first",
)
def list_releases(request: Request) -> Releases:
    """A release holds everything up to the last whole month. Figures change with a release and never between two."""
    found = statistics.releases(request.actor, now=request.now)
    return Releases(items=[ReleaseItem.model_validate(one) for one in found])


@router.get(
    "/{indicator}",
    response=answers(FigureTable),
    url_name="statistics_table",
    operation_id="get_table",
    summary="One indicator as a table",
)
def get_table(request: Request, indicator: str, asked: Query[TableAsked]) -> FigureTable:
    """By one breakdown, in the country or an oblast, in a year or a month, each figure with its state."""
    period = rules.read_period(asked.period) if asked.period else None
    wanted = rules.Asked(by=asked.by, period=period, place=asked.place)
    try:
        found = statistics.table(request.actor, indicator, wanted, now=request.now)
    except DomainError as refusal:
        raise _or_nothing(refusal) from refusal
    return _table(found)


@router.get(
    "/{indicator}/choices",
    response=answers(FigureChoices),
    url_name="statistics_choices",
    operation_id="list_choices",
    summary="What may be asked of an indicator",
)
def list_choices(request: Request, indicator: str) -> FigureChoices:
    """Its periods, places and breakdowns, with their names in the language of Accept-Language."""
    try:
        found = statistics.choices(request.actor, indicator, now=request.now)
    except DomainError as refusal:
        raise _or_nothing(refusal) from refusal
    return FigureChoices(
        periods=_choices(found.periods), places=_choices(found.places), breakdowns=_choices(found.breakdowns)
    )


def _or_nothing(refusal: DomainError) -> Exception:
    """An indicator nobody counts is an address that is not there."""
    return Http404() if refusal.code == "statistics.unknown_indicator" else refusal


def _indicator(one: rules.Summary) -> Indicator:
    return Indicator(
        indicator=one.indicator,
        title=one.title,
        passport=Passport.model_validate(one.passport),
        figure=Figure.model_validate(one.figure),
        months=_lines(one.months),
    )


def _table(found: rules.Table) -> FigureTable:
    return FigureTable(
        indicator=found.indicator,
        title=found.title,
        by=found.by,
        by_title=found.by_title,
        period=found.period.code,
        place=found.place,
        passport=Passport.model_validate(found.passport),
        total=Figure.model_validate(found.total),
        total_before=Figure.model_validate(found.total_before) if found.total_before else None,
        lines=_lines(found.lines),
        adds_up=found.adds_up,
        why_not=found.why_not,
        complete=found.complete,
        how=list(found.how),
    )


def _lines(lines: Iterable[rules.Line]) -> list[FigureLine]:
    return [FigureLine.model_validate(line) for line in lines]


def _choices(pairs: Iterable[tuple[str, str]]) -> list[Choice]:
    return [Choice(code=code, title=title) for code, title in pairs]
