from django.http import HttpResponse
from django.shortcuts import render

from kalka.desk.casefile import case_file
from kalka.ui.http import Request


def case(request: Request, ref: str) -> HttpResponse:
    """The page is one column of time beside a quiet card. Names are closed until asked for."""
    return render(
        request, "desk/case.html", {"file": case_file(request.actor, ref, now=request.now), "now": request.now}
    )
