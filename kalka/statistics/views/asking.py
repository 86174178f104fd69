"""What every page of figures shares: an address made by hand is not found, and before the first release there is a page
that says what to do."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from django.http import HttpResponse
from django.shortcuts import render

from kalka.core.errors import AccessDenied, DomainError
from kalka.core.permissions import Permission
from kalka.statistics import selectors
from kalka.statistics.dimensions import PLACE
from kalka.statistics.rules import TOTAL, Asked, Table
from kalka.statistics.selectors import Oblast
from kalka.ui.http import Request

T = TypeVar("T")


def asking(ask: Callable[[], T]) -> T | None:
    """None before the first release."""
    try:
        return ask()
    except AccessDenied:
        raise
    except DomainError as refusal:
        if refusal.code == "statistics.no_release":
            return None
        raise AccessDenied(refusal.code) from refusal


def table_of(request: Request, indicator: str, asked: Asked) -> tuple[Table, tuple[Oblast, ...]] | None:
    """What the address asks for, for a page as for a file; by raion also the oblasts these lie in."""
    actor, now = request.actor, request.now
    if asked.by == selectors.RAION:
        if asked.place == TOTAL:
            return asking(lambda: selectors.table_by_raion(actor, indicator, asked, now=now))
        asked = replace(asked, by=PLACE)
    return asking(lambda: (selectors.table(actor, indicator, asked, now=now), ()))


def nothing_yet(request: Request) -> HttpResponse:
    context = {"may_release": request.actor.may(Permission.STATISTICS_RELEASE)}
    return render(request, "statistics/nothing_yet.html", context)
