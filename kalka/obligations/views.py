from datetime import date

from django.http import HttpResponse
from django.shortcuts import render

from kalka.core.clock import day_of
from kalka.lawbook import changes
from kalka.obligations import selectors, shown
from kalka.ui.http import Request

FIRST, LAST = date(2003, 1, 1), date(2100, 12, 31)


def law(request: Request) -> HttpResponse:
    """The law of the day in the address, else of today; compared with another day where one is named."""
    today = day_of(request.now)
    day, problem = _day(request.GET.get("on", ""))
    other, other_problem = _day(request.GET.get("with", ""))
    context = {
        "law": shown.law(day or today),
        "with": other,
        "difference": shown.difference(changes.between(day or today, other)) if other else None,
        "problem": problem or other_problem,
    }
    return render(request, "obligations/law.html", context)


def matrix(request: Request) -> HttpResponse:
    day, problem = _day(request.GET.get("on", ""))
    found = selectors.matrix(request.actor, day or day_of(request.now), now=request.now)
    return render(request, "obligations/matrix.html", {"matrix": shown.matrix(found), "problem": problem})


def _day(text: str) -> tuple[date | None, bool]:
    """Nothing asked is no problem; what is no day of this country's law is."""
    if not text:
        return None, False
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None, True
    return (day, False) if FIRST <= day <= LAST else (None, True)
