"""Exact counts of what one may open anyway: never published, nothing hidden, for whoever sees the files themselves."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render

from kalka.cases import selectors as cases
from kalka.core import clock
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.permissions import Permission
from kalka.statistics import indicators, shown
from kalka.statistics import selectors as statistics
from kalka.statistics.rules import Period, Table
from kalka.ui.charts import Value
from kalka.ui.http import Request
from kalka.ui.words import say

MOST = 5_000  # files that are counted while one waits
YEARS = 5


@dataclass(frozen=True, slots=True)
class Counted:
    table: Table
    total: Value


def own(request: Request) -> HttpResponse:
    """Of a year: every indicator over the cases the actor may open. Walled ones are not among them."""
    year, chosen = clock.day_of(request.now).year, request.GET.get("period", "")
    years = [str(year - back) for back in range(YEARS)]
    period = Period(int(chosen) if chosen in years else year)
    counted: tuple[Counted, ...] = ()
    problem = ""
    try:
        counted = _counted(request, period)
    except AccessDenied:
        raise
    except DomainError as refusal:
        problem = say(refusal)
    context = {
        "years": [{"url": f"?period={one}", "label": one, "current": one == period.code} for one in years],
        "counted": counted,
        "problem": problem,
        "published": request.actor.may(Permission.STATISTICS_READ),
    }
    return render(request, "desk/figures_own.html", context)


def _counted(request: Request, period: Period) -> tuple[Counted, ...]:
    actor, now = request.actor, request.now
    subjects = cases.subjects(actor, now=now, most=MOST)
    # A report is no case, even of the same words: what became of none is not counted here.
    of_cases = [code for code, one in indicators.indicators().items() if one.of != "report"]
    tables = [statistics.own(actor, code, subjects, period=period, now=now) for code in of_cases]
    return tuple(Counted(table, shown.value(table.total)) for table in tables)
