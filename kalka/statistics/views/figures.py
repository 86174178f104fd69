from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kalka.core.errors import AccessDenied, DomainError
from kalka.core.permissions import Permission
from kalka.statistics import forms, selectors, shown
from kalka.statistics.dimensions import DIMENSIONS, PLACE
from kalka.statistics.rules import TOTAL, Asked, Choices, Summary, Table
from kalka.statistics.selectors import RAION, Oblast
from kalka.statistics.views.asking import asking, nothing_yet, table_of
from kalka.ui.http import Request

RECENT = 12  # months of a small line
BESIDE = 9  # lines at most that stand beside the figure


def listing(request: Request) -> HttpResponse:
    """Every indicator with its last figure and its passport, for the country or an oblast."""
    place = forms.asked(request.GET).place
    found = asking(lambda: selectors.summaries(request.actor, place=place, now=request.now))
    if found is None:
        return nothing_yet(request)
    places = selectors.choices(request.actor, found[0].indicator, now=request.now).places
    context = {
        "entries": [_entry(one) for one in found],
        "passport": found[0].passport,
        "places": places,
        "place": place,
        "may_release": request.actor.may(Permission.STATISTICS_RELEASE),
        "opens": request.actor.may(Permission.CASE_READ),
        "may_export": request.actor.may(Permission.EXPORT_ASK),
        "of_committees": request.actor.may(Permission.RESULTS_READ),
    }
    return render(request, "statistics/list.html", context)


def indicator(request: Request, indicator: str) -> HttpResponse:
    """One indicator: its figure, where and when, and how it was counted."""
    asked = forms.asked(request.GET)
    choices = asking(lambda: selectors.choices(request.actor, indicator, now=request.now))
    if choices is None:
        return nothing_yet(request)
    if asked.place not in dict(choices.places):
        raise AccessDenied("statistics.unknown_place")
    found = table_of(request, indicator, _within(asked, choices))
    if found is None:
        return nothing_yet(request)
    return render(request, "statistics/indicator.html", _context(request, *found, choices))


def _within(asked: Asked, choices: Choices) -> Asked:
    """A month that is not over yet is not there to be shown: its year is."""
    if asked.period is None or not asked.period.month or asked.period.code in dict(choices.periods):
        return asked
    return replace(asked, period=replace(asked.period, month=None))


def _context(request: Request, table: Table, oblasts: tuple[Oblast, ...], choices: Choices) -> dict[str, object]:
    actor, now, code = request.actor, request.now, table.indicator
    months = selectors.months(actor, code, place=table.place, now=now)
    whole = table.place == TOTAL
    return {
        "table": table,
        "rows": shown.rows(table.lines),
        "values": shown.values(table.lines),
        "total": shown.value(table.total),
        "before": shown.value(table.total_before) if table.total_before else None,
        "change": shown.change(table),
        "kind": "raions" if oblasts else "places" if table.by == PLACE else "parts",
        "whole": whole,
        "beside": _beside(request, table, choices),
        **_by_raion(request, table, oblasts),
        "months": shown.values(months),
        "marks": shown.marked(selectors.marks(code, lang=(get_language() or "ky")[:2])),
        "years": shown.calendar(months),
        "month_names": shown.month_names(),
        "multiples": _multiples(request, code) if table.by == PLACE and whole else None,
        "filters": shown.filters(table, choices, [(RAION, _("Raion or city"))] if whole else []),
        "releases": selectors.releases(actor, now=now),
        "address": request.GET.urlencode(),
    }


def _beside(request: Request, table: Table, choices: Choices) -> dict[str, object] | None:
    """What the figure consists of, beside it: by the first breakdown that is short. None where it is shown below,
    or where such small figures are not published."""
    if table.by not in (PLACE, RAION):
        return None
    for by, _title in choices.breakdowns:
        if by == PLACE or len(DIMENSIONS[by].codes()) > BESIDE:
            continue
        try:
            found = selectors.table(
                request.actor, table.indicator, Asked(by, table.period, table.place), now=request.now
            )
        except DomainError:
            return None
        return {"table": found, "values": shown.values(found.lines), "address": shown.address(found)}
    return None


def _by_raion(request: Request, table: Table, oblasts: tuple[Oblast, ...]) -> dict[str, object]:
    """The squares of the map: raions, and the two cities that are oblasts of their own; and the table by oblast."""
    if not oblasts:
        return {"squares": shown.values(table.lines), "groups": []}
    found = selectors.table(request.actor, table.indicator, Asked(period=table.period), now=request.now)
    units = {row.value.code: row for row in shown.rows(found.lines)}
    groups = [(units.get(one.code), shown.rows(one.lines)) for one in oblasts]
    return {"squares": [*shown.values(table.lines), *shown.values(found.lines)], "groups": groups}


def _multiples(request: Request, code: str) -> dict[str, object]:
    """One small line an oblast, all to one height, so that they can be compared."""
    found = selectors.small_multiples(request.actor, code, now=request.now)
    lines = [(place, title, shown.values(months[-RECENT:])) for place, title, months in found]
    months = lines[0][2] if lines else ()
    most = max((one.n or 0 for _place, _title, months in lines for one in months), default=0)
    return {"lines": lines, "most": most, "months": months, "heads": shown.short_months(months)}


def _entry(summary: Summary) -> dict[str, object]:
    return {"summary": summary, "value": shown.last(summary), "months": shown.values(summary.months)}
