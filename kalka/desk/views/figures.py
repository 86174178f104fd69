"""Exact counts of what one may open anyway: never published, nothing hidden, for whoever sees the files themselves."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from kalka.cases import selectors as cases
from kalka.core import clock
from kalka.core.errors import AccessDenied, DomainError
from kalka.core.permissions import Permission
from kalka.statistics import indicators, shown
from kalka.statistics import selectors as statistics
from kalka.statistics.rules import HelpLine, OwnHelp, Period, Table
from kalka.ui.charts import Value
from kalka.ui.http import Request
from kalka.ui.words import say

MOST = 5_000  # files that are counted while one waits
YEARS = 5


@dataclass(frozen=True, slots=True)
class Counted:
    table: Table
    total: Value


@dataclass(frozen=True, slots=True)
class HelpTable:
    """`by`: what its second column says. `timed`: it has minutes."""

    code: str
    title: str
    by: str
    lines: tuple[HelpLine, ...]
    timed: bool = False


def own(request: Request) -> HttpResponse:
    """Of a year: every indicator over the cases the actor may open, and help in them by single organisation. Walled
    ones are not among them."""
    year, chosen = clock.day_of(request.now).year, request.GET.get("period", "")
    years = [str(year - back) for back in range(YEARS)]
    period = Period(int(chosen) if chosen in years else year)
    counted: tuple[Counted, ...] = ()
    helped: tuple[HelpTable, ...] = ()
    problem = ""
    try:
        subjects = cases.subjects(request.actor, now=request.now, most=MOST)
        counted = _counted(request, subjects, period)
        helped = _helped(statistics.own_help(request.actor, subjects, period=period, now=request.now))
    except AccessDenied:
        raise
    except DomainError as refusal:
        problem = say(refusal)
    context = {
        "years": [{"url": f"?period={one}", "label": one, "current": one == period.code} for one in years],
        "counted": counted,
        "helped": helped,
        "problem": problem,
        "published": request.actor.may(Permission.STATISTICS_READ),
    }
    return render(request, "desk/figures_own.html", context)


def _counted(request: Request, subjects: tuple[UUID, ...], period: Period) -> tuple[Counted, ...]:
    actor, now = request.actor, request.now
    # A report is no case, even of the same words: what became of none is not counted here.
    of_cases = [code for code, one in indicators.indicators().items() if one.of != "report"]
    tables = [statistics.own(actor, code, subjects, period=period, now=now) for code in of_cases]
    return tuple(Counted(table, shown.value(table.total)) for table in tables)


def _helped(found: OwnHelp) -> tuple[HelpTable, ...]:
    """Those with a line."""
    tables = (
        HelpTable("given", _("Services given, by organisation"), _("Kind of help"), found.given, timed=True),
        HelpTable("asked", _("Referrals, by organisation asked"), _("Where the referral stands"), found.asked),
        HelpTable("waiting", _("Waiting for an answer, by organisation"), _("Waits"), found.waiting),
    )
    return tuple(one for one in tables if one.lines)
