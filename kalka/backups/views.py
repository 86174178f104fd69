from django.http import HttpResponse
from django.shortcuts import render

from kalka.backups import selectors
from kalka.backups.labels import ALARMS, why
from kalka.backups.rules import KEYS_DAYS
from kalka.ui.http import Request


def state(request: Request) -> HttpResponse:
    """How things stand with backups and drills: what is wrong and what to do first, then what was tried."""
    found = selectors.state(request.actor, now=request.now)
    shown = {
        "state": found,
        "alarms": [ALARMS[alarm] for alarm in found.alarms],
        "backups": [(one, why(one.error) if one.error else "") for one in found.backups],
        "drills": [(one, why(one.error) if one.error else "") for one in found.drills],
        "keys_days": KEYS_DAYS,
        "now": request.now,
    }
    return render(request, "backups/state.html", shown)
