from django.http import HttpResponse
from django.shortcuts import render

from kalka.core.permissions import Permission
from kalka.duties import selectors as duties
from kalka.notices import selectors as notices
from kalka.ui.http import Request


def today(request: Request) -> HttpResponse:
    """The first page after sign-in: what this post must do, late first, each with the article that asks for it."""
    shown = {
        "today": duties.today(request.actor, now=request.now),
        "notices": notices.for_post(request.actor, now=request.now),
        "may_report": request.actor.may(Permission.REPORT_RECEIVE),
        "now": request.now,
    }
    return render(request, "desk/today.html", shown)
