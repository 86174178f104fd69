from django.http import HttpResponse
from django.shortcuts import render

from kalka.desk.openings import sheet
from kalka.ui.http import Request


def openings(request: Request, ref: str) -> HttpResponse:
    """To be shown, read out or printed for the person whose file it is. No name of anybody stands on it."""
    return render(
        request, "desk/openings.html", {"sheet": sheet(request.actor, ref, now=request.now), "now": request.now}
    )
